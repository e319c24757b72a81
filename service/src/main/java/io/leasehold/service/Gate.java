package io.leasehold.service;

/**
 * Which share of the DISCOVERs is let in, of clients that have just begun. Where many more come
 * than are answered, to receive one only to drop it takes the time that the answers need; the
 * kernel drops it for less. A little more is let in than was answered, so that nobody idles.
 */
final class Gate {
    static final double OPEN = 1;
    static final double SHARE_MIN = 1.0 / 64;
    static final int PERIOD_MILLIS = 100;

    /** Fewer in a period are no flood, and need no gate. */
    static final int FEW = 100;

    /**
     * So many periods must be too much, one after the other: what a pause heaped up is no flood.
     */
    static final int PATIENCE = 3;

    /** Of what comes in, so much may be refused before less is let in. */
    private static final double REFUSED_MAX = 1.0 / 8;

    private static final double MORE_THAN_ANSWERED = 17.0 / 16;
    private static final double STEP_UP = 1.5;

    private double share = OPEN;
    private int came;
    private int refused;
    private int tooMuch;
    private long periodEndMillis;

    /** A DISCOVER of a client that has just begun was received. */
    void came(boolean wasRefused) {
        came++;
        refused += wasRefused ? 1 : 0;
    }

    double share() {
        return share;
    }

    /**
     * Looks at the period that has ended, if one has.
     *
     * @return true when the share is another one now
     */
    boolean adjust(long nowMillis) {
        if (nowMillis < periodEndMillis) {
            return false;
        }
        double before = share;
        boolean few = came < FEW;
        tooMuch = !few && refused > came * REFUSED_MAX ? tooMuch + 1 : 0;
        if (few) {
            share = OPEN;
        } else if (tooMuch >= PATIENCE) {
            double answered = (double) (came - refused) / came;
            share = Math.max(SHARE_MIN, share * answered * MORE_THAN_ANSWERED);
        } else if (refused == 0) {
            share = Math.min(OPEN, share * STEP_UP);
        }
        came = 0;
        refused = 0;
        periodEndMillis = nowMillis + PERIOD_MILLIS;
        return share != before;
    }

    /** The time was moved. */
    void moveTime(long millis) {
        periodEndMillis += millis;
    }
}
