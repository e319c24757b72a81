package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for one recvmmsg, used by one thread. Each slot is in two pieces: what every
 * message needs lies close together, so that a batch stays in the processor's cache, and what only
 * a large one needs lies apart, in pages that cost nothing until they are touched.
 */
final class ReceiveBatch {
    static final int SLOTS = 64;

    /** The largest UDP datagram is 65,507 bytes; the largest frame is longer by its headers. */
    static final int MESSAGE_BYTES_MAX = 65_600;

    private static final int NEAR_BYTES = 2048;
    private static final int FAR_BYTES = MESSAGE_BYTES_MAX - NEAR_BYTES;
    private static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 32;
    private static final int NAME_BYTES = 32;
    private static final int CONTROL_BYTES = 64;
    private static final int SOCKADDR_LL_PACKET_TYPE = 10;
    private static final int FLAGS_OFFSET = 48;
    private static final int LENGTH_OFFSET = 56;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final MemorySegment state;
    private final int controlBytes;
    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment near;
    private final MemorySegment far;
    private int used = SLOTS;

    ReceiveBatch(Arena arena) {
        this(arena, CONTROL_BYTES);
    }

    /**
     * @param controlBytes room for the control messages of each, a multiple of 8
     */
    ReceiveBatch(Arena arena, int controlBytes) {
        this.controlBytes = controlBytes;
        state = Kernel.newState(arena);
        headers = arena.allocate((long) SLOTS * HEADER_BYTES, 64);
        names = arena.allocate((long) SLOTS * NAME_BYTES, 64);
        controls = arena.allocate((long) SLOTS * controlBytes, 64);
        near = arena.allocate((long) SLOTS * NEAR_BYTES, 64);
        far = Kernel.map(state, arena, (long) SLOTS * FAR_BYTES);
        MemorySegment vectors = arena.allocate((long) SLOTS * VECTOR_BYTES, 64);
        for (int i = 0; i < SLOTS; i++) {
            long vector = (long) i * VECTOR_BYTES;
            vectors.set(JAVA_LONG, vector, near.address() + (long) i * NEAR_BYTES);
            vectors.set(JAVA_LONG, vector + 8, NEAR_BYTES);
            vectors.set(JAVA_LONG, vector + 16, far.address() + (long) i * FAR_BYTES);
            vectors.set(JAVA_LONG, vector + 24, FAR_BYTES);
            long header = (long) i * HEADER_BYTES;
            headers.set(JAVA_LONG, header, names.address() + (long) i * NAME_BYTES);
            headers.set(JAVA_LONG, header + 16, vectors.address() + vector);
            headers.set(JAVA_LONG, header + 24, 2);
            headers.set(JAVA_LONG, header + 32, controls.address() + (long) i * controlBytes);
        }
    }

    /**
     * Takes what has come, without waiting.
     *
     * @return how many messages, 0 when there is none, or a negative errno
     */
    int receive(int fd) {
        for (int i = 0; i < used; i++) {
            long header = (long) i * HEADER_BYTES;
            headers.set(JAVA_INT, header + 8, NAME_BYTES);
            headers.set(JAVA_LONG, header + 40, controlBytes);
        }
        int count =
                (int)
                        Kernel.call(
                                state,
                                SystemCall.RECVMMSG,
                                fd,
                                headers.address(),
                                SLOTS,
                                Abi.MSG_DONTWAIT,
                                0,
                                0);
        used = Math.max(count, 0);
        return count == -Abi.EAGAIN || count == -Abi.EINTR ? 0 : count;
    }

    /** Length in bytes of what came into a slot. */
    int length(int slot) {
        return headers.get(JAVA_INT, (long) slot * HEADER_BYTES + LENGTH_OFFSET);
    }

    /** True when the slot was too small, which no UDP datagram can make it. */
    boolean truncated(int slot) {
        long flags = (long) slot * HEADER_BYTES + FLAGS_OFFSET;
        return (headers.get(JAVA_INT, flags) & Abi.MSG_TRUNC) != 0;
    }

    /** Copies what came into a slot to the start of an array of {@link #MESSAGE_BYTES_MAX}. */
    void copyTo(int slot, int length, byte[] target) {
        copyTo(slot, length, target, 0);
    }

    /** Copies what came into a slot to a place in an array. */
    void copyTo(int slot, int length, byte[] target, int offset) {
        int first = Math.min(length, NEAR_BYTES);
        MemorySegment.copy(near, JAVA_BYTE, (long) slot * NEAR_BYTES, target, offset, first);
        if (length > first) {
            MemorySegment.copy(
                    far,
                    JAVA_BYTE,
                    (long) slot * FAR_BYTES,
                    target,
                    offset + first,
                    length - first);
        }
    }

    /** Of a packet socket: to whom the frame went, {@code PACKET_OUTGOING} for one sent here. */
    int packetType(int slot) {
        return names.get(JAVA_BYTE, (long) slot * NAME_BYTES + SOCKADDR_LL_PACKET_TYPE) & 0xff;
    }

    /** Where the payload of a control message lies, for {@link #controls}; -1 without one. */
    long controlOf(int slot, int level, int type) {
        return control(slot, level, type);
    }

    /** The control messages of all slots. */
    MemorySegment controls() {
        return controls;
    }

    /** The IPv4 address it came from. */
    Ip4Address source(int slot) {
        long name = (long) slot * NAME_BYTES;
        // A socket that was passed on may take IPv6 too; IPv4 comes there in the last four octets.
        boolean mapped = names.get(JAVA_SHORT, name) == Abi.AF_INET6;
        return Ip4Address.of(names.get(Abi.INT_NETWORK, name + (mapped ? 20 : 4)));
    }

    int sourcePort(int slot) {
        return names.get(Abi.SHORT_NETWORK, (long) slot * NAME_BYTES + 2) & 0xffff;
    }

    /**
     * Where in the slot's control data the payload of a control message lies, -1 where there is no
     * such message.
     */
    private long control(int slot, int level, int type) {
        long at = (long) slot * controlBytes;
        long length = headers.get(JAVA_LONG, (long) slot * HEADER_BYTES + 40);
        long end = at + Math.min(length, controlBytes);
        while (at + 16 <= end) {
            long size = controls.get(JAVA_LONG, at);
            if (size < 16) {
                return -1;
            }
            if (controls.get(JAVA_INT, at + 8) == level
                    && controls.get(JAVA_INT, at + 12) == type) {
                return at + 16;
            }
            at += (size + 7) & ~7L;
        }
        return -1;
    }

    /** Where the slot's {@code in_pktinfo} lies, for the two functions that follow; or -1. */
    long packetInfo(int slot) {
        return control(slot, Abi.SOL_IP, Abi.IP_PKTINFO);
    }

    int interfaceIndex(long packetInfo) {
        return controls.get(JAVA_INT, packetInfo);
    }

    /** The destination address of the IP header. */
    int destinationBits(long packetInfo) {
        return controls.get(Abi.INT_NETWORK, packetInfo + 8);
    }

    /**
     * When the message came, in nanoseconds since 1970; -1 where the socket does not ask the kernel
     * to note it.
     */
    long arrivedEpochNanos(int slot) {
        long at = control(slot, Abi.SOL_SOCKET, Abi.SO_TIMESTAMPNS);
        return at < 0
                ? -1
                : controls.get(JAVA_LONG, at) * NANOS_PER_SECOND + controls.get(JAVA_LONG, at + 8);
    }

    /** How many messages the socket has dropped in its life for want of room; 0 when none. */
    int drops(int slot) {
        long at = control(slot, Abi.SOL_SOCKET, Abi.SO_RXQ_OVFL);
        return at < 0 ? 0 : controls.get(JAVA_INT, at);
    }
}
