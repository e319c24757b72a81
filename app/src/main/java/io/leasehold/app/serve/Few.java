package io.leasehold.app.serve;

import java.util.List;

/** Names the first of many, for one line that is read. */
final class Few {
    private static final int NAMED_MAX = 3;

    private Few() {}

    /** {@code eth1, eth2, eth3 and 12 more}; a single one more is named too. */
    static String of(List<String> all, String between) {
        if (all.size() <= NAMED_MAX + 1) {
            return String.join(between, all);
        }
        String first = String.join(between, all.subList(0, NAMED_MAX));
        return first + " and " + (all.size() - NAMED_MAX) + " more";
    }
}
