package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relays that a file tells of, alone and beside a server. */
@Tag("lab")
final class RelayFileLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private LabProcess serve(String yaml, String... more) throws IOException {
        lan.write("leasehold.yaml", yaml);
        // The relay reads it again as nobody.
        Files.setPosixFilePermissions(
                lan.lab.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command =
                SelfCommand.with("serve", "-c", lan.path("leasehold.yaml").toString());
        command.addAll(List.of(more));
        LabProcess process = lan.relay.start("serve", command);
        process.awaitLine(line -> line.contains("ready on"), "ready", RelayedLan.WAIT_MAX);
        return process;
    }

    private Segment further(String iface, String address, int number) {
        Segment segment = lan.lab.segment(iface);
        lan.relay.plug(segment, iface, "52:54:00:dd:00:1" + number);
        lan.relay.address(iface, address + "/24");
        return segment;
    }

    private static ClientEvent bound(LabClient client) {
        return client.await(ClientEvent.Kind.BOUND);
    }

    @Test
    void relaysOnSomeInterfacesAndServesOnOthers() throws Exception {
        lan.dnsmasq();
        Segment own = further("eth2", "10.30.0.1", 2);

        serve(
                """
                data: %s
                admin: 127.0.0.1:9067
                interfaces: [eth2]
                server:
                  ping-check: off
                  subnets: [{subnet: 10.30.0.0/24, pools: [10.30.0.100-10.30.0.199]}]
                relay: {interfaces: eth1, servers: %s}
                """
                        .formatted(lan.path("own"), RelayedLan.SERVER));

        LabClient served = lan.client(own, ClientProgram.UDHCPC, 1).start();
        LabClient relayed = lan.client(ClientProgram.UDHCPC, 2).start();
        assertThat(bound(served).server()).isEqualTo("10.30.0.1");
        assertThat(bound(relayed).server()).isEqualTo(RelayedLan.SERVER);
        assertThat(AdminQuestion.ask(lan.relay, "GET", "/readyz").text()).isEqualTo("ok\n");
        assertThat(AdminQuestion.ask(lan.relay, "GET", "/metrics").text().lines())
                .contains(
                        "leasehold_leases{state=\"bound\"} 1.0",
                        "leasehold_server_events_total{event=\"sent-ack\"} 1.0",
                        "leasehold_relay_answered_total{interface=\"eth1\"} 2.0");
        assertThat(status())
                .contains("ready yes")
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "leases 1 on record, 1 bound, 0 expired, 0 released"))
                .contains(
                        "relay on eth1: received 2, relayed 2, answered 2",
                        "relay to 10.77.0.1:67: relayed 2, answered 2");
    }

    private List<String> status() {
        List<String> command = SelfCommand.with("status", "--data", lan.path("own").toString());
        LabProcess asked = lan.relay.start("status", command);
        assertThat(asked.awaitExit(RelayedLan.WAIT_MAX)).isZero();
        return asked.lines();
    }

    @Test
    void becomesWhomItsFileNamesAndSaysWhichClientsItsHelperDoesNotKnow() throws Exception {
        lan.dnsmasq();
        further("eth2", "10.20.7.1", 2);
        String one = "user: daemon\nrelay: {interfaces: eth1, servers: 10.77.0.1}\n";
        LabProcess process = serve(one, "--data", lan.path("own").toString());

        assertThat(Threads.of(process.pid()))
                .hasSizeGreaterThan(5)
                .containsOnly(Threads.withoutRights(1));
        assertThat(bound(lan.client(ClientProgram.UDHCPC, 1).start()).address())
                .startsWith("10.20.0.");
        assertThat(ProcessHandle.of(process.pid()).orElseThrow().children()).hasSize(1);
        assertThat(status())
                .startsWith("ready yes", "relay on eth1: received 2, relayed 2, answered 2")
                .anyMatch(line -> line.startsWith("neighbours "));

        lan.write("leasehold.yaml", one.replace("eth1", "[eth1, eth2]"));
        process.signal("HUP");
        process.awaitLine(
                line -> line.contains("replies to clients on eth2 are broadcast until a restart"),
                "that its helper does not know eth2",
                RelayedLan.WAIT_MAX);
    }

    @Test
    void saysWhichInterfaceOfItsFileIsNotThere() throws Exception {
        LabProcess process = serve("relay: {interfaces: [eth1, 5], servers: 10.77.0.1}\n");

        assertThat(process.lines())
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "WARN  no interface 5 yet; there are: lo, eth1, eth0"))
                .anyMatch(line -> line.contains("ready on eth1: 1 relay of "));
    }

    @Test
    void relaysEachInterfaceToItsOwnServerAndFollowsItsFile() throws Exception {
        lan.dnsmasq();
        lan.dnsmasq(
                lan.server("second", "10.77.0.3", 2),
                "--dhcp-range=10.20.7.100,10.20.7.199,255.255.255.0,2m");
        Segment other = further("eth2", "10.20.7.1", 2);
        String two =
                """
                relay:
                  - {interfaces: eth1, servers: 10.77.0.1}
                  - {interfaces: eth2, servers: 10.77.0.3}
                """;
        LabProcess process = serve(two);
        LabClient one = lan.client(ClientProgram.UDHCPC, 1).start();
        LabClient next = lan.client(other, ClientProgram.UDHCPC, 2).start();
        assertThat(bound(one).server()).isEqualTo("10.77.0.1");
        assertThat(bound(next).server()).isEqualTo("10.77.0.3");

        lan.write("leasehold.yaml", two.replace("10.77.0.1", "10.77.0.3"));
        process.signal("HUP");
        process.awaitLine(
                line -> line.contains("configuration read again"), "that", RelayedLan.WAIT_MAX);

        LabClient later = lan.client(ClientProgram.UDHCPC, 3).start();
        assertThat(bound(later).server()).isEqualTo("10.77.0.3");
        lan.write("leasehold.yaml", "relay: {servers: 10.0.0.300}\n");
        process.signal("HUP");
        process.awaitLine(
                line -> line.contains("configuration not changed: ") && line.contains(":1:18: "),
                "what is wrong with the file, and where",
                RelayedLan.WAIT_MAX);
        assertThat(process.isAlive()).isTrue();
    }
}
