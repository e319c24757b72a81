package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Cursor;

/** What the check sum of a UDP datagram says (RFC 768). */
public enum Checksum {
    /** It fits the datagram. */
    GOOD,
    /**
     * It does not: damage on the way, or the datagram was captured on the host that sent it, where
     * the network card was to fill the sum in.
     */
    BAD,
    /** It is 0: the sender made none. */
    NONE,
    /** The datagram was not captured whole. */
    UNKNOWN;

    /**
     * The sum of an IPv4 datagram.
     *
     * @param segment the UDP header and what follows
     */
    static Checksum of(int source, int destination, byte[] segment, int offset, int length) {
        int stated = new Cursor(segment, offset + 6, 2).u16();
        if (stated == 0) {
            return NONE;
        }
        long pseudo = pseudo(source, destination, length);
        return folded(pseudo + sum(segment, offset, length)) == 0xffff ? GOOD : BAD;
    }

    /** What the pseudo header adds: both addresses, the protocol, the length. */
    static long pseudo(int source, int destination, int length) {
        return (source >>> 16)
                + (source & 0xffffL)
                + (destination >>> 16)
                + (destination & 0xffffL)
                + FrameDecoder.UDP
                + length;
    }

    /** The sum of all 16-bit words, the last one filled up with a zero. */
    static long sum(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, length);
        long sum = 0;
        for (int i = 0; i + 2 <= length; i += 2) {
            sum += cursor.u16();
        }
        return (length & 1) == 0 ? sum : sum + ((long) cursor.u8() << 8);
    }

    static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
