package io.leasehold.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.LeftOvers;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demonstration with a server of others, so that what fails here is the demonstration's fault.
 */
@Tag("lab")
final class DemoTest {
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private static LabProcess dnsmasq(Demo demo, Host host, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "dnsmasq",
                                "-k",
                                "--port=0",
                                "--conf-file=/dev/null",
                                "--log-facility=-",
                                "--pid-file=",
                                "--user=root",
                                "--no-ping",
                                "--dhcp-leasefile=" + host.lab().directory().resolve("leases"),
                                "--dhcp-range=192.168.77.100,192.168.77.199,255.255.255.0,1h"));
        command.addAll(List.of(more));
        LabProcess server = host.start("dnsmasq", command, line -> demo.say("server", line));
        server.awaitLine(line -> line.contains("IP range"), "its range", Duration.ofSeconds(10));
        return server;
    }

    @Test
    void showsEachClientWithItsAddress() {
        StringWriter text = new StringWriter();
        try (Demo demo = new Demo(new PrintWriter(text), (d, host) -> dnsmasq(d, host))) {
            demo.startClients();
            assertThat(demo.awaitAddresses()).isTrue();
        }
        assertThat(text.toString())
                .containsPattern("dhclient +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("udhcpc +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("dhcpcd +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("server +\\| .*DHCPACK");
    }

    @Test
    void tellsWhichClientGotNoAddressWhenTheServerEnds() {
        StringWriter text = new StringWriter();
        Demo.ServerStart shortLived =
                (demo, host) -> {
                    LabProcess server = dnsmasq(demo, host, "--dhcp-ignore=tag:!known");
                    server.close();
                    return server;
                };
        try (Demo demo = new Demo(new PrintWriter(text), shortLived)) {
            demo.startClients();
            assertThat(demo.awaitAddresses()).isFalse();
        }
        assertThat(text.toString()).contains("dhclient | got no address");
    }

    private static String pidOf(Process demo) {
        return "lh-" + demo.pid() + "-";
    }

    private static Process start(Path output, String... arguments) throws IOException {
        return new ProcessBuilder(SelfCommand.with(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static void awaitServing(Path output) {
        Await.until(
                WAIT_MAX,
                () -> read(output).contains("goes on serving"),
                () -> "the demonstration only said " + read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endsWithZeroWhenOurServerGaveEachClientAnAddress(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("said");
        Process demo = start(output, "demo", "--once");
        assertThat(demo.waitFor(WAIT_MAX)).isTrue();
        assertThat(demo.exitValue()).as(read(output)).isZero();
        assertThat(read(output))
                .containsPattern("dhclient +\\| bound 192\\.168\\.77\\.1[0-9]+ ")
                .containsPattern("udhcpc +\\| bound 192\\.168\\.77\\.1[0-9]+ ")
                .containsPattern("dhcpcd +\\| bound 192\\.168\\.77\\.1[0-9]+ ")
                .containsPattern("server +\\| .*52:54:00:77:01:03");
        assertThat(Shell.must("ip", "netns", "list")).doesNotContain(pidOf(demo));
    }

    @Test
    void removesItsLabWhenItIsInterrupted(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("said");
        Process demo = start(output, "demo");
        awaitServing(output);
        assertThat(Shell.must("ip", "netns", "list")).contains(pidOf(demo));

        Shell.must("sh", "-c", "kill -INT " + demo.pid());

        assertThat(demo.waitFor(WAIT_MAX)).isTrue();
        assertThat(Shell.must("ip", "netns", "list")).doesNotContain(pidOf(demo));
        assertThat(read(output)).doesNotContain("the server has ended");
    }

    @Test
    void leavesNothingForTheNextStartWhenItIsKilled(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path output = directory.resolve("said");
        Process demo = start(output, "demo");
        awaitServing(output);
        demo.destroyForcibly();
        assertThat(demo.waitFor(WAIT_MAX)).isTrue();
        assertThat(Shell.must("ip", "netns", "list")).contains(pidOf(demo));

        LeftOvers.clear();

        assertThat(Shell.must("ip", "netns", "list")).doesNotContain(pidOf(demo));
        assertThat(
                        Shell.must(
                                "sh",
                                "-c",
                                "ps -e -o args= | grep '[l]h-" + demo.pid() + "-' || true"))
                .isEmpty();
    }
}
