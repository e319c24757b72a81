package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames from one end of a wire to the other. */
@Tag("lab")
class PacketSocketLabTest {
    private static final int ETHER_TYPE = 12;
    private static final int FRAGMENT_OFFSET = 20;
    private static final int TTL_AND_PROTOCOL = 22;
    private static final int DESTINATION_PORT = 36;

    /** How far the kernel's clock for packets may be behind the other. */
    private static final long CLOCKS_APART_NANOS = 1_000_000;

    private static final int FRAMES_UNTIL_NOTED_MAX = 10_000;

    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private static byte[] frame() {
        return Frames.udp(
                LinkLab.STRANGER,
                Frames.EVERYONE,
                Ip4Address.ZERO,
                Ip4Address.BROADCAST,
                new byte[] {1, 2, 3});
    }

    /** A frame in which two octets are others. */
    private static byte[] with(int offset, int value) {
        byte[] frame = frame();
        frame[offset] = (byte) (value >> 8);
        frame[offset + 1] = (byte) value;
        return frame;
    }

    private PacketSocket open(String namespace, String name, int port) throws Exception {
        return NamespaceThread.call(
                namespace, () -> PacketSocket.open(name, PacketSocket.Sight.OWN, port));
    }

    @Test
    void tellsWhenAFrameArrivedHoweverLateItIsTaken() throws Exception {
        FrameReceiver passingBy = (buffer, offset, length) -> {};
        List<Long> arrived = new ArrayList<>();
        long sent = 0;
        long seen = 0;
        try (PacketSocket server = open(lab.server, "srv0", 67);
                PacketSocket witness = open(lab.server, "srv0", 67);
                PacketSocket client = open(lab.client, "cli0", 68)) {
            server.tellArrivals();
            FrameReceiver taking = (buffer, offset, length) -> arrived.add(server.arrivedNanos());
            byte[] frame = frame();
            // The kernel begins to note it some time after it is asked to.
            for (int i = 0;
                    i < FRAMES_UNTIL_NOTED_MAX && (i == 0 || arrived.getLast() > seen);
                    i++) {
                client.queue(frame, 0, frame.length);
                sent = System.nanoTime();
                assertThat(client.flush()).isOne();
                assertThat(witness.receive(10_000, passingBy)).isOne();
                seen = System.nanoTime();
                assertThat(server.receive(10_000, taking)).isOne();
            }
        }
        assertThat(arrived.getLast()).isBetween(sent - CLOCKS_APART_NANOS, seen);
    }

    @Test
    void takesOnlyFirstFragmentsOfUdpToItsPort() throws Exception {
        byte[] doNotFragment = with(FRAGMENT_OFFSET, 0x4000);
        List<byte[]> frames =
                List.of(
                        with(ETHER_TYPE, 0x86dd),
                        with(FRAGMENT_OFFSET, 0x0001),
                        with(TTL_AND_PROTOCOL, 64 << 8 | 6),
                        with(DESTINATION_PORT, 68),
                        frame(),
                        doNotFragment);
        List<Octets> taken = new ArrayList<>();
        FrameReceiver taking =
                (buffer, offset, length) -> taken.add(Octets.of(Arrays.copyOf(buffer, length)));
        try (PacketSocket server = open(lab.server, "srv0", 67);
                PacketSocket client = open(lab.client, "cli0", 68)) {
            for (byte[] each : frames) {
                client.queue(each, 0, each.length);
            }
            assertThat(client.flush()).isEqualTo(frames.size());
            int more = 1;
            while (taken.size() < 2 && more > 0) {
                more = server.receive(10_000, taking);
            }
        }
        assertThat(taken).containsExactly(Octets.of(frame()), Octets.of(doNotFragment));
    }

    @Test
    void saysWhichInterfacesThereAre() {
        assertThatThrownBy(() -> open(lab.client, "eth9", 68))
                .isInstanceOf(LinkException.class)
                .hasMessage("no interface eth9; there are: lo, cli0");
    }
}
