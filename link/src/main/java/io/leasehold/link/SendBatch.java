package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for one sendmmsg: messages are packed one behind the other until the slots or the
 * bytes are used up. Not safe for use by several threads at once.
 */
final class SendBatch {
    static final int SLOTS = 64;

    /** Room for 64 ordinary messages, and for the largest one there is. */
    private static final int POOL_BYTES = 128 * 1024;

    private static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 32;
    private static final int PACKET_INFO_LENGTH = 28;

    /** What became of one message that could not be sent. */
    interface Failure {
        void failed(int slot, int errno);
    }

    private final MemorySegment state;
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment pool;
    private int count;
    private int poolUsed;

    SendBatch(Arena arena) {
        state = Kernel.newState(arena);
        headers = arena.allocate((long) SLOTS * HEADER_BYTES, 64);
        vectors = arena.allocate((long) SLOTS * VECTOR_BYTES, 64);
        names = arena.allocate((long) SLOTS * Abi.SOCKADDR_IN_BYTES, 64);
        controls = arena.allocate((long) SLOTS * CONTROL_BYTES, 64);
        pool = arena.allocate(POOL_BYTES, 64);
        for (int i = 0; i < SLOTS; i++) {
            long header = (long) i * HEADER_BYTES;
            headers.set(JAVA_LONG, header + 16, vectors.address() + (long) i * VECTOR_BYTES);
            headers.set(JAVA_LONG, header + 24, 1);
            long control = (long) i * CONTROL_BYTES;
            controls.set(JAVA_LONG, control, PACKET_INFO_LENGTH);
            controls.set(JAVA_INT, control + 8, Abi.SOL_IP);
            controls.set(JAVA_INT, control + 12, Abi.IP_PKTINFO);
        }
    }

    int count() {
        return count;
    }

    /** True when a message of this length, 65,600 at most, can be added. */
    boolean hasRoomFor(int length) {
        return count < SLOTS && poolUsed + length <= POOL_BYTES;
    }

    /**
     * Adds a message without address: for packet sockets, and for what {@link #address} follows.
     *
     * @return its slot
     */
    int add(byte[] bytes, int offset, int length) {
        int slot = count++;
        MemorySegment.copy(bytes, offset, pool, JAVA_BYTE, poolUsed, length);
        long vector = (long) slot * VECTOR_BYTES;
        vectors.set(JAVA_LONG, vector, pool.address() + poolUsed);
        vectors.set(JAVA_LONG, vector + 8, length);
        poolUsed += (length + 7) & ~7;
        long header = (long) slot * HEADER_BYTES;
        headers.set(JAVA_LONG, header, 0L);
        headers.set(JAVA_INT, header + 8, 0);
        headers.set(JAVA_LONG, header + 32, 0L);
        headers.set(JAVA_LONG, header + 40, 0L);
        return slot;
    }

    /** Says where a message goes. */
    void address(int slot, int addressBits, int port) {
        long header = (long) slot * HEADER_BYTES;
        long name = (long) slot * Abi.SOCKADDR_IN_BYTES;
        Abi.putSocketAddress(names, name, addressBits, port);
        headers.set(JAVA_LONG, header, names.address() + name);
        headers.set(JAVA_INT, header + 8, Abi.SOCKADDR_IN_BYTES);
    }

    /** Changes the address of a message, and leaves its port. */
    void redirect(int slot, int addressBits) {
        names.set(Abi.INT_NETWORK, (long) slot * Abi.SOCKADDR_IN_BYTES + 4, addressBits);
    }

    /** Says from which address and by which interface a message leaves; 0 for either: any. */
    void leaveFrom(int slot, int sourceBits, int interfaceIndex) {
        long header = (long) slot * HEADER_BYTES;
        long control = (long) slot * CONTROL_BYTES;
        controls.set(JAVA_INT, control + 16, interfaceIndex);
        controls.set(Abi.INT_NETWORK, control + 20, sourceBits);
        headers.set(JAVA_LONG, header + 32, controls.address() + control);
        headers.set(JAVA_LONG, header + 40, CONTROL_BYTES);
    }

    /**
     * Sends all, and empties the batch. The kernel stops at the first message that it cannot send:
     * that one is reported, and the rest goes on.
     *
     * @return how many were sent
     */
    int send(int fd, int flags, Failure failure) {
        int next = 0;
        int sent = 0;
        while (next < count) {
            int result =
                    (int)
                            Kernel.call(
                                    state,
                                    SystemCall.SENDMMSG,
                                    fd,
                                    headers.address() + (long) next * HEADER_BYTES,
                                    count - next,
                                    flags,
                                    0,
                                    0);
            if (result > 0) {
                next += result;
                sent += result;
            } else if (result == -Abi.EAGAIN) {
                // The buffer stayed full for as long as may be waited: so it would for the others.
                while (next < count) {
                    failure.failed(next++, Abi.EAGAIN);
                }
            } else if (result != -Abi.EINTR) {
                failure.failed(next++, -result);
            }
        }
        clear();
        return sent;
    }

    void clear() {
        count = 0;
        poolUsed = 0;
    }
}
