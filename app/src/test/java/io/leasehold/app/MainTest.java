package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.leases.HostJournal;
import io.leasehold.lease.Journal;
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
                                + " 192.168.50.100-192.168.50.199");
    }

    @Test
    void saysWhereHelpIsToWhomAFlagIsNotKnown() {
        assertThat(run("serve", "--intreface", "eth1")).isEqualTo(2);
        assertThat(err.toString().lines())
                .startsWith("leasehold: Unknown options: '--intreface', 'eth1'")
                .endsWith("Help: leasehold serve --help");
    }

    @Test
    void asksWhichCommandWasMeant() {
        assertThat(said("serv"))
                .containsExactly(
                        "leasehold: unknown command \"serv\", did you mean serve?",
                        "Help: leasehold --help");
        assertThat(said("xyzzy", "-i", "eth0"))
                .containsExactly("leasehold: unknown command \"xyzzy\"", "Help: leasehold --help");
        assertThat(said("--config", "f.yaml"))
                .containsExactly(
                        "leasehold: unknown option \"--config\"", "Help: leasehold --help");
    }

    @Test
    void saysInPlainWordsWhatIsNoNumber() {
        assertThat(said("serve", "-i", "eth1", "--lease-time", "1h").getFirst())
                .isEqualTo("leasehold: --lease-time: found \"1h\", expected a whole number");
        assertThat(said("bench", "-i", "eth1", "--clients", "99999999999").getFirst())
                .isEqualTo(
                        "leasehold: --clients: found \"99999999999\", expected a whole number up to"
                                + " 2147483647");
        assertThat(said("bench", "-i", "eth1", "--rate", "fast").getFirst())
                .isEqualTo("leasehold: --rate: found \"fast\", expected a number");
    }

    @Test
    void saysWhatALeaseTimeMayBe() {
        for (String seconds : List.of("59", "0", "-1", "4294967296")) {
            assertThat(said("serve", "-i", "eth1", "--lease-time", seconds).getFirst())
                    .isEqualTo(
                            "leasehold: --lease-time: found "
                                    + seconds
                                    + ", expected 60 to 4294967294 seconds, or 4294967295 for"
                                    + " ever");
        }
    }

    @Test
    void refusesWhatIsGivenTwice() {
        assertThat(said("serve", "-i", "eth1", "-i", "eth2", "-i", "eth1").getFirst())
                .isEqualTo("leasehold: -i: eth1 is given twice");
        assertThat(
                        said(
                                        "serve",
                                        "-i=eth1",
                                        "--pool=10.0.0.20-10.0.0.29",
                                        "--pool=10.0.0.2-10.0.0.9",
                                        "--pool=10.0.0.9-10.0.0.12")
                                .getFirst())
                .isEqualTo("leasehold: --pool: 10.0.0.9-10.0.0.12 overlaps 10.0.0.2-10.0.0.9");
        assertThat(said("serve", "-i=eth1", "--pool=10.0.0.9-10.0.0.2").getFirst())
                .isEqualTo(
                        "leasehold: --pool: found \"10.0.0.9-10.0.0.2\", expected the lower address"
                                + " first");
    }

    @Test
    void namesFileAndReasonWhereAFileIsWrong(@TempDir Path directory) throws IOException {
        String there = directory.toString();
        assertThat(said(1, "leases", "--import", there))
                .containsExactly("leasehold: " + there + ": is a directory, expected a file");
        Path data = directory.resolve("data");
        try (Journal journal = HostJournal.open(data)) {
            journal.load(lease -> {});
        }
        String missing = directory.resolve("no/file").toString();
        assertThat(said(1, "leases", "-d", data.toString(), "--export", missing))
                .containsExactly(
                        "leasehold: cannot write " + missing + ": no such file or directory");
        assertThat(said(1, "leases", "-d", data.toString(), "--export", there))
                .containsExactly("leasehold: " + there + ": is a directory, expected a file");
        assertThat(said(0, "leases", "-d", data.toString(), "--export", "-")).isEmpty();
        assertThat(out.toString()).isEmpty();
        assertThat(Path.of("-")).doesNotExist();
    }

    /** On standard error. */
    private List<String> said(String... args) {
        return said(2, args);
    }

    private List<String> said(int code, String... args) {
        err.getBuffer().setLength(0);
        assertThat(run(args)).as(err.toString()).isEqualTo(code);
        return err.toString().lines().toList();
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
