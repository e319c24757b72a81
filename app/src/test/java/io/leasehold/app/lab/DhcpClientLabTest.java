package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Text;
import io.leasehold.service.client.Acquisition;
import io.leasehold.service.client.Answer;
import io.leasehold.service.client.ClientLease;
import io.leasehold.service.client.ClientSettings;
import io.leasehold.service.client.ClientWire;
import io.leasehold.service.client.DhcpClient;
import io.leasehold.service.client.LeaseEvent;
import io.leasehold.service.client.LeaseKeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library's client with real servers, on an interface that has no address. */
@Tag("lab")
final class DhcpClientLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LOG_WAIT_MAX = Duration.ofSeconds(20);
    private static final String OWN = ServedLan.hardware(1);

    private final ServedLan lan = new ServedLan();
    private final Host host = lan.lab().host("client");

    DhcpClientLabTest() {
        host.plug(lan.segment(), ServedLan.IFACE, OWN);
    }

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private DhcpClient onLink(String hardware) throws Exception {
        ClientWire wire =
                inside(
                        host,
                        () -> ClientWire.onLink(ServedLan.IFACE, HardwareAddress.parse(hardware)));
        return client(wire);
    }

    private static DhcpClient client(ClientWire wire) {
        return DhcpClient.open(
                wire,
                ClientSettings.of(wire.hardware())
                        .withOption(Options.HOST_NAME, Text.of("library")));
    }

    /** Sockets stay in the namespace that they were opened in. */
    private static <T> T inside(Host where, Callable<T> body) throws Exception {
        return NamespaceThread.call(where.namespace(), body);
    }

    private static ClientLease bound(Acquisition acquisition) {
        assertThat(acquisition).isInstanceOf(Acquisition.Bound.class);
        return ((Acquisition.Bound) acquisition).lease();
    }

    @Test
    void getsKeepsAndGivesBackALeaseOfDnsmasq() throws Exception {
        LabProcess dnsmasq = lan.serveToo(OtherServer.DNSMASQ);
        ClientWire wire = inside(host, () -> ClientWire.onLink(ServedLan.IFACE, null));
        assertThat(wire.hardware()).isEqualTo(HardwareAddress.parse(OWN));
        try (DhcpClient client = client(wire)) {
            ClientLease lease = bound(client.acquire(LIMIT));
            assertThat(lease.address().toString()).startsWith("10.77.0.2");
            assertThat(lease.leaseSeconds()).isEqualTo(600);
            assertThat(lease.server()).isEqualTo(Ip4Address.parse("10.77.0.2"));

            ClientLease longer = bound(client.renew(lease, LIMIT));
            assertThat(longer.address()).isEqualTo(lease.address());
            assertThat(longer.obtainedMillis()).isGreaterThanOrEqualTo(lease.obtainedMillis());
            assertThat(bound(client.rebind(longer, LIMIT)).address()).isEqualTo(lease.address());
            bound(client.reboot(lease.address(), LIMIT));

            client.release(longer);
            dnsmasq.awaitLine(
                    line -> line.contains("DHCPRELEASE(eth0) " + lease.address()),
                    "the release",
                    LOG_WAIT_MAX);
            ClientLease second = bound(client.acquire(LIMIT));
            client.decline(second, "in use");
            dnsmasq.awaitLine(
                    line -> line.contains("DHCPDECLINE(eth0) " + second.address()),
                    "the decline",
                    LOG_WAIT_MAX);
        }
    }

    @Test
    void renewsByUnicastWhatOurServerGaveBeforeTheLeaseEnds() throws Exception {
        lan.serve(ServedLan.BRISK + ServedLan.subnet("10.77.0.20-10.77.0.30"));
        try (DhcpClient client = onLink(OWN)) {
            LeaseKeeper keeper = client.keeper(bound(client.acquire(LIMIT)));
            List<LeaseEvent> events = new ArrayList<>();
            keeper.run(
                    LIMIT,
                    event -> {
                        events.add(event);
                        client.stop();
                    });
            assertThat(events).singleElement().isInstanceOf(LeaseEvent.Renewed.class);

            CapturedMessage renewal =
                    lan.capture()
                            .await(
                                    "renewal",
                                    each -> each.is("REQUEST") && !each.ciaddr().equals("0.0.0.0"));
            assertThat(renewal.source()).isEqualTo(keeper.lease().address().toString());
            assertThat(renewal.destination()).isEqualTo(ServedLan.SERVER_ADDRESS);
            assertThat(renewal.etherSource()).isEqualTo(OWN);
            assertThat(renewal.etherDestination()).isEqualTo(ServedLan.SERVER_HARDWARE);
            CapturedMessage answer =
                    lan.capture()
                            .await(
                                    "its ACK",
                                    each -> each.is("ACK") && each.xid().equals(renewal.xid()));
            assertThat(answer.destination()).isEqualTo(keeper.lease().address().toString());
            assertThat(answer.etherDestination()).isEqualTo(OWN);
        }
    }

    @Test
    void playsAnotherHostARelayAndOneWithAnAddress() throws Exception {
        lan.serve(ServedLan.BRISK + ServedLan.subnet("10.77.0.20-10.77.0.30"));
        try (DhcpClient stranger = onLink(ServedLan.hardware(9))) {
            ClientLease lease = bound(stranger.acquire(LIMIT));
            assertThat(lan.leases()).contains(ServedLan.hardware(9));
            bound(stranger.renew(lease, LIMIT));
            stranger.release(lease);
        }
        host.address(ServedLan.IFACE, "10.77.0.3/24");
        Ip4Address own = Ip4Address.parse("10.77.0.3");
        Ip4Address server = Ip4Address.parse(ServedLan.SERVER_ADDRESS);
        ClientWire relay = inside(host, () -> ClientWire.overUdp(own, 67, server, 67, null));
        ClientSettings behind =
                ClientSettings.of(HardwareAddress.parse(ServedLan.hardware(8))).withGiaddr(own);
        try (DhcpClient client = DhcpClient.open(relay, behind)) {
            ClientLease lease = bound(client.acquire(LIMIT));
            assertThat(lease.ack().giaddr()).isEqualTo(own);
            bound(client.renew(lease, LIMIT));
            client.release(lease);
        }
        ClientWire udp = inside(host, () -> ClientWire.overUdp(own, 68, server, 67, null));
        try (DhcpClient client =
                DhcpClient.open(udp, ClientSettings.of(HardwareAddress.parse(OWN)))) {
            Answer answer = client.inform(own, LIMIT);
            assertThat(answer).isNotNull();
            assertThat(answer.message().type()).isEqualTo(MessageType.ACK);
            assertThat(answer.source()).isEqualTo(server);
        }
    }

    @Test
    void saysWhyItCannotSend() throws Exception {
        assertThatThrownBy(() -> inside(host, () -> ClientWire.onLink("eth7", null)))
                .isInstanceOf(IOException.class)
                .hasMessage("no interface eth7; there are: lo, eth0");
        try (DhcpClient client = onLink(OWN)) {
            Message release =
                    MessageBuilder.request(HardwareAddress.parse(OWN), 7)
                            .type(MessageType.RELEASE)
                            .ciaddr(Ip4Address.parse("10.77.0.20"))
                            .build();
            Ip4Address nobody = Ip4Address.parse("10.77.0.66");
            assertThatThrownBy(() -> client.send(release, nobody))
                    .isInstanceOf(IOException.class)
                    .hasMessage("nobody on eth0 answers ARP for 10.77.0.66");
            MessageBuilder large = MessageBuilder.request(HardwareAddress.parse(OWN), 7);
            large.option(224, new byte[1500]);
            assertThatThrownBy(() -> client.send(large.build(), Ip4Address.BROADCAST))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "does not fit into a frame of eth0, expected at most 1472");
        }
    }
}
