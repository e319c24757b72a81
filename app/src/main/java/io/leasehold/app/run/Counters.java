package io.leasehold.app.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name; a name that was never counted does not appear. */
public final class Counters {
    private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

    public void add(String name) {
        add(name, 1);
    }

    public void add(String name, long howMany) {
        counter(name).add(howMany);
    }

    /** The counter of a name, for those who count often. */
    public LongAdder counter(String name) {
        return counts.computeIfAbsent(name, any -> new LongAdder());
    }

    /** All counts, by name. */
    public Map<String, Long> snapshot() {
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
