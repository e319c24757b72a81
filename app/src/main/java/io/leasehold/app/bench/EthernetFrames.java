package io.leasehold.app.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Frames as they are on the link: Ethernet, IPv4 and UDP headers around a message, or an ARP reply.
 * Both are written into a buffer of the caller.
 */
final class EthernetFrames {
    static final int HEADERS_BYTES = 14 + 20 + 8;
    static final int ARP_BYTES = 42;
    static final long BROADCAST_HARDWARE = 0xffff_ffff_ffffL;

    static final int TYPE_IPV4 = 0x0800;
    static final int TYPE_ARP = 0x0806;
    static final int ARP_REQUEST = 1;

    private static final int ARP_REPLY = 2;
    private static final int IP = 14;
    private static final int UDP = IP + 20;
    private static final int PROTOCOL_UDP = 17;
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int TTL = 64;

    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private EthernetFrames() {}

    /**
     * Writes a client's message as a frame.
     *
     * @param from the client's hardware address, in the low 48 bits
     * @param to the hardware address that it goes to
     * @param source the client's address; 0 as long as it has none
     * @param destination the address it goes to
     * @return the length of the frame
     */
    static int write(
            byte[] frame,
            byte[] message,
            int length,
            long from,
            long to,
            int source,
            int destination) {
        putHardware(frame, 0, to);
        putHardware(frame, 6, from);
        U16.set(frame, 12, (short) TYPE_IPV4);
        U16.set(frame, IP, (short) 0x4500);
        U16.set(frame, IP + 2, (short) (20 + 8 + length));
        U32.set(frame, IP + 4, 0);
        U16.set(frame, IP + 8, (short) (TTL << 8 | PROTOCOL_UDP));
        U16.set(frame, IP + 10, (short) 0);
        U32.set(frame, IP + 12, source);
        U32.set(frame, IP + 16, destination);
        U16.set(frame, IP + 10, (short) ~folded(sum(frame, IP, 20)));
        U16.set(frame, UDP, (short) CLIENT_PORT);
        U16.set(frame, UDP + 2, (short) SERVER_PORT);
        U16.set(frame, UDP + 4, (short) (8 + length));
        U16.set(frame, UDP + 6, (short) 0);
        System.arraycopy(message, 0, frame, HEADERS_BYTES, length);
        // The pseudo header (RFC 768): both addresses, the protocol, and the UDP length.
        long pseudo = sum(frame, IP + 12, 8) + PROTOCOL_UDP + 8 + length;
        int checksum = ~folded(pseudo + sum(frame, UDP, 8 + length)) & 0xffff;
        U16.set(frame, UDP + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return HEADERS_BYTES + length;
    }

    /** Writes the answer of one host to the ARP request of another (RFC 826). */
    static int writeArpReply(byte[] frame, long from, int address, long to, int asker) {
        putHardware(frame, 0, to);
        putHardware(frame, 6, from);
        U16.set(frame, 12, (short) TYPE_ARP);
        U16.set(frame, 14, (short) 1);
        U16.set(frame, 16, (short) TYPE_IPV4);
        U16.set(frame, 18, (short) 0x0604);
        U16.set(frame, 20, (short) ARP_REPLY);
        putHardware(frame, 22, from);
        U32.set(frame, 28, address);
        putHardware(frame, 32, to);
        U32.set(frame, 38, asker);
        return ARP_BYTES;
    }

    private static void putHardware(byte[] frame, int offset, long hardware) {
        U16.set(frame, offset, (short) (hardware >>> 32));
        U32.set(frame, offset + 2, (int) hardware);
    }

    private static long sum(byte[] bytes, int offset, int length) {
        long sum = 0;
        int at = offset;
        int end = offset + length;
        for (; at + 4 <= end; at += 4) {
            sum += (int) U32.get(bytes, at) & 0xffff_ffffL;
        }
        for (; at + 2 <= end; at += 2) {
            sum += (short) U16.get(bytes, at) & 0xffff;
        }
        return at < end ? sum + ((bytes[at] & 0xff) << 8) : sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}
