package io.leasehold.server;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Numbers the addresses of several pools from 0, in the order of the addresses. */
final class PoolRanges {
    /** How many addresses the pools of one subnet can have. */
    static final long ADDRESSES_MAX = 1L << 28;

    private final long[] first;
    private final long[] last;

    /** The number of each pool's first address. */
    private final long[] start;

    private final long size;

    /**
     * @param pools in any order; where they overlap, an address counts once
     * @throws IllegalArgumentException when there are more than {@link #ADDRESSES_MAX} addresses
     */
    PoolRanges(List<Pool> pools) {
        List<Pool> apart = apart(pools);
        first = new long[apart.size()];
        last = new long[apart.size()];
        start = new long[apart.size()];
        long count = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = Integer.toUnsignedLong(apart.get(i).first().bits());
            last[i] = Integer.toUnsignedLong(apart.get(i).last().bits());
            start[i] = count;
            count += apart.get(i).size();
        }
        if (count > ADDRESSES_MAX) {
            throw new IllegalArgumentException(
                    "the pools "
                            + pools
                            + " have "
                            + count
                            + " addresses; at most "
                            + ADDRESSES_MAX
                            + " are possible");
        }
        size = count;
    }

    private static List<Pool> apart(List<Pool> pools) {
        List<Pool> apart = new ArrayList<>();
        List<Pool> sorted = new ArrayList<>(pools);
        sorted.sort(Comparator.comparing(Pool::first));
        for (Pool pool : sorted) {
            Pool before = apart.isEmpty() ? null : apart.getLast();
            if (before == null || before.last().compareTo(pool.first()) < 0) {
                apart.add(pool);
            } else if (before.last().compareTo(pool.last()) < 0) {
                apart.set(apart.size() - 1, new Pool(before.first(), pool.last()));
            }
        }
        return apart;
    }

    long size() {
        return size;
    }

    /** The number of an address, -1 for one that is in no pool. */
    int indexOf(Ip4Address address) {
        long bits = Integer.toUnsignedLong(address.bits());
        for (int i = 0; i < first.length; i++) {
            if (first[i] <= bits && bits <= last[i]) {
                return (int) (start[i] + bits - first[i]);
            }
        }
        return -1;
    }

    Ip4Address addressOf(int index) {
        int i = start.length - 1;
        while (start[i] > index) {
            i--;
        }
        return Ip4Address.of((int) (first[i] + index - start[i]));
    }
}
