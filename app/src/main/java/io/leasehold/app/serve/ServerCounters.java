package io.leasehold.app.serve;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name; a name that was never counted does not appear. */
final class ServerCounters {
    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(String name) {
        add(name, 1);
    }

    void add(String name, long howMany) {
        counter(name).add(howMany);
    }

    /** The counter of a name, for those who count often. */
    LongAdder counter(String name) {
        return counts.computeIfAbsent(name, any -> new LongAdder());
    }

    /** All counts, by name. */
    Map<String, Long> snapshot() {
        Map<String, Long> result = new TreeMap<>();
        counts.forEach(
                (name, count) -> {
                    if (count.sum() != 0) {
                        result.put(name, count.sum());
                    }
                });
        return result;
    }
}
