package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entries by which replies find clients that have no address yet, and those of others. */
@Tag("lab")
class LinkNeighbourLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void reachesThousandsOfNewClientsWithoutFillingTheNeighbourTable() throws Exception {
        int clients = 3000;
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            List<Outgoing> replies = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                byte[] octets = {2, 0, 0, 0, (byte) (i >> 8), (byte) i};
                replies.add(
                        LinkLab.reply(
                                Ip4Address.parse("10.50.0.0").plus(i + 1),
                                LinkLab.SERVER,
                                index,
                                HardwareAddress.of(HardwareAddress.ETHERNET, octets)));
            }
            link.send(replies);

            List<Frames.Udp> frames = LinkLab.capture(wire, clients);
            assertThat(frames).hasSize(clients);
            for (int i = 0; i < clients; i++) {
                Outgoing reply = replies.get(i);
                assertThat(frames.get(i).to()).isEqualTo(reply.neighbour());
                assertThat(frames.get(i).destination()).isEqualTo(reply.destination());
            }
            assertThat(link.counters().neighbourFallbacks()).isZero();
        }
    }

    /**
     * An entry that the kernel neither counts nor throws out: a full table needs all the machine.
     */
    @Test
    void keepsAWayToEverybodyThatAFullNeighbourTableDoesNotTake() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0"))) {
            assertThat(everybody()).contains("lladdr ff:ff:ff:ff:ff:ff", "PERMANENT");

            lab.namespaces.ip(lab.server, "link set srv0 down");
            lab.receiveUntil(link, () -> everybody().isEmpty());
            lab.namespaces.ip(lab.server, "link set srv0 up");
            lab.receiveUntil(link, () -> everybody().contains("PERMANENT"));
            assertThat(everybody()).contains("lladdr ff:ff:ff:ff:ff:ff", "PERMANENT");
        }
    }

    private String everybody() {
        return lab.namespaces.ip(lab.server, "neigh show 255.255.255.255 dev srv0");
    }

    @ParameterizedTest
    @CsvSource({"02:00:00:00:00:98, false", "02:00:00:00:00:99, true"})
    void leavesAnAdministratorsNeighbourEntry(String hardware, boolean same) throws Exception {
        lab.namespaces.ip(
                lab.server,
                "neigh replace 192.168.77.100 lladdr 02:00:00:00:00:99 dev srv0 nud permanent");
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            Outgoing reply =
                    LinkLab.reply(
                            LinkLab.CLIENT, LinkLab.SERVER, index, HardwareAddress.parse(hardware));
            link.send(List.of(reply, reply));
            link.send(List.of(reply));

            assertThat(LinkLab.capture(wire, 3))
                    .extracting(Frames.Udp::destination)
                    .containsOnly(same ? LinkLab.CLIENT : Ip4Address.BROADCAST)
                    .hasSize(3);
            assertThat(link.counters().neighbourFallbacks()).isEqualTo(same ? 0 : 3);
            assertThat(lab.namespaces.ip(lab.server, "neigh show 192.168.77.100"))
                    .contains("02:00:00:00:00:99")
                    .contains("PERMANENT");
        }
    }

    /** What the kernel learned before may be of the client that had the address. */
    @Test
    void takesThePlaceOfAnEntryThatTheKernelLearned() throws Exception {
        lab.namespaces.ip(
                lab.server,
                "neigh replace 192.168.77.100 lladdr 02:00:00:00:00:99 dev srv0 nud stale");
        try (Link link = lab.open(LinkOptions.of("srv0"));
                PacketSocket wire = lab.listen(68)) {
            int index = LinkLab.index(link, "srv0");
            Outgoing reply = LinkLab.reply(LinkLab.CLIENT, LinkLab.SERVER, index, LinkLab.STRANGER);
            link.send(List.of(reply, reply));
            link.send(List.of(reply));

            assertThat(LinkLab.capture(wire, 3))
                    .extracting(Frames.Udp::to)
                    .containsExactly(LinkLab.STRANGER, LinkLab.STRANGER, LinkLab.STRANGER);
            assertThat(link.counters().neighbourFallbacks()).isZero();
        }
    }
}
