package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.DemoCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README shows what the demonstration prints today. */
@Tag("lab")
class DemoInDocsLabTest {
    @Test
    void readmeShowsWhatTheDemonstrationPrints() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new DemoCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute("--once");
        assertThat(code).as("%s%s", out, err).isZero();

        List<String> shown = shapes(shown().lines());
        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shapes(out.toString().lines().toList())).containsAll(shown);
    }

    @Test
    void aShapeKeepsEveryWord() {
        assertThat(shape("server   | 2026-11-21T22:52:16.576Z INFO  ACK 192.168.77.186 to 52:54:x"))
                .isEqualTo(shape("server | 22:52:16 INFO ACK 192.168.77.117 to 52:54:x"))
                .isNotEqualTo(shape("server | 22:52:16 INFO NAK 192.168.77.117 to 52:54:x"));
    }

    private static Page.Block shown() {
        return Page.read("README.md").blocks().stream()
                .filter(block -> block.info().equals("text"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> shapes(List<String> lines) {
        return lines.stream().map(DemoInDocsLabTest::shape).distinct().toList();
    }

    /** The line without what differs from run to run: times, addresses given, directories, gaps. */
    private static String shape(String line) {
        return line.replaceAll("\\S*\\d\\d:\\d\\d:\\d\\d(\\.\\d+Z)? (INFO|WARN)", "TIME $2")
                .replaceAll("192\\.168\\.77\\.1\\d\\d (to|for|bound)", "ADDRESS $1")
                .replaceAll("192\\.168\\.77\\.1\\d\\d  +bound", "ADDRESS bound")
                .replaceAll("in /tmp/\\S+", "in DIRECTORY")
                .replaceAll("in (\\d+[hms] \\d+[hms]|\\d+s)$", "SOON")
                .replaceAll(" +", " ")
                .strip();
    }
}
