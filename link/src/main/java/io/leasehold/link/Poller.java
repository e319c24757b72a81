package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Waits for many descriptors at once (epoll), and can be woken from any thread (eventfd). */
final class Poller {
    private static final int EVENTS_MAX = 64;

    private final MemorySegment state;
    private final MemorySegment wakeState;
    private final MemorySegment events;
    private final MemorySegment one;
    private final MemorySegment counter;
    private final int epoll;
    private final int wake;
    private boolean closed;

    Poller(Arena arena) throws LinkException {
        state = Kernel.newState(arena);
        wakeState = Kernel.newState(arena);
        events = arena.allocate((long) EVENTS_MAX * SystemCall.EPOLL_EVENT_BYTES, 8);
        one = arena.allocate(JAVA_LONG);
        one.set(JAVA_LONG, 0, 1);
        counter = arena.allocate(JAVA_LONG);
        epoll = Kernel.call(state, SystemCall.EPOLL_CREATE1, Abi.EPOLL_CLOEXEC, 0, 0);
        wake = Kernel.call(state, SystemCall.EVENTFD2, 0, Abi.EFD_NONBLOCK | Abi.EFD_CLOEXEC, 0);
        if (epoll < 0 || wake < 0) {
            int errno = Math.min(epoll, wake);
            close();
            throw new LinkException("cannot make epoll and eventfd: " + Abi.errorText(errno));
        }
        add(wake);
    }

    /** Watches a descriptor until it is closed. */
    void add(int fd) throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(SystemCall.EPOLL_EVENT_BYTES, 8);
            event.set(JAVA_INT_UNALIGNED, 0, Abi.EPOLLIN);
            event.set(JAVA_INT_UNALIGNED, SystemCall.EPOLL_DATA_OFFSET, fd);
            int result =
                    (int)
                            Kernel.call(
                                    Kernel.newState(arena),
                                    SystemCall.EPOLL_CTL,
                                    epoll,
                                    Abi.EPOLL_CTL_ADD,
                                    fd,
                                    event.address(),
                                    0,
                                    0);
            if (result < 0) {
                throw new LinkException("cannot watch a socket: " + Abi.errorText(result));
            }
        }
    }

    /**
     * Waits until a descriptor is ready; {@link #ready} tells which. A wake-up ends it with what is
     * ready besides.
     *
     * @param waitMillis 0 does not wait
     * @return how many are ready, 64 at most
     */
    int await(int waitMillis) throws LinkException {
        int count =
                (int)
                        Kernel.call(
                                state,
                                SystemCall.EPOLL_PWAIT,
                                epoll,
                                events.address(),
                                EVENTS_MAX,
                                waitMillis,
                                0,
                                0);
        if (count < 0 && count != -Abi.EINTR) {
            throw new LinkException("cannot wait for messages: " + Abi.errorText(count));
        }
        return Math.max(count, 0);
    }

    /** The descriptor at a position; -1 for a wake-up, which is hereby done with. */
    int ready(int position) {
        long at = (long) position * SystemCall.EPOLL_EVENT_BYTES + SystemCall.EPOLL_DATA_OFFSET;
        int fd = events.get(JAVA_INT_UNALIGNED, at);
        if (fd != wake) {
            return fd;
        }
        Kernel.call(state, SystemCall.READ, wake, counter.address(), 8);
        return -1;
    }

    /** From any thread. */
    synchronized void wakeUp() {
        if (!closed) {
            Kernel.call(wakeState, SystemCall.WRITE, wake, one.address(), 8);
        }
    }

    synchronized void close() {
        closed = true;
        if (epoll >= 0) {
            Kernel.close(state, epoll);
        }
        if (wake >= 0) {
            Kernel.close(state, wake);
        }
    }
}
