package io.leasehold.app.run;

import java.util.function.LongSupplier;

/** Lets a number of events pass each second, and counts the others. Safe for several threads. */
public final class RateLimit {
    private static final int STRANGERS_LINE_SECONDS = 10;
    private static final int STRANGERS_BURST_MAX = 20;

    private final LongSupplier millis;
    private final int perSecondMax;
    private final int burstMax;
    private long lastMillis;
    private double left;
    private long held;

    /**
     * @param millis a clock that does not go back
     * @param perSecondMax how many pass each second in the long run
     * @param burstMax how many pass at once after a pause
     */
    public RateLimit(LongSupplier millis, int perSecondMax, int burstMax) {
        this.millis = millis;
        this.perSecondMax = perSecondMax;
        this.burstMax = burstMax;
        this.left = burstMax;
        this.lastMillis = millis.getAsLong();
    }

    /** One a minute. */
    public static RateLimit oncePerMinute(LongSupplier millis) {
        return every(millis, 60);
    }

    /** One each time so many seconds have passed. */
    public static RateLimit every(LongSupplier millis, int seconds) {
        return new RateLimit(() -> millis.getAsLong() / seconds, 1, 1);
    }

    /** True when an event may pass; it is counted as held back otherwise. */
    public synchronized boolean pass() {
        long now = millis.getAsLong();
        left = Math.min(burstMax, left + (now - lastMillis) / 1000.0 * perSecondMax);
        lastMillis = now;
        if (left < 1) {
            held++;
            return false;
        }
        left--;
        return true;
    }

    /** How many were held back since this was last asked. */
    public synchronized long takeHeld() {
        long result = held;
        held = 0;
        return result;
    }

    /** As {@link #takeHeld}, for the end of the line that passes; empty when there were none. */
    public String takeHeldText() {
        long count = takeHeld();
        return count == 0 ? "" : " (and " + count + " more not shown)";
    }

    /** Lines that strangers can cause: some at once, then one each ten seconds. */
    public static RateLimit strangers(LongSupplier millis) {
        return new RateLimit(
                () -> millis.getAsLong() / STRANGERS_LINE_SECONDS, 1, STRANGERS_BURST_MAX);
    }
}
