package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
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

    private LabProcess serve(String yaml) {
        lan.write("leasehold.yaml", yaml);
        LabProcess process =
                lan.relay.start(
                        "serve",
                        SelfCommand.with("serve", "-c", lan.path("leasehold.yaml").toString()));
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
    void relaysOnSomeInterfacesAndServesOnOthers() {
        lan.dnsmasq();
        Segment own = further("eth2", "10.30.0.1", 2);

        serve(
                """
                data: %s
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
    }

    @Test
    void relaysEachInterfaceToItsOwnServerAndFollowsItsFile() {
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
