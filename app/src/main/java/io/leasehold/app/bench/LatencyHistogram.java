package io.leasehold.app.bench;

import java.util.Arrays;

/**
 * Counts durations in buckets whose width grows with the duration, so that every figure read from
 * it is within 1% and recording one costs an addition. Nothing is ever allocated after the start.
 */
final class LatencyHistogram {
    /**
     * Each power of two is divided into 2^7 buckets: no bucket is wider than 1/128 of its value.
     */
    private static final int SUB_BUCKET_BITS = 7;

    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

    private final long[] counts = new long[(64 - SUB_BUCKET_BITS) * SUB_BUCKETS];
    private long total;
    private long maxNanos;

    void record(long nanos) {
        long value = Math.max(nanos, 0);
        counts[bucket(value)]++;
        total++;
        maxNanos = Math.max(maxNanos, value);
    }

    long count() {
        return total;
    }

    long maxNanos() {
        return maxNanos;
    }

    /**
     * The duration that a share of all recorded did not exceed, in nanoseconds; 0 when none was
     * recorded.
     *
     * @param share 0 to 1: 0.99 for p99
     */
    long quantileNanos(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(upperEdge(i), maxNanos);
            }
        }
        return maxNanos;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
        maxNanos = 0;
    }

    private static int bucket(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - SUB_BUCKET_BITS;
        return (shift + 1) * SUB_BUCKETS + (int) (value >>> shift) - SUB_BUCKETS;
    }

    private static long upperEdge(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long base = (long) (bucket % SUB_BUCKETS + SUB_BUCKETS) << shift;
        return base + (1L << shift) - 1;
    }
}
