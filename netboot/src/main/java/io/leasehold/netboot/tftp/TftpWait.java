package io.leasehold.netboot.tftp;

/**
 * How long to wait for an ACK before sending again: what the client asked for, or else what its
 * answers took so far, and longer each time that none comes (RFC 1123 §4.2.3.2).
 */
final class TftpWait {
    static final int FIRST_MILLIS = 1000;
    static final int MILLIS_MIN = 50;
    static final int MILLIS_MAX = 4000;

    private final int fixedMillis;
    private double smoothed = -1;
    private double variation;

    /**
     * @param seconds what the client asked for (RFC 2349); 0 where it asked for nothing
     */
    TftpWait(int seconds) {
        fixedMillis = seconds * 1000;
    }

    /** An answer took so long (Jacobson's estimate, as TCP's in RFC 6298). */
    void measured(long millis) {
        if (smoothed < 0) {
            smoothed = millis;
            variation = millis / 2.0;
        } else {
            variation += (Math.abs(millis - smoothed) - variation) / 4;
            smoothed += (millis - smoothed) / 8;
        }
    }

    /**
     * @param repeatsInARow how many waits have passed in vain
     */
    long millis(int repeatsInARow) {
        if (fixedMillis > 0) {
            return fixedMillis;
        }
        double once = smoothed < 0 ? FIRST_MILLIS : Math.max(smoothed + 4 * variation, MILLIS_MIN);
        return (long) Math.min(once * (1L << Math.min(repeatsInARow, 20)), MILLIS_MAX);
    }
}
