package io.leasehold.link;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.ByteBuffer;

/** Ethernet frames with UDP in them, as a client without an address sends and gets them. */
final class Frames {
    static final HardwareAddress EVERYONE = HardwareAddress.parse("ff:ff:ff:ff:ff:ff");

    private static final int HEADERS_BYTES = 42;

    /** What a test asks of a frame. */
    record Udp(
            HardwareAddress to,
            Ip4Address source,
            Ip4Address destination,
            int sourcePort,
            int destinationPort,
            Octets payload) {}

    private Frames() {}

    /** A frame with a datagram; without a UDP checksum, as some boot ROMs send it. */
    static byte[] udp(
            HardwareAddress from,
            HardwareAddress to,
            Ip4Address source,
            Ip4Address destination,
            byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEADERS_BYTES + payload.length);
        frame.put(to.toBytes()).put(from.toBytes()).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + payload.length));
        frame.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.putInt(source.bits()).putInt(destination.bits());
        frame.putShort(24, (short) checksum(frame));
        frame.putShort((short) 68).putShort((short) 67);
        frame.putShort((short) (8 + payload.length)).putShort((short) 0);
        return frame.put(payload).array();
    }

    private static int checksum(ByteBuffer frame) {
        int sum = 0;
        for (int at = 14; at < 34; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }

    /** Reads a frame that a filter has let through as UDP in IPv4. */
    static Udp read(byte[] buffer, int offset, int length) {
        Cursor cursor = new Cursor(buffer, offset, length);
        HardwareAddress to = HardwareAddress.of(HardwareAddress.ETHERNET, cursor.bytes(6));
        cursor.skip(8);
        int headerBytes = (cursor.u8() & 15) * 4;
        cursor.skip(11);
        Ip4Address source = cursor.address();
        Ip4Address destination = cursor.address();
        cursor.skip(headerBytes - 20);
        int sourcePort = cursor.u16();
        int destinationPort = cursor.u16();
        int udpBytes = cursor.u16();
        cursor.skip(2);
        Octets payload = Octets.of(cursor.bytes(udpBytes - 8));
        return new Udp(to, source, destination, sourcePort, destinationPort, payload);
    }
}
