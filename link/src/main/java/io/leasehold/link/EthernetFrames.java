package io.leasehold.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Frames as they are on the link: Ethernet, IPv4 and UDP headers around a message, or an ARP reply.
 * Both are written into a buffer of the caller.
 */
public final class EthernetFrames {
    /** Length of the Ethernet, IPv4 and UDP headers before a payload. */
    public static final int HEADERS_BYTES = 14 + 20 + 8;

    /** Length of a frame with ARP in it. */
    public static final int ARP_BYTES = 42;

    /** The hardware address of everyone, in the low 48 bits. */
    public static final long BROADCAST_HARDWARE = 0xffff_ffff_ffffL;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int ARP_REQUEST = 1;
    public static final int ARP_REPLY = 2;

    private static final int IP = 14;
    private static final int UDP = IP + 20;
    private static final int PROTOCOL_UDP = 17;
    private static final int TTL = 64;

    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private EthernetFrames() {}

    /**
     * Writes a datagram as a frame.
     *
     * @param from the sender's hardware address, in the low 48 bits
     * @param to the hardware address that it goes to
     * @param source the sender's address; 0 as long as it has none
     * @param sourcePort the UDP port it leaves from
     * @param destination the address it goes to
     * @param destinationPort the UDP port it goes to
     * @return the length of the frame
     */
    public static int write(
            byte[] frame,
            byte[] message,
            int length,
            long from,
            long to,
            int source,
            int sourcePort,
            int destination,
            int destinationPort) {
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
        U16.set(frame, UDP, (short) sourcePort);
        U16.set(frame, UDP + 2, (short) destinationPort);
        U16.set(frame, UDP + 4, (short) (8 + length));
        U16.set(frame, UDP + 6, (short) 0);
        System.arraycopy(message, 0, frame, HEADERS_BYTES, length);
        // The pseudo header (RFC 768): both addresses, the protocol, and the UDP length.
        long pseudo = sum(frame, IP + 12, 8) + PROTOCOL_UDP + 8 + length;
        int checksum = ~folded(pseudo + sum(frame, UDP, 8 + length)) & 0xffff;
        U16.set(frame, UDP + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return HEADERS_BYTES + length;
    }

    /**
     * Writes the answer of one host to the ARP request of another (RFC 826).
     *
     * @param from the hardware address of who answers
     * @param address the address that was asked for
     * @param to the hardware address of who asked
     * @param asker the address of who asked
     * @return the length of the frame
     */
    public static int writeArpReply(byte[] frame, long from, int address, long to, int asker) {
        writeArp(frame, ARP_REPLY, from, address, to, asker);
        putHardware(frame, 32, to);
        return ARP_BYTES;
    }

    /**
     * Writes the question who has an address (RFC 826).
     *
     * @param from the hardware address of who asks
     * @param asker the address of who asks; 0 where it has none yet
     * @param wanted the address that is asked for
     * @return the length of the frame
     */
    public static int writeArpRequest(byte[] frame, long from, int asker, int wanted) {
        writeArp(frame, ARP_REQUEST, from, asker, BROADCAST_HARDWARE, wanted);
        putHardware(frame, 32, 0);
        return ARP_BYTES;
    }

    private static void writeArp(
            byte[] frame, int operation, long from, int sender, long to, int target) {
        putHardware(frame, 0, to);
        putHardware(frame, 6, from);
        U16.set(frame, 12, (short) TYPE_ARP);
        U16.set(frame, 14, (short) 1);
        U16.set(frame, 16, (short) TYPE_IPV4);
        U16.set(frame, 18, (short) 0x0604);
        U16.set(frame, 20, (short) operation);
        putHardware(frame, 22, from);
        U32.set(frame, 28, sender);
        U32.set(frame, 38, target);
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
