package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where replies go and where they come from, as seen on the wire (RFC 2131 §4.1). */
@Tag("lab")
class LinkSendLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void reachesClientWithoutAddressAtItsHardwareAddress() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(
                            LinkLab.reply(
                                    LinkLab.CLIENT, LinkLab.SERVER, index, LinkLab.STRANGER)));

            List<Frames.Udp> frames = LinkLab.capture(wire, 1);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().to()).isEqualTo(LinkLab.STRANGER);
            assertThat(frames.getFirst().source()).isEqualTo(LinkLab.SERVER);
            assertThat(frames.getFirst().destination()).isEqualTo(LinkLab.CLIENT);
            assertThat(frames.getFirst().sourcePort()).isEqualTo(67);
            assertThat(frames.getFirst().payload())
                    .isEqualTo(Octets.of(LinkLab.message().toBytes()));
            assertThat(link.counters().neighbours()).isEqualTo(1);
            assertThat(link.counters().neighbourFallbacks()).isZero();
        }
    }

    @Test
    void asksNobodyByArpForClientWithoutAddress() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(0)) {
            int index = LinkLab.index(link, "srv0");
            Outgoing reply = LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, index, LinkLab.STRANGER);
            link.send(List.of(reply));

            List<Integer> etherTypes = new ArrayList<>();
            while (!etherTypes.contains(0x0800) && etherTypes.size() < 100) {
                wire.receive(
                        10_000,
                        (buffer, offset, length) ->
                                etherTypes.add(
                                        (buffer[offset + 12] & 0xff) << 8
                                                | buffer[offset + 13] & 0xff));
            }
            assertThat(etherTypes).contains(0x0800).doesNotContain(0x0806);
        }
    }

    @Test
    void keepsReplyOnItsWireWhereTheNetworkHasNoRouteButTheGatewayDoes() throws Exception {
        lab.namespaces.ip(lab.server, "route add default via 192.168.77.254");
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            Ip4Address otherNetwork = Ip4Address.parse("10.99.0.5");
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(LinkLab.reply(otherNetwork, LinkLab.SERVER, index, LinkLab.STRANGER)));

            List<Frames.Udp> frames = LinkLab.capture(wire, 1);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().to()).isEqualTo(LinkLab.STRANGER);
        }
    }

    @Test
    void broadcastsOnTheInterfaceFromItsPrimaryAddress() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            link.send(List.of(LinkLab.reply(Ip4Address.BROADCAST, Ip4Address.ZERO, index, null)));

            List<Frames.Udp> frames = LinkLab.capture(wire, 1);
            assertThat(frames).hasSize(1);
            assertThat(frames.getFirst().to()).isEqualTo(Frames.EVERYONE);
            assertThat(frames.getFirst().source()).isEqualTo(LinkLab.SERVER);
            assertThat(frames.getFirst().destination()).isEqualTo(Ip4Address.BROADCAST);
        }
    }

    @Test
    void broadcastsByASocketOfItsOwnAlsoAfterItsAddressWasAwayForATime() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            assertThat(connectedToEverybody()).hasSize(1);
            lab.namespaces.ip(lab.server, "address del 192.168.77.1/24 dev srv0");
            lab.receiveUntil(link, () -> !hasAddress(link));
            assertThat(connectedToEverybody()).isEmpty();
            lab.namespaces.ip(lab.server, "address add 192.168.77.1/24 dev srv0");
            lab.receiveUntil(link, () -> hasAddress(link));
            assertThat(connectedToEverybody()).hasSize(1);

            link.send(List.of(LinkLab.reply(Ip4Address.BROADCAST, LinkLab.SERVER, index, null)));
            assertThat(LinkLab.capture(wire, 1))
                    .extracting(Frames.Udp::source, Frames.Udp::sourcePort)
                    .containsExactly(tuple(LinkLab.SERVER, 67));
            assertThat(link.counters().sent()).isOne();
        }
        assertThat(connectedToEverybody()).isEmpty();
    }

    @Test
    void letsNobodyElseListenWhereItBroadcastsFrom() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            assertThat(link.interfaces()).isNotEmpty();
            assertThat(connectedToEverybody()).hasSize(1);
            assertThatThrownBy(() -> lab.open(LinkOptions.of("srv0").withSharedPort()))
                    .hasMessageContaining("the port is in use");
        }
    }

    private static boolean hasAddress(Link link) {
        NetworkInterface found = link.interfaceNamed("srv0");
        return found != null && !found.addresses().isEmpty();
    }

    /** The UDP sockets of the server's namespace that send to 255.255.255.255 port 68 alone. */
    private List<String> connectedToEverybody() throws Exception {
        return NamespaceThread.call(
                lab.server,
                () -> {
                    try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/net/udp"))) {
                        return lines.filter(line -> line.contains(" FFFFFFFF:0044 ")).toList();
                    }
                });
    }

    @Test
    void leavesFromTheAliasOrAnycastAddressThatWasAsked() throws Exception {
        lab.namespaces.ip(lab.server, "address add 192.168.77.2/24 dev srv0");
        lab.namespaces.ip(lab.server, "link add any0 type veth peer name any1");
        lab.namespaces.ip(lab.server, "address add 10.255.0.53/32 dev any0");
        lab.namespaces.ip(lab.server, "link set any0 up");
        Ip4Address alias = Ip4Address.parse("192.168.77.2");
        Ip4Address anycast = Ip4Address.parse("10.255.0.53");
        try (Link link = lab.open(LinkOptions.of("srv0").withListen("10.255.0.53"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(
                            LinkLab.reply(LinkLab.CLIENT, alias, index, LinkLab.STRANGER),
                            LinkLab.reply(LinkLab.CLIENT, anycast, index, LinkLab.STRANGER),
                            LinkLab.reply(Ip4Address.BROADCAST, anycast, index, null)));

            assertThat(LinkLab.capture(wire, 3))
                    .extracting(Frames.Udp::source)
                    .containsExactly(alias, anycast, anycast);
        }
    }

    @Test
    void broadcastsToClientWhoseHardwareIsNotEthernet() throws Exception {
        HardwareAddress infiniband = HardwareAddress.of(32, new byte[] {1, 2, 3, 4, 5, 6});
        HardwareAddress eight = HardwareAddress.of(1, new byte[] {2, 0, 0, 0, 0, 0, 0, 8});
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(
                            LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, index, infiniband),
                            LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, index, eight)));

            assertThat(LinkLab.capture(wire, 2))
                    .extracting(Frames.Udp::destination)
                    .containsExactly(Ip4Address.BROADCAST, Ip4Address.BROADCAST);
            assertThat(link.counters().neighbourFallbacks()).isEqualTo(2);
        }
    }

    @Test
    void triesABroadcastWhereTheKernelRefusesANeighbourEntry() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            // There is no interface with this index: the entry fails, and so does its broadcast.
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(
                            LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, 99_999, LinkLab.STRANGER),
                            LinkLab.reply(Ip4Address.BROADCAST, LinkLab.SERVER, index, null)));

            assertThat(LinkLab.capture(wire, 1)).hasSize(1);
            assertThat(link.counters().neighbourFallbacks()).isEqualTo(1);
            assertThat(link.counters().sendFailures()).isEqualTo(1);
            assertThat(link.counters().sent()).isEqualTo(1);
        }
    }

    @Test
    void sendsAroundOneThatCannotBeSent() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            Ip4Address notOurs = Ip4Address.parse("203.0.113.9");
            int index = LinkLab.index(link, "srv0");
            Outgoing good = LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, index, LinkLab.STRANGER);
            Outgoing bad = LinkLab.reply(LinkLab.CLIENT, notOurs, index, LinkLab.STRANGER);
            link.send(List.of(good, bad, good));

            assertThat(LinkLab.capture(wire, 2)).hasSize(2);
            assertThat(link.counters().sent()).isEqualTo(2);
            assertThat(link.counters().sendFailures()).isEqualTo(1);
        }
    }

    @Test
    void hearsTheAnswerToAPingAndNoneFromAFreeAddress() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            int index = LinkLab.index(link, "srv0");
            link.ping(LinkLab.CLIENT.plus(1), LinkLab.SERVER, index);
            link.ping(LinkLab.CLIENT, LinkLab.SERVER, index);
            lab.receiveUntil(link, () -> !lab.recorder.answers.isEmpty());

            assertThat(lab.recorder.answers).containsExactly(LinkLab.CLIENT);
            assertThat(link.counters().pings()).isEqualTo(2);
        }
    }

    @Test
    void pingAsksWhoeverHasTheAddressAndNotTheClientItWasOfferedTo() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            int index = LinkLab.index(link, "srv0");
            link.send(
                    List.of(
                            LinkLab.reply(
                                    LinkLab.CLIENT, LinkLab.SERVER, index, LinkLab.STRANGER)));
            link.ping(LinkLab.CLIENT, LinkLab.SERVER, index);
            lab.receiveUntil(link, () -> !lab.recorder.answers.isEmpty());

            assertThat(lab.recorder.answers).containsExactly(LinkLab.CLIENT);
        }
    }

    /** The kernel keeps what a server before this one made, as long as its table is small. */
    @Test
    void pingAsksWhoeverHasTheAddressAndNotTheClientThatHadItBeforeARestart() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        lab.namespaces.ip(
                lab.server,
                "neigh replace 192.168.77.100 lladdr 02:00:00:00:00:99 dev srv0 nud stale");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            link.ping(LinkLab.CLIENT, LinkLab.SERVER, LinkLab.index(link, "srv0"));
            lab.receiveUntil(link, () -> !lab.recorder.answers.isEmpty());

            assertThat(lab.recorder.answers).containsExactly(LinkLab.CLIENT);
        }
    }

    @Test
    void pingLeavesAnAdministratorsNeighbourEntry() throws Exception {
        lab.namespaces.ip(
                lab.server,
                "neigh replace 192.168.77.100 lladdr 02:00:00:00:00:99 dev srv0 nud permanent");
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            link.ping(LinkLab.CLIENT, LinkLab.SERVER, LinkLab.index(link, "srv0"));

            assertThat(lab.namespaces.ip(lab.server, "neigh show 192.168.77.100"))
                    .contains("02:00:00:00:00:99")
                    .contains("PERMANENT");
        }
    }

    @Test
    void reachesARelayThroughARouterFromTheAnycastAddress() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.254/24 dev cli0");
        lab.namespaces.ip(lab.client, "address add 10.20.0.1/32 dev lo");
        lab.namespaces.ip(lab.server, "address add 10.255.0.53/32 dev lo");
        lab.namespaces.ip(lab.server, "route add 10.20.0.0/16 via 192.168.77.254");
        Ip4Address anycast = Ip4Address.parse("10.255.0.53");
        LinkOptions relayedOnly = LinkOptions.of().withListen("10.255.0.53");
        try (Link link = lab.open(relayedOnly);
                PacketSocket wire = lab.listen(68)) {
            lab.namespaces.ip(lab.client, "route add 10.255.0.53/32 via 192.168.77.1");
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket relay =
                                UdpSocket.open(Ip4Address.parse("10.20.0.1"), 67, null)) {
                            relay.setDestination(anycast, 67);
                            relay.queue(new byte[300], 0, 300);
                            relay.flush();
                        }
                    });
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams).hasSize(1);
            Recorder.Datagram request = lab.recorder.datagrams.getFirst();
            assertThat(request.destination()).isEqualTo(anycast);
            assertThat(request.source()).isEqualTo(Ip4Address.parse("10.20.0.1"));

            Ip4Address relayAddress = request.source();
            link.send(List.of(LinkLab.reply(relayAddress, anycast, 0, null)));
            assertThat(LinkLab.capture(wire, 1))
                    .extracting(Frames.Udp::source)
                    .containsExactly(anycast);
        }
    }
}
