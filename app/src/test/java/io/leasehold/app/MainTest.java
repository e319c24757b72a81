package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysTheVersionOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("leasehold \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void listsEveryCommandInItsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains(new Commands().all().keySet());
    }

    @Test
    void everyCommandHasHelpOfItsOwn() {
        for (String name : new Commands().all().keySet()) {
            StringWriter help = new StringWriter();
            int code =
                    Main.run(new PrintWriter(help, true), new PrintWriter(err, true), name, "-h");
            assertThat(code).as(name).isZero();
            assertThat(help.toString()).startsWith("Usage: leasehold " + name);
        }
    }

    @Test
    void checkConfigWarnsOfPoolsThatMemoryIsTooSmallFor(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("leasehold.yaml");
        StringBuilder subnets = new StringBuilder();
        for (int first = 1; first < 100; first++) {
            subnets.append("    - {subnet: ").append(first).append(".0.0.0/8, pools: [");
            subnets.append(first).append(".0.0.1-").append(first).append(".255.255.254]}\n");
        }
        Files.writeString(file, "interfaces: [eth1]\nserver:\n  subnets:\n" + subnets);

        assertThat(run("check-config", file.toString())).isZero();

        assertThat(out.toString()).contains(": ok: 99 subnets");
        assertThat(err.toString()).startsWith(file + ": warning: the pools have 1660944186 addr");
    }

    @Test
    void endsWithTwoWhenUsedWrongly() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("which command?");
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-command");
        assertThat(run("check-config", "--no-such-option")).isEqualTo(2);
    }

    @Test
    void saysWhatIsWrongWithoutAPageOfHelp() {
        assertThat(run("serve", "-i", "eth1", "--pool", "192.168.50.9")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "leasehold: --pool: found \"192.168.50.9\", expected FIRST-LAST such as"
                                + " 192.168.50.100-192.168.50.199",
                        "Help: leasehold serve --help");
    }

    @Test
    void refusesFlagsThatAFileWouldSilentlyOverride() {
        for (String flag :
                List.of("--json-log", "--quiet", "-v", "--no-ping-check", "--admin=:1")) {
            assertThat(run("serve", "-c", "no-such-file.yaml", flag)).as(flag).isEqualTo(2);
            assertThat(err.toString()).contains("-c takes everything from its file");
        }
    }

    @Test
    void saysWhatIsTheMatterWithAFile() {
        assertThat(run("leases", "--import", "no-such-file.jsonl")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "leasehold: no-such-file.jsonl: no such file or directory");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
