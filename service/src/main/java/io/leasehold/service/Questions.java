package io.leasehold.service;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Pings that wait for an answer. The role bounds how many there are. */
final class Questions {
    private final PriorityQueue<Question> byDeadline = new PriorityQueue<>();
    private final Map<Ip4Address, List<Question>> byAddress = new HashMap<>();

    private record Question(Ip4Address address, Object token, long deadlineMillis)
            implements Comparable<Question> {
        @Override
        public int compareTo(Question other) {
            return Long.compare(deadlineMillis, other.deadlineMillis);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    void ask(Ip4Address address, Object token, long deadlineMillis) {
        Question question = new Question(address, token, deadlineMillis);
        byDeadline.add(question);
        byAddress.computeIfAbsent(address, any -> new ArrayList<>(1)).add(question);
    }

    /** The time was moved: every question still has as long to wait as before. */
    void moveTime(long millis) {
        List<Question> all = List.copyOf(byDeadline);
        byDeadline.clear();
        byAddress.clear();
        for (Question one : all) {
            ask(one.address(), one.token(), one.deadlineMillis() + millis);
        }
    }

    /** Milliseconds until the next one is over; a large value when none waits. */
    long waitMillis(long nowMillis) {
        Question next = byDeadline.peek();
        return next == null ? Integer.MAX_VALUE : Math.max(0, next.deadlineMillis() - nowMillis);
    }

    /** The token of one that was met with silence for its whole time; null when there is none. */
    @Nullable Object nextSilent(long nowMillis) {
        Question next = byDeadline.peek();
        if (next == null || next.deadlineMillis() > nowMillis) {
            return null;
        }
        byDeadline.poll();
        List<Question> same = byAddress.get(next.address());
        if (same != null) {
            same.remove(next);
            if (same.isEmpty()) {
                byAddress.remove(next.address());
            }
        }
        return next.token();
    }

    /** The tokens of all who asked about an address that answered. */
    List<Object> answered(Ip4Address address) {
        List<Question> same = byAddress.remove(address);
        if (same == null) {
            return List.of();
        }
        List<Object> tokens = new ArrayList<>(same.size());
        for (Question question : same) {
            byDeadline.remove(question);
            tokens.add(question.token());
        }
        return tokens;
    }
}
