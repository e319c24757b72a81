package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Interfaces and addresses that come and go while a link is open. */
@Tag("lab")
class LinkChangeLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private void sendTo(Ip4Address destination) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, "cli0")) {
                        client.setDestination(destination, 67);
                        client.queue(new byte[300], 0, 300);
                        client.flush();
                    }
                });
    }

    private static boolean has(List<NetworkInterface> interfaces, Ip4Address address) {
        return interfaces.stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(each -> each.address().equals(address));
    }

    @Test
    void servesAnAddressThatIsAddedLater() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        Ip4Address later = Ip4Address.parse("192.168.77.9");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            lab.namespaces.ip(lab.server, "address add 192.168.77.9/24 dev srv0");
            lab.receiveUntil(link, () -> has(link.interfaces(), later));
            assertThat(lab.recorder.changes).isNotEmpty();
            assertThat(has(lab.recorder.changes.getLast(), later)).isTrue();

            sendTo(later);
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(later);

            lab.namespaces.ip(lab.server, "address delete 192.168.77.9/24 dev srv0");
            lab.receiveUntil(link, () -> !has(link.interfaces(), later));
            assertThat(has(link.interfaces(), later)).isFalse();
        }
    }

    @Test
    void servesAnInterfaceAgainThatWasRemovedAndCameBack() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0", "lo"))) {
            lab.namespaces.ip(lab.server, "link delete srv0");
            lab.receiveUntil(link, () -> link.interfaceNamed("srv0") == null);
            assertThat(link.interfaceNamed("srv0")).isNull();

            lab.namespaces.join(lab.server, "srv0", lab.client, "cli0");
            lab.namespaces.ip(lab.server, "address add 192.168.77.1/24 dev srv0");
            lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
            lab.receiveUntil(link, () -> has(link.interfaces(), LinkLab.SERVER));

            sendTo(LinkLab.SERVER);
            sendTo(Ip4Address.BROADCAST);
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= 2);
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactlyInAnyOrder(LinkLab.SERVER, Ip4Address.BROADCAST);
            int index = LinkLab.index(link, "srv0");
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::interfaceIndex)
                    .containsOnly(index);

            try (PacketSocket wire = lab.listen(68)) {
                link.send(
                        List.of(
                                LinkLab.reply(
                                        LinkLab.CLIENT.plus(1),
                                        LinkLab.SERVER,
                                        index,
                                        LinkLab.STRANGER)));
                assertThat(LinkLab.capture(wire, 1))
                        .extracting(Frames.Udp::to)
                        .containsExactly(LinkLab.STRANGER);
            }
        }
    }

    @Test
    void waitsForAConfiguredInterfaceThatIsNotThereYet() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0", "srv1"))) {
            lab.namespaces.join(lab.server, "srv1", lab.client, "cli1");
            lab.namespaces.ip(lab.server, "address add 10.7.0.1/24 dev srv1");
            lab.receiveUntil(link, () -> has(link.interfaces(), Ip4Address.parse("10.7.0.1")));
            lab.namespaces.ip(lab.client, "address add 10.7.0.2/24 dev cli1");
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, "cli1")) {
                            client.setDestination(Ip4Address.BROADCAST, 67);
                            client.queue(new byte[300], 0, 300);
                            client.flush();
                        }
                    });
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::interfaceIndex)
                    .containsExactly(LinkLab.index(link, "srv1"));
        }
    }

    @Test
    void listensOnAnAnycastAddressOnceItIsThere() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        lab.namespaces.ip(lab.client, "route add 10.255.0.53/32 via 192.168.77.1");
        Ip4Address anycast = Ip4Address.parse("10.255.0.53");
        try (Link link = lab.open(LinkOptions.of("srv0").withListen("10.255.0.53"))) {
            lab.namespaces.ip(lab.server, "link add any0 type veth peer name any1");
            lab.namespaces.ip(lab.server, "link set any0 up");
            lab.namespaces.ip(lab.server, "address add 10.255.0.53/32 dev any0");
            lab.receiveUntil(link, () -> has(link.interfaces(), anycast));
            sendTo(anycast);
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(anycast);
        }
    }

    @Test
    void servesOtherInterfacesOnceItIsToldTo() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of().withListen("*"))) {
            sendTo(Ip4Address.BROADCAST);
            lab.receiveUntil(link, () -> link.counters().ignored() > 0);
            assertThat(lab.recorder.datagrams).isEmpty();

            link.serve(List.of("srv0"));

            sendTo(Ip4Address.BROADCAST);
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(Ip4Address.BROADCAST);
        }
    }
}
