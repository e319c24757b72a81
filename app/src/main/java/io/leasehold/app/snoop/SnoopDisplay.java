package io.leasehold.app.snoop;

import io.leasehold.protocol.capture.CaptureInterface;
import io.leasehold.protocol.capture.Decoded;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.FrameDecoder;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Finds out what frames say, and prints it, on a thread of its own behind a bounded queue. */
final class SnoopDisplay implements Runnable {
    private static final int WAITING_MAX = 16_384;
    private static final int TEXT_CHARACTERS = 8192;
    private static final int WAIT_MILLIS = 50;

    private final SnoopSession session;
    private final PrintWriter out;
    private final boolean waits;
    private final AtomicBoolean stopped;
    private final BlockingQueue<Seen> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Map<Integer, FrameDecoder> decoders = new HashMap<>();
    private final AtomicLong notShown = new AtomicLong();
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    private record Seen(
            CaptureInterface source,
            long nanos,
            Direction direction,
            boolean unfinished,
            Octets bytes) {}

    /**
     * @param waits true when what cannot be shown yet is waited for, so that the kernel counts what
     *     is lost; false when saving must not wait for it
     */
    SnoopDisplay(SnoopSession session, PrintWriter out, boolean waits, AtomicBoolean stopped) {
        this.session = session;
        this.out = out;
        this.waits = waits;
        this.stopped = stopped;
    }

    /** Takes a frame, copied. */
    void offer(
            CaptureInterface source,
            long nanos,
            Direction direction,
            boolean unfinished,
            byte[] bytes,
            int offset,
            int length) {
        if (!waits && waiting.remainingCapacity() == 0) {
            notShown.incrementAndGet();
            return;
        }
        Octets copy = Octets.of(Arrays.copyOfRange(bytes, offset, offset + length));
        Seen seen = new Seen(source, nanos, direction, unfinished, copy);
        try {
            boolean taken = waiting.offer(seen);
            while (!taken && waits && !stopped.get()) {
                taken = waiting.offer(seen, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (!taken) {
                notShown.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.set(true);
        }
    }

    @Override
    public void run() {
        try {
            show();
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        } finally {
            stopped.set(true);
        }
    }

    private void show() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        while (!session.done()) {
            Seen seen = waiting.poll();
            if (seen == null || text.length() > TEXT_CHARACTERS) {
                out.print(text);
                out.flush();
                text.setLength(0);
                if (out.checkError()) {
                    // Whoever read it has gone: head(1), for one.
                    return;
                }
            }
            if (seen == null) {
                if (ended) {
                    return;
                }
                seen = waiting.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (seen != null) {
                take(seen, text);
            }
        }
        out.print(text);
        out.flush();
    }

    private void take(Seen seen, StringBuilder text) throws IOException {
        byte[] bytes = seen.bytes.toBytes();
        Decoded decoded =
                decoders.computeIfAbsent(seen.source.number(), any -> new FrameDecoder())
                        .decode(
                                seen.source.linkType(),
                                seen.direction,
                                seen.nanos,
                                bytes,
                                0,
                                bytes.length);
        session.take(seen.source.name(), seen.nanos, seen.unfinished, decoded, text);
    }

    /** Shows what is waiting still, and ends. */
    void end(Thread printer) throws IOException {
        ended = true;
        try {
            printer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof IOException broken) {
            throw broken;
        }
        if (failure instanceof RuntimeException fault) {
            throw fault;
        }
    }

    long notShown() {
        return notShown.get();
    }

    String summary() {
        return session.summary();
    }
}
