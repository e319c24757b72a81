package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.leasehold.link.helper.HelperKernel;
import io.leasehold.link.helper.Netlink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What netlink takes of the kernel, on a JVM. */
final class LinkKernel implements HelperKernel {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int ANSWER_MILLIS_MAX = 2000;

    private final MemorySegment state;
    private final MemorySegment buffer;

    LinkKernel(Arena arena) {
        state = Kernel.newState(arena);
        buffer = arena.allocate(BUFFER_BYTES, 8);
    }

    static int openNetlink(MemorySegment state, int groups) {
        int fd = Kernel.socket(state, Abi.AF_NETLINK, Abi.SOCK_RAW, 0);
        if (fd < 0) {
            return fd;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(Netlink.SOCKADDR_BYTES, 4);
            address.set(JAVA_SHORT_UNALIGNED, 0, (short) Abi.AF_NETLINK);
            address.set(JAVA_INT, 8, groups);
            int result = Kernel.bind(state, fd, address);
            if (result < 0) {
                Kernel.close(state, fd);
                return result;
            }
        }
        Kernel.setTimeout(state, fd, Abi.SO_RCVTIMEO, ANSWER_MILLIS_MAX);
        return fd;
    }

    @Override
    public int openNetlink(int groups) {
        return openNetlink(state, groups);
    }

    @Override
    public int send(int socket, byte[] from, int length) {
        MemorySegment.copy(from, 0, buffer, JAVA_BYTE, 0, length);
        return Kernel.send(state, socket, buffer, length, Abi.MSG_DONTWAIT);
    }

    @Override
    public int receive(int socket, byte[] into, boolean waits) {
        MemorySegment part = buffer.asSlice(0, Math.min(into.length, BUFFER_BYTES));
        int length = Kernel.receive(state, socket, part, waits ? 0 : Abi.MSG_DONTWAIT);
        return copied(length, into);
    }

    private int copied(int length, byte[] into) {
        if (length > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, length);
        }
        return length;
    }

    @Override
    public void close(int socket) {
        Kernel.close(state, socket);
    }

    @Override
    public int readRequests(byte[] into) {
        int length;
        do {
            length = Kernel.read(state, INPUT, buffer.asSlice(0, into.length));
        } while (length == -Abi.EINTR);
        return copied(length, into);
    }

    @Override
    public int writeAnswers(byte[] from, int length) {
        MemorySegment.copy(from, 0, buffer, JAVA_BYTE, 0, length);
        return Kernel.write(state, OUTPUT, buffer, length);
    }
}
