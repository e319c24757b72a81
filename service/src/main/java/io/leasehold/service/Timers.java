package io.leasehold.service;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for their time; those of one moment run in the order they were given. */
final class Timers {
    private final PriorityQueue<Timer> byTime = new PriorityQueue<>();
    private long given;

    private static final class Timer implements Comparable<Timer> {
        private final long number;
        private final Runnable task;
        private long atMillis;

        Timer(long number, Runnable task, long atMillis) {
            this.number = number;
            this.task = task;
            this.atMillis = atMillis;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /** Adds a task; what is returned takes it away again. */
    Runnable add(long atMillis, Runnable task) {
        Timer timer = new Timer(given++, task, atMillis);
        byTime.add(timer);
        return () -> byTime.remove(timer);
    }

    /** Milliseconds until the next one is due; a large value when none waits. */
    long waitMillis(long nowMillis) {
        Timer next = byTime.peek();
        return next == null ? Integer.MAX_VALUE : Math.max(0, next.atMillis - nowMillis);
    }

    /** How many were given so far. */
    long given() {
        return given;
    }

    /**
     * Takes one whose time has come; null when there is none.
     *
     * @param given only of the first so many: one that sets itself again for now waits its turn
     */
    @Nullable Runnable nextDue(long nowMillis, long given) {
        Timer next = byTime.peek();
        if (next == null || next.atMillis > nowMillis || next.number >= given) {
            return null;
        }
        byTime.remove();
        return next.task;
    }

    /** The time was moved: every task still has as long to wait as before. */
    void moveTime(long millis) {
        List<Timer> all = new ArrayList<>(byTime);
        byTime.clear();
        for (Timer one : all) {
            one.atMillis += millis;
        }
        byTime.addAll(all);
    }
}
