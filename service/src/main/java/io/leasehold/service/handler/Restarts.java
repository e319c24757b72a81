package io.leasehold.service.handler;

import java.time.Duration;
import java.util.ArrayDeque;

/** Counts restarts within a time that moves along. */
final class Restarts {
    private final int max;
    private final long withinMillis;
    private final ArrayDeque<Long> at = new ArrayDeque<>();

    Restarts(int max, Duration within) {
        this.max = max;
        this.withinMillis = within.toMillis();
    }

    /** Takes one more, unless there were too many lately. */
    boolean allow(long nowMillis) {
        while (!at.isEmpty() && at.peek() <= nowMillis - withinMillis) {
            at.remove();
        }
        if (at.size() >= max) {
            return false;
        }
        at.add(nowMillis);
        return true;
    }

    /** How many there were lately, with the one that was taken last. */
    int recent() {
        return at.size();
    }
}
