package io.leasehold.app.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations below given bounds, as Prometheus has histograms. Safe for several threads. */
public final class LatencyBuckets {
    private static final long[] BOUNDS_NANOS = {
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_NANOS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    LatencyBuckets() {}

    /**
     * A bound, and how many durations did not exceed it.
     *
     * @param upToSeconds the bound; infinite for the last
     */
    public record Bucket(double upToSeconds, long count) {}

    void record(long nanos) {
        int at = 0;
        while (at < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[at]) {
            at++;
        }
        counts.incrementAndGet(at);
        sumNanos.add(nanos);
    }

    /** The counts up to each bound, the last of which counts all. */
    public List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
            boolean last = i == BOUNDS_NANOS.length;
            buckets.add(new Bucket(last ? Double.POSITIVE_INFINITY : BOUNDS_NANOS[i] / 1e9, sum));
        }
        return buckets;
    }

    /** All durations together, in seconds. */
    public double sumSeconds() {
        return sumNanos.sum() / 1e9;
    }
}
