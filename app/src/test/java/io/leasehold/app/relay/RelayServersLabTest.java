package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.CapturedMessage;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.OtherServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every server behind our relay, every client in front of it. */
@Tag("lab")
final class RelayServersLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /** The servers that there are. */
    enum ServerProgram {
        DNSMASQ,
        KEA,
        DHCPD,
        LEASEHOLD
    }

    private LabProcess serve(ServerProgram program) {
        return switch (program) {
            case DNSMASQ -> lan.dnsmasq();
            case KEA -> lan.serve(OtherServer.KEA);
            case DHCPD -> lan.serve(OtherServer.DHCPD);
            case LEASEHOLD -> lan.leasehold();
        };
    }

    /** Those with an even number set the broadcast flag; dhclient never does on Linux. */
    private List<LabClient> clients() {
        return List.of(
                lan.client(ClientProgram.UDHCPC, 1),
                lan.client(ClientProgram.UDHCPC, 2, "-B"),
                lan.client(ClientProgram.DHCLIENT, 3),
                lan.client(ClientProgram.DHCPCD, 4, "--broadcast"),
                lan.client(ClientProgram.DHCPCD, 5));
    }

    @ParameterizedTest
    @EnumSource
    void relaysEveryClientToItsLeaseAndKeepsItThere(ServerProgram program) {
        LabProcess server = serve(program);
        Capture upstream = lan.upstream();
        Capture downstream = lan.downstream();
        // As root: the helper of a relay without privileges may be late on a busy machine, and then
        // the relay broadcasts.
        LabProcess relay = lan.relay("-d", "-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);

        List<LabClient> clients = clients();
        clients.forEach(LabClient::start);

        List<String> addresses = new ArrayList<>();
        for (LabClient client : clients) {
            ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
            assertThat(bound.address()).startsWith("10.20.0.1");
            assertThat(client.addresses()).containsExactly(bound.address());
            addresses.add(bound.address());
        }
        assertThat(addresses).doesNotHaveDuplicates();
        // What the JDK tells of itself is not the operator's.
        assertThat(relay.lines()).noneMatch(line -> line.contains("DEBUG Process"));
        expectRelayed(upstream.end());
        List<CapturedMessage> delivered = downstream.end();
        for (int i = 0; i < clients.size(); i++) {
            expectDelivered(delivered, i + 1, addresses.get(i));
        }
        assertThat(server.isAlive()).isTrue();
        assertThat(relay.lines()).anyMatch(line -> line.contains("ACK " + addresses.getFirst()));
        assertThat(relay.lines()).noneMatch(line -> line.contains("ERROR"));
    }

    /** RFC 1542 §4.1.1: giaddr is the address of the interface, hops is one more, 67 to 67. */
    private static void expectRelayed(List<CapturedMessage> messages) {
        List<CapturedMessage> requests =
                messages.stream()
                        .filter(each -> each.is("DISCOVER") || each.is("REQUEST"))
                        .toList();
        assertThat(requests).hasSizeGreaterThanOrEqualTo(10);
        for (CapturedMessage each : requests) {
            assertThat(each.giaddr()).isEqualTo(RelayedLan.RELAY);
            assertThat(each.destination()).isEqualTo(RelayedLan.SERVER);
            assertThat(each.sourcePort()).isEqualTo("67");
            assertThat(each.destinationPort()).isEqualTo("67");
        }
    }

    /** RFC 2131 §4.1: broadcast where the client says so, else to yiaddr at its hardware. */
    private static void expectDelivered(
            List<CapturedMessage> delivered, int number, String address) {
        boolean broadcast = number % 2 == 0;
        String hardware = RelayedLan.hardware(number);
        CapturedMessage ack =
                delivered.stream()
                        .filter(each -> each.is("ACK") && each.chaddr().equals(hardware))
                        .findFirst()
                        .orElseThrow();
        assertThat(ack.source()).isEqualTo(RelayedLan.RELAY);
        assertThat(ack.destination()).isEqualTo(broadcast ? "255.255.255.255" : address);
        assertThat(ack.etherDestination()).isEqualTo(broadcast ? "ff:ff:ff:ff:ff:ff" : hardware);
        assertThat(ack.sourcePort()).isEqualTo("67");
        assertThat(ack.destinationPort()).isEqualTo("68");
    }
}
