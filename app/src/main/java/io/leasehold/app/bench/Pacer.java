package io.leasehold.app.bench;

/**
 * Says when exchanges are due at a given rate, evenly spread. A generator that was held up does not
 * make up for more than a short while: what it missed beyond that is counted, not thrown at the
 * server in one burst.
 */
final class Pacer {
    private static final long DEBT_NANOS_MAX = 2_000_000;

    private final double nanosEach;
    private double nextNanos;
    private long missed;

    Pacer(double ratePerSecond, long startNanos) {
        nanosEach = 1e9 / ratePerSecond;
        nextNanos = startNanos;
    }

    /** True when one more exchange is due; its time is then {@link #dueNanos}. */
    boolean due(long nowNanos) {
        double debt = nowNanos - nextNanos;
        if (debt > DEBT_NANOS_MAX) {
            long skipped = (long) ((debt - DEBT_NANOS_MAX) / nanosEach);
            missed += skipped;
            nextNanos += skipped * nanosEach;
        }
        return nextNanos <= nowNanos;
    }

    /** When the next exchange is or was due. */
    long dueNanos() {
        return (long) nextNanos;
    }

    void started() {
        nextNanos += nanosEach;
    }

    /** How many exchanges were due and never started, because the generator was held up. */
    long missed() {
        return missed;
    }

    void clearMissed() {
        missed = 0;
    }
}
