package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.ParsedCommand;
import io.leasehold.app.command.SnoopCommand;
import io.leasehold.app.snoop.FilterParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/tools.md tells of every flag, its filters are filters, and its output is what comes out. */
class ToolsInDocsTest {
    private static final List<String> OF_EVERY_COMMAND = List.of("-h", "--help", "-V", "--version");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final Page page = Page.read("docs/tools.md");

    @Test
    void tellsEveryFlagOfSnoop() {
        List<String> cells = page.rows().stream().map(List::getFirst).toList();
        for (OptionSpec option : ParsedCommand.options("snoop")) {
            if (!OF_EVERY_COMMAND.contains(option.longestName())) {
                assertThat(cells)
                        .as(option.longestName())
                        .anyMatch(
                                cell ->
                                        List.of(option.names()).stream()
                                                .anyMatch(name -> cell.contains("`" + name + "`")));
            }
        }
    }

    @Test
    void everyFilterShownCanBeRead() {
        int filters = 0;
        for (List<String> row : page.rows()) {
            if (row.getFirst().contains("`client 5") || filters > 0) {
                Matcher code = CODE.matcher(row.getFirst());
                while (code.find()) {
                    FilterParser.check(code.group(1));
                    filters++;
                }
            }
        }
        assertThat(filters).isGreaterThan(10);
    }

    @Test
    void showsWhatSnoopPrints() {
        StringWriter out = new StringWriter();
        String file = Page.project().resolve("corpus/captures/nak.pcap").toString();
        new CommandLine(new SnoopCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter(), true))
                .execute("--read", file);
        List<String> shown =
                page.blocks().stream()
                        .filter(block -> block.info().equals("text snoop"))
                        .flatMap(block -> block.lines().stream())
                        .map(ToolsInDocsTest::withoutHour)
                        .toList();
        assertThat(shown).hasSize(2);
        List<String> lines = out.toString().lines().map(ToolsInDocsTest::withoutHour).toList();
        assertThat(lines).containsAll(shown);
    }

    /** The day and the hour depend on where one is. */
    private static String withoutHour(String line) {
        return line.replaceFirst("^[-0-9]+ [0-9]+:", "");
    }
}
