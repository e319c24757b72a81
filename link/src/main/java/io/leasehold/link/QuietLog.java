package io.leasehold.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Warns at most once in ten seconds, and says how often it kept silent in between. */
final class QuietLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final System.Logger logger;
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
    private final AtomicLong kept = new AtomicLong();

    QuietLog(System.Logger logger) {
        this.logger = logger;
    }

    void warn(String text) {
        long now = System.nanoTime();
        long last = lastNanos.get();
        if (now - last < INTERVAL_NANOS || !lastNanos.compareAndSet(last, now)) {
            kept.incrementAndGet();
            return;
        }
        long more = kept.getAndSet(0);
        logger.log(
                System.Logger.Level.WARNING,
                more == 0 ? text : text + " (and " + more + " such before)");
    }
}
