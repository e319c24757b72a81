package io.leasehold.relay;

/**
 * Lets so many requests pass: each moves a time by its share of a second, and what is too far ahead
 * of the clock waits for nobody (a leaky bucket). The time is kept by the caller, one for each of
 * those who are limited.
 */
final class Pacer {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long shareNanos;
    private final long aheadNanosMax;

    Pacer(RateLimit limit) {
        shareNanos = limit.isOff() ? 0 : NANOS_PER_SECOND / limit.requestsPerSecond();
        aheadNanosMax = shareNanos * (limit.burstRequests() - 1);
    }

    /** True when nothing is limited. */
    boolean isOff() {
        return shareNanos == 0;
    }

    boolean passes(long timeNanos, long nowMillis) {
        return timeNanos - nowMillis * NANOS_PER_MILLI <= aheadNanosMax;
    }

    /** The time after one more request. */
    long after(long timeNanos, long nowMillis) {
        return Math.max(timeNanos, nowMillis * NANOS_PER_MILLI) + shareNanos;
    }
}
