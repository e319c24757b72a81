package io.leasehold.app.serve;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many leases there are, on record and in each state. */
final class LeaseCounts {
    private static final String BOUND = "bound";

    private LeaseCounts() {}

    /** As the table counts them: those that are over are bound until their address is needed. */
    static Map<String, Integer> of(LeaseTable table) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("on record", table.size());
        counts.put(BOUND, table.count(Lease.State.BOUND));
        counts.put("released", table.count(Lease.State.RELEASED));
        counts.put("declined", table.count(Lease.State.DECLINED));
        counts.put("in conflict", table.count(Lease.State.CONFLICT));
        return counts;
    }

    /** A line of them, those that are over told apart: all leases are looked at for it. */
    static String line(Map<String, Integer> counts, Collection<Lease> all, long nowSeconds) {
        long expired =
                all.stream()
                        .filter(lease -> lease.state() == Lease.State.BOUND)
                        .filter(lease -> !lease.holds(nowSeconds))
                        .count();
        List<String> parts = new ArrayList<>();
        counts.forEach(
                (state, count) -> {
                    boolean bound = state.equals(BOUND);
                    parts.add((bound ? count - expired : count) + " " + state);
                    if (bound) {
                        parts.add(expired + " expired");
                    }
                });
        return "leases " + String.join(", ", parts);
    }
}
