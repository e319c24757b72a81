package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How our relay begins, what keeps it from beginning, and the names of its servers. */
@Tag("lab")
final class RelayStartLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void expectRefusal(String line, String... flags) {
        LabProcess process = lan.start(flags);
        assertThat(process.awaitExit(RelayedLan.WAIT_MAX))
                .as(() -> process.lines().toString())
                .isEqualTo(1);
        assertThat(process.lines().getLast()).isEqualTo("leasehold: " + line);
    }

    /** As dhcp-helper does, which names the interface too; ours names those that there are. */
    @Test
    void endsWithOneLineWhereItCannotBegin() {
        String there = "; there are: lo, eth1, eth0";
        expectRefusal("no interface eth7" + there, "-i", "eth7", "-s", RelayedLan.SERVER);
        expectRefusal("no interface eth8" + there, "-e", "eth8", "-s", RelayedLan.SERVER);
        expectRefusal("interface lo cannot broadcast", "-b", "lo");
        expectRefusal(
                "interface lo is the loopback, which no clients are on",
                "-i",
                "lo",
                "-s",
                RelayedLan.SERVER);
        expectRefusal(
                "cannot write the process id to /no/such/file: there is no such directory",
                "-r",
                "/no/such/file",
                "-s",
                RelayedLan.SERVER);
        LabProcess first = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        expectRefusal(
                "cannot listen on 0.0.0.0 port 67: the port is in use by java (pid "
                        + first.pid()
                        + ")",
                "-s",
                RelayedLan.SERVER);
        first.signal("TERM");
        assertThat(first.awaitExit(RelayedLan.WAIT_MAX)).isZero();
        assertThat(first.lines().getLast()).endsWith("stopped");
    }

    /** The relay with name servers of its own: the DNS server of the servers' host. */
    private LabProcess withNames(String... flags) {
        Path file = lan.write("resolv.conf", "nameserver " + RelayedLan.SERVER + "\n");
        List<String> words = new ArrayList<>(List.of("relay", "-n"));
        words.addAll(List.of(flags));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "sh",
                                "-c",
                                "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"",
                                file.toString()));
        command.addAll(SelfCommand.with(words.toArray(new String[0])));
        return lan.relay.start("relay", command);
    }

    /** A DNS server whose answers come from a file that it reads again on SIGHUP. */
    private LabProcess nameServer() {
        LabProcess process =
                lan.server.start(
                        "dnsmasq",
                        List.of(
                                "dnsmasq",
                                "-k",
                                "--conf-file=/dev/null",
                                "--log-facility=-",
                                "--pid-file=",
                                "--user=root",
                                "--no-resolv",
                                "--no-hosts",
                                "--addn-hosts=" + lan.path("hosts"),
                                "--local-ttl=0",
                                "--local=/test/"));
        process.awaitLine(line -> line.contains("started"), "that it runs", RelayedLan.WAIT_MAX);
        return process;
    }

    private void says(LabProcess process, String part) {
        process.awaitLine(line -> line.contains(part), part, RelayedLan.WAIT_MAX);
    }

    @Test
    void endsWhereTheOnlyServersNameDoesNotResolve() {
        lan.write("hosts", "");
        nameServer();

        LabProcess relay = withNames("-s", "dhcp.test");

        assertThat(relay.awaitExit(RelayedLan.WAIT_MAX)).isEqualTo(1);
        assertThat(relay.lines().getLast())
                .startsWith("leasehold: server dhcp.test cannot be resolved: ");
    }

    @Test
    void waitsForAServerThatComesLater() {
        lan.write("hosts", "");
        LabProcess names = nameServer();
        LabProcess relay = withNames("--wait-for-server=120", "-s", "dhcp.test");
        says(relay, "waiting up to 120 s: server dhcp.test cannot be resolved: ");
        lan.dnsmasq();

        lan.write("hosts", RelayedLan.SERVER + " dhcp.test\n");
        names.signal("HUP");

        says(relay, "ready on");
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.20.0.1");
    }

    /** Rule 9: the other server serves meanwhile, and the name is tried again. */
    @Test
    void relaysToTheOtherServersWhileOneDoesNotResolve() {
        lan.write("hosts", "");
        LabProcess names = nameServer();
        lan.dnsmasq();
        LabProcess relay = withNames("-s", "late.test", "-s", RelayedLan.SERVER);
        says(relay, "server late.test cannot be resolved: ");
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        lan.write("hosts", "10.77.0.9 late.test\n");
        names.signal("HUP");

        says(relay, "server late.test is at 10.77.0.9");
    }

    /** Rule 9: at once when the server fails, though the interval is long; then the new one. */
    @Test
    void followsAServersNameToItsNewAddress() {
        lan.write("hosts", RelayedLan.SERVER + " dhcp.test\n");
        LabProcess names = nameServer();
        LabProcess first = lan.dnsmasq();
        LabProcess relay = withNames("--resolve-every=3600", "-s", "dhcp.test");
        says(relay, "ready on");
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        first.kill();
        lan.dnsmasq(lan.server("second", "10.77.0.3", 2));
        lan.write("hosts", "10.77.0.3 dhcp.test\n");
        names.signal("HUP");
        LabClient later = lan.client(ClientProgram.UDHCPC, 2).start();

        assertThat(later.await(ClientEvent.Kind.BOUND).server()).isEqualTo("10.77.0.3");
        says(relay, "server dhcp.test is at 10.77.0.3");
    }

    /** Root's relay has no privilege left, in none of its threads. */
    @Test
    void becomesNobodyAndDeliversAllTheSame() throws IOException {
        lan.dnsmasq();
        LabProcess relay = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        LabClient client = lan.client(ClientProgram.DHCPCD, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        Path threads = Path.of("/proc", Long.toString(relay.pid()), "task");
        try (var tasks = Files.newDirectoryStream(threads)) {
            for (Path task : tasks) {
                List<String> status = Files.readAllLines(task.resolve("status"));
                assertThat(status)
                        .contains("Uid:\t65534\t65534\t65534\t65534", "CapEff:\t0000000000000000");
            }
        }
    }
}
