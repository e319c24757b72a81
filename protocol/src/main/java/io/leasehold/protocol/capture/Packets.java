package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Ip4Address;

/** Packets around messages that were captured without any, or never were on a wire. */
public final class Packets {
    private static final int IP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int PACKET_BYTES_MAX = 65_535;
    private static final int TTL = 64;

    private Packets() {}

    /**
     * An IPv4 packet with a UDP datagram, check sums in place: a frame of {@link LinkType#RAW}.
     *
     * @param payload at most 65,507 bytes
     * @throws IllegalArgumentException when it is more
     */
    public static byte[] udp(
            Ip4Address source,
            int sourcePort,
            Ip4Address destination,
            int destinationPort,
            byte[] payload) {
        int length = IP_HEADER_BYTES + UDP_HEADER_BYTES + payload.length;
        if (length > PACKET_BYTES_MAX) {
            throw new IllegalArgumentException(
                    payload.length + " bytes for one datagram, expected at most 65507");
        }
        byte[] packet = new byte[length];
        packet[0] = 0x45;
        put16(packet, 2, length);
        packet[8] = TTL;
        packet[9] = FrameDecoder.UDP;
        put32(packet, 12, source.bits());
        put32(packet, 16, destination.bits());
        put16(packet, 10, ~Checksum.folded(Checksum.sum(packet, 0, IP_HEADER_BYTES)));
        put16(packet, 20, sourcePort);
        put16(packet, 22, destinationPort);
        put16(packet, 24, length - IP_HEADER_BYTES);
        System.arraycopy(payload, 0, packet, IP_HEADER_BYTES + UDP_HEADER_BYTES, payload.length);
        int segment = length - IP_HEADER_BYTES;
        int sum =
                ~Checksum.folded(
                                Checksum.pseudo(source.bits(), destination.bits(), segment)
                                        + Checksum.sum(packet, IP_HEADER_BYTES, segment))
                        & 0xffff;
        // 0 would say that there is none.
        put16(packet, 26, sum == 0 ? 0xffff : sum);
        return packet;
    }

    private static void put16(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >>> 8);
        bytes[offset + 1] = (byte) value;
    }

    private static void put32(byte[] bytes, int offset, int value) {
        put16(bytes, offset, value >>> 16);
        put16(bytes, offset + 2, value);
    }
}
