package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a link takes, and from where. */
@Tag("lab")
class LinkReceiveLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private static byte[] request(int number, int length) {
        return ByteBuffer.allocate(length).putInt(number).array();
    }

    private void broadcast(Ip4Address destination, byte[] payload) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (PacketSocket client =
                            PacketSocket.open("cli0", PacketSocket.Sight.OWN, 68)) {
                        byte[] frame =
                                Frames.udp(
                                        LinkLab.STRANGER,
                                        Frames.EVERYONE,
                                        Ip4Address.ZERO,
                                        destination,
                                        payload);
                        client.queue(frame, 0, frame.length);
                        assertThat(client.flush()).isEqualTo(1);
                    }
                });
    }

    private void unicast(Ip4Address destination, byte[] payload) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, null)) {
                        client.setDestination(destination, 67);
                        client.queue(payload, 0, payload.length);
                        assertThat(client.flush()).isEqualTo(1);
                    }
                });
    }

    @Test
    void takesABroadcastFromAClientWithoutAddress() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            broadcast(Ip4Address.BROADCAST, request(1, 300));
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());

            assertThat(lab.recorder.datagrams).hasSize(1);
            Recorder.Datagram datagram = lab.recorder.datagrams.getFirst();
            assertThat(datagram.bytes()).isEqualTo(Octets.of(request(1, 300)));
            assertThat(datagram.interfaceIndex()).isEqualTo(LinkLab.index(link, "srv0"));
            assertThat(datagram.source()).isEqualTo(Ip4Address.ZERO);
            assertThat(datagram.sourcePort()).isEqualTo(68);
            assertThat(datagram.destination()).isEqualTo(Ip4Address.BROADCAST);
        }
    }

    @Test
    void takesABroadcastOnceThoughItListensOnEveryAddressToo() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0").withListen("192.168.77.1", "*"))) {
            broadcast(Ip4Address.BROADCAST, request(1, 300));
            broadcast(Ip4Address.parse("192.168.77.255"), request(2, 300));
            lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
            unicast(LinkLab.SERVER, request(3, 300));
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= 2);
            link.receive(200, lab.recorder);

            // A client without an address cannot send to a network's own broadcast address: the
            // kernel takes 0.0.0.0 as source for 255.255.255.255 only.
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(Ip4Address.BROADCAST, LinkLab.SERVER);
        }
    }

    @Test
    void takesUnicastsToEveryAddressOfItsInterfaceAndTellsWhich() throws Exception {
        lab.namespaces.ip(lab.server, "address add 192.168.77.2/24 dev srv0");
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            unicast(LinkLab.SERVER, request(1, 300));
            unicast(Ip4Address.parse("192.168.77.2"), request(2, 300));
            unicast(Ip4Address.parse("192.168.77.255"), request(3, 300));
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= 3);

            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactlyInAnyOrder(
                            LinkLab.SERVER,
                            Ip4Address.parse("192.168.77.2"),
                            Ip4Address.parse("192.168.77.255"));
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::source)
                    .containsOnly(LinkLab.CLIENT);
        }
    }

    @Test
    void ignoresBroadcastsOfInterfacesThatAreNotServedButTakesTheirUnicasts() throws Exception {
        lab.namespaces.ip(lab.server, "link add other0 type veth peer name other1");
        lab.namespaces.ip(lab.server, "address add 10.1.0.1/24 dev other0");
        lab.namespaces.ip(lab.server, "link set other0 up");
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        lab.namespaces.ip(lab.client, "route add default via 192.168.77.1");
        try (Link link = lab.open(LinkOptions.of("other0"))) {
            broadcast(Ip4Address.BROADCAST, request(1, 300));
            unicast(Ip4Address.parse("10.1.0.1"), request(2, 300));
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            link.receive(100, lab.recorder);

            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(Ip4Address.parse("10.1.0.1"));
            assertThat(link.counters().ignored()).isEqualTo(1);
        }
    }

    @Test
    void takesLargeAndEmptyDatagramsWhole() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            int[] lengths = {9000, 65_507, 0, 1, 2048, 2049};
            for (int length : lengths) {
                byte[] payload = new byte[length];
                Arrays.fill(payload, (byte) 0x5a);
                unicast(LinkLab.SERVER, payload);
            }
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= lengths.length);

            assertThat(lab.recorder.datagrams)
                    .extracting(each -> each.bytes().length())
                    .containsExactly(9000, 65_507, 0, 1, 2048, 2049);
            for (Recorder.Datagram each : lab.recorder.datagrams) {
                byte[] expected = new byte[each.bytes().length()];
                Arrays.fill(expected, (byte) 0x5a);
                assertThat(each.bytes()).isEqualTo(Octets.of(expected));
            }
        }
    }

    @Test
    void losesNoneOfTenThousandAndKeepsTheirOrder() throws Exception {
        int count = 10_000;
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, null)) {
                            client.setDestination(LinkLab.SERVER, 67);
                            for (int i = 0; i < count; i++) {
                                client.queue(request(i, 300), 0, 300);
                            }
                            client.flush();
                            assertThat(client.sendFailures()).isZero();
                        }
                    });
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= count);

            assertThat(lab.recorder.datagrams).hasSize(count);
            for (int i = 0; i < count; i++) {
                byte[] bytes = lab.recorder.datagrams.get(i).bytes().toBytes();
                assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(i);
            }
            assertThat(link.counters().received()).isEqualTo(count);
            assertThat(link.counters().dropped()).isZero();
        }
    }

    @Test
    void countsWhatTheKernelDroppedToTheLastDatagram() throws Exception {
        int count = 100_000;
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, null)) {
                            client.setDestination(LinkLab.SERVER, 67);
                            for (int i = 0; i < count; i++) {
                                client.queue(request(i, 300), 0, 300);
                            }
                            client.flush();
                        }
                    });
            while (link.receive(100, lab.recorder) > 0) {
                // Nothing was received while they came, so that not all of them had room.
                assertThat(lab.recorder.datagrams.size()).isLessThan(count);
            }
            // The kernel tells of its drops with the datagram that comes next.
            unicast(LinkLab.SERVER, request(count, 300));
            int before = lab.recorder.datagrams.size();
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() > before);

            LinkCounters counters = link.counters();
            assertThat(counters.dropped()).isPositive();
            assertThat(counters.received() + counters.dropped()).isEqualTo(count + 1);
        }
    }

    @Test
    void endsAReceiveThatWaitsWhenItIsWoken() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            Thread waiting =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try {
                                            link.receive(-1, lab.recorder);
                                        } catch (IOException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
            link.wakeUp();
            waiting.join(10_000);
            assertThat(waiting.isAlive()).isFalse();
        }
    }

    @Test
    void saysWhichInterfacesThereAreWhenNoneOfThoseNamedExists() {
        assertThatThrownBy(() -> lab.open(LinkOptions.of("eth9")))
                .isInstanceOf(LinkException.class)
                .hasMessage(
                        "no interface eth9; there are: lo (127.0.0.1/8), srv0 (192.168.77.1/24)");
    }

    @Test
    void saysWhoHoldsThePort() throws Exception {
        try (UdpSocket holder =
                        NamespaceThread.call(
                                lab.server, () -> UdpSocket.open(LinkLab.SERVER, 67, null));
                UdpSocket other =
                        NamespaceThread.call(
                                lab.server,
                                () -> UdpSocket.open(Ip4Address.parse("127.0.0.1"), 67, null))) {
            assertThat(other.sendFailures()).isZero();
            assertThat(holder.sendFailures()).isZero();
            assertThatThrownBy(() -> lab.open(LinkOptions.of("srv0")))
                    .isInstanceOf(LinkException.class)
                    .hasMessageStartingWith(
                            "cannot listen on 192.168.77.1 port 67: the port is in use by ")
                    .hasMessageContaining("(pid " + ProcessHandle.current().pid() + ")");
        }
        lab.open(LinkOptions.of("srv0")).close();
    }
}
