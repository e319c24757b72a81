package io.leasehold.link;

import io.leasehold.link.helper.Netlink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Hears that interfaces or addresses change. What changed is not read from the event but asked for
 * anew a moment later: so a hundred events cost one look, and a lost event costs nothing.
 */
final class InterfaceWatch {
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int BUFFER_BYTES = 32 * 1024;

    private final MemorySegment state;
    private final MemorySegment buffer;
    private final int fd;
    private boolean due;
    private long dueNanos;

    InterfaceWatch(Arena arena) throws LinkException {
        state = Kernel.newState(arena);
        buffer = arena.allocate(BUFFER_BYTES, 8);
        fd = LinkKernel.openNetlink(state, Netlink.GROUP_LINK | Netlink.GROUP_IPV4_IFADDR);
        if (fd < 0) {
            throw new LinkException("cannot watch the interfaces: " + Abi.errorText(fd));
        }
    }

    int fd() {
        return fd;
    }

    /** Reads away what was told; also ENOBUFS, by which the kernel says that it could not tell. */
    void heard() {
        int result;
        do {
            result = Kernel.receive(state, fd, buffer, Abi.MSG_DONTWAIT);
        } while (result > 0 || result == -Abi.ENOBUFS || result == -Abi.EINTR);
        lookIn(SETTLE_NANOS);
    }

    /** Looks again some time after something failed. */
    void retryLater() {
        lookIn(RETRY_NANOS);
    }

    private void lookIn(long nanos) {
        long at = System.nanoTime() + nanos;
        if (!due || at - dueNanos < 0) {
            due = true;
            dueNanos = at;
        }
    }

    /** How long may be waited, when one would like to wait this long. */
    int waitMillis(int wantedMillis) {
        if (!due) {
            return wantedMillis;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime()) + 1;
        return (int) Math.max(0, wantedMillis < 0 ? left : Math.min(left, wantedMillis));
    }

    /** True once for each time that a look is due. */
    boolean takeDue() {
        if (!due || dueNanos - System.nanoTime() > 0) {
            return false;
        }
        due = false;
        return true;
    }

    void close() {
        Kernel.close(state, fd);
    }
}
