package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory for sending runs of datagrams by connected sockets. Used by one thread. */
final class FlowSender {
    /** The kernel cuts one call into 64 datagrams at most. */
    private static final int DATAGRAMS_MAX = 64;

    private static final int HEADERS_BYTES = 28;
    private static final int UDP_BYTES_MAX = 65_507;
    private static final int HEADER_BYTES = 64;
    private static final int MESSAGE_BYTES = 56;
    private static final int VECTOR_BYTES = 16;
    private static final int CONTROL_BYTES = 24;
    private static final int CONTROL_LENGTH = 18;

    private final MemorySegment state;
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment whole;
    private final MemorySegment wholeVector;
    private final MemorySegment control;

    /** Turned off by the first failure: a kernel, a device or a policy that cannot. */
    private boolean kernelCuts = true;

    FlowSender(Arena arena) {
        state = Kernel.newState(arena);
        headers = arena.allocate((long) DATAGRAMS_MAX * HEADER_BYTES, 64);
        vectors = arena.allocate((long) DATAGRAMS_MAX * VECTOR_BYTES, 64);
        for (int i = 0; i < DATAGRAMS_MAX; i++) {
            long header = (long) i * HEADER_BYTES;
            headers.set(JAVA_LONG, header + 16, vectors.address() + (long) i * VECTOR_BYTES);
            headers.set(JAVA_LONG, header + 24, 1);
        }
        whole = arena.allocate(MESSAGE_BYTES, 8);
        wholeVector = arena.allocate(VECTOR_BYTES, 8);
        control = arena.allocate(CONTROL_BYTES, 8);
        whole.set(JAVA_LONG, 16, wholeVector.address());
        whole.set(JAVA_LONG, 24, 1);
        whole.set(JAVA_LONG, 32, control.address());
        whole.set(JAVA_LONG, 40, CONTROL_BYTES);
        control.set(JAVA_LONG, 0, CONTROL_LENGTH);
        control.set(JAVA_INT, 8, Abi.SOL_UDP);
        control.set(JAVA_INT, 12, Abi.UDP_SEGMENT);
    }

    /**
     * Sends datagrams that lie one behind the other.
     *
     * @return how many could not be sent
     */
    int send(int fd, MemorySegment bytes, int each, int mtu) {
        int total = (int) bytes.byteSize();
        if (total <= each) {
            int result = Kernel.send(state, fd, bytes, total, Abi.MSG_DONTWAIT);
            // What an earlier datagram caused is told here once, and this one was not sent.
            result =
                    result == -Abi.ECONNREFUSED
                            ? Kernel.send(state, fd, bytes, total, Abi.MSG_DONTWAIT)
                            : result;
            return result < 0 ? 1 : 0;
        }
        boolean cut = kernelCuts && each + HEADERS_BYTES <= mtu;
        int run = Math.min(DATAGRAMS_MAX, cut ? UDP_BYTES_MAX / each : DATAGRAMS_MAX) * each;
        int failed = 0;
        for (int at = 0; at < total; at += run) {
            int length = Math.min(run, total - at);
            long address = bytes.address() + at;
            if (cut && length > each) {
                int result = sendWhole(fd, address, length, each);
                if (result >= 0 || result == -Abi.EAGAIN || result == -Abi.ENOBUFS) {
                    failed += result < 0 ? (length + each - 1) / each : 0;
                    continue;
                }
                kernelCuts = result == -Abi.ECONNREFUSED;
            }
            failed += sendEach(fd, address, length, each);
        }
        return failed;
    }

    private int sendWhole(int fd, long address, int length, int each) {
        wholeVector.set(JAVA_LONG, 0, address);
        wholeVector.set(JAVA_LONG, 8, length);
        control.set(JAVA_SHORT, 16, (short) each);
        return Kernel.call(state, SystemCall.SENDMSG, fd, whole.address(), Abi.MSG_DONTWAIT);
    }

    private int sendEach(int fd, long address, int length, int each) {
        int count = 0;
        for (int at = 0; at < length; at += each) {
            long vector = (long) count * VECTOR_BYTES;
            vectors.set(JAVA_LONG, vector, address + at);
            vectors.set(JAVA_LONG, vector + 8, Math.min(each, length - at));
            count++;
        }
        int sent = 0;
        for (int tries = 0; sent < count && tries < 4; tries++) {
            long from = headers.address() + (long) sent * HEADER_BYTES;
            long result =
                    Kernel.call(
                            state,
                            SystemCall.SENDMMSG,
                            fd,
                            from,
                            count - sent,
                            Abi.MSG_DONTWAIT,
                            0,
                            0);
            if (result > 0) {
                sent += (int) result;
            } else if (result != -Abi.ECONNREFUSED && result != -Abi.EINTR) {
                break;
            }
        }
        return count - sent;
    }
}
