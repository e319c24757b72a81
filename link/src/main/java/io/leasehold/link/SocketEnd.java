package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What {@link PacketSocket} and {@link UdpSocket} have in common: one socket, batches in and out.
 */
final class SocketEnd {
    static final int BUFFER_BYTES = 64 * 1024 * 1024;

    private static final int SEND_WAIT_MILLIS_MAX = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LOOK_NANOS_MAX = 20_000;
    private static final int LOOKS_MAX = 5;

    final Arena arena = Arena.ofShared();
    final MemorySegment state = Kernel.newState(arena);
    final int fd;
    final SendBatch outgoing;
    private final ReceiveBatch incoming;
    private final byte[] buffer = new byte[ReceiveBatch.MESSAGE_BYTES_MAX];
    private final MemorySegment poll = arena.allocate(8, 8);
    private final MemorySegment time = arena.allocate(JAVA_LONG, 2);
    private final AtomicLong sendFailures = new AtomicLong();
    private volatile int lastErrno;

    /** What has to be added to a time of day in nanoseconds to have {@link System#nanoTime}. */
    private long nanosAhead;

    private boolean tellsArrivals;
    private int slotAtHand;

    SocketEnd(int domain, int type, String what) throws LinkException {
        int opened = Kernel.socket(state, domain, type, 0);
        if (opened < 0) {
            arena.close();
            throw new LinkException("cannot open " + what + ": " + Abi.errorText(opened));
        }
        fd = opened;
        incoming = new ReceiveBatch(arena);
        outgoing = new SendBatch(arena);
        Kernel.setBuffers(state, fd, BUFFER_BYTES, BUFFER_BYTES);
        Kernel.setTimeout(state, fd, Abi.SO_SNDTIMEO, SEND_WAIT_MILLIS_MAX);
    }

    /** Has the kernel note when what comes arrived. */
    void tellArrivals() {
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_TIMESTAMPNS, 1);
        tellsArrivals = true;
    }

    /** When what is being handed over arrived, by {@link System#nanoTime}. */
    long arrivedNanos() {
        long nanos = incoming.arrivedEpochNanos(slotAtHand);
        return nanos < 0 ? System.nanoTime() : nanos + nanosAhead;
    }

    int receive(int waitMillis, FrameReceiver receiver) throws LinkException {
        return receive(waitMillis * NANOS_PER_MILLI, receiver);
    }

    int receive(long waitNanos, FrameReceiver receiver) throws LinkException {
        int count = take(waitNanos);
        for (int slot = 0; slot < count; slot++) {
            int length = incoming.length(slot);
            incoming.copyTo(slot, length, buffer);
            slotAtHand = slot;
            receiver.frame(buffer, 0, length);
        }
        return count;
    }

    /** As {@link #receive}, of a UDP socket, which tells where each datagram came from. */
    int receiveDatagrams(long waitNanos, DatagramReceiver receiver) throws LinkException {
        int count = take(waitNanos);
        for (int slot = 0; slot < count; slot++) {
            int length = incoming.length(slot);
            incoming.copyTo(slot, length, buffer);
            Ip4Address source = incoming.source(slot);
            receiver.datagram(buffer, 0, length, source, incoming.sourcePort(slot));
        }
        return count;
    }

    private int take(long waitNanos) throws LinkException {
        int count = incoming.receive(fd);
        if (count == 0 && waitNanos != 0 && await(waitNanos)) {
            count = incoming.receive(fd);
        }
        if (count < 0) {
            throw new LinkException("cannot receive: " + Abi.errorText(count));
        }
        if (tellsArrivals && count > 0) {
            nanosAhead = nanosAhead();
        }
        return count;
    }

    /** The two clocks are looked at together; again where something came between. */
    private static long nanosAhead() {
        long before;
        long after;
        Instant now;
        int looks = 0;
        do {
            before = System.nanoTime();
            now = Instant.now();
            after = System.nanoTime();
        } while (after - before > LOOK_NANOS_MAX && ++looks < LOOKS_MAX);
        return before
                + (after - before) / 2
                - now.getEpochSecond() * NANOS_PER_SECOND
                - now.getNano();
    }

    private boolean await(long waitNanos) {
        poll.set(JAVA_INT, 0, fd);
        poll.set(JAVA_SHORT, 4, (short) Abi.POLLIN);
        time.set(JAVA_LONG, 0, waitNanos / NANOS_PER_SECOND);
        time.set(JAVA_LONG, 8, waitNanos % NANOS_PER_SECOND);
        long timeout = waitNanos < 0 ? 0 : time.address();
        return Kernel.call(state, SystemCall.PPOLL, poll.address(), 1, timeout, 0, 0, 0) > 0;
    }

    int flush(int flags) {
        return outgoing.send(
                fd,
                flags,
                (slot, errno) -> {
                    lastErrno = errno;
                    sendFailures.incrementAndGet();
                });
    }

    long sendFailures() {
        return sendFailures.get();
    }

    String lastSendFailure() {
        return lastErrno == 0 ? "" : Abi.errorText(lastErrno);
    }

    void close() {
        Kernel.close(state, fd);
        arena.close();
    }
}
