package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

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
    void endsWithTwoWhenUsedWrongly() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("which command?");
        assertThat(run("no-such-command")).isEqualTo(2);
        assertThat(err.toString()).contains("no-such-command");
        assertThat(run("check-config", "--no-such-option")).isEqualTo(2);
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
