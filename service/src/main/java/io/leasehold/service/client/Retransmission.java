package io.leasehold.service.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before asking again (RFC 2131 §4.1): twice as long each time, up to a bound, and
 * each time a little more or less, so that many clients do not ask at once.
 *
 * @param firstMillis the first wait, 1 or more
 * @param maxMillis the longest wait, at least the first
 * @param spreadMillis by how much a wait is longer or shorter at the most, less than the first
 */
public record Retransmission(long firstMillis, long maxMillis, long spreadMillis) {
    /** 4, 8, 16, 32 and then 64 seconds, each with up to a second more or less. */
    public static final Retransmission RFC_2131 = new Retransmission(4_000, 64_000, 1_000);

    private static final int DOUBLINGS_MAX = 30;

    public Retransmission {
        if (firstMillis < 1 || maxMillis < firstMillis) {
            throw new IllegalArgumentException(
                    "waits of "
                            + firstMillis
                            + " to "
                            + maxMillis
                            + " ms, expected 1 or more and growing");
        }
        if (spreadMillis < 0 || spreadMillis >= firstMillis) {
            throw new IllegalArgumentException(
                    "a spread of "
                            + spreadMillis
                            + " ms, expected 0 to less than the first wait of "
                            + firstMillis);
        }
    }

    /**
     * The wait before the next try, in milliseconds.
     *
     * @param tries how many waits there were before, 0 or more
     */
    public long delayMillis(int tries, RandomGenerator random) {
        long doubled = firstMillis << Math.min(tries, DOUBLINGS_MAX);
        // A first wait of days would overflow on the way to its bound.
        long wait = doubled <= 0 ? maxMillis : Math.min(doubled, maxMillis);
        return wait + random.nextLong(-spreadMillis, spreadMillis + 1);
    }
}
