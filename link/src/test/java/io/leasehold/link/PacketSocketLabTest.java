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
