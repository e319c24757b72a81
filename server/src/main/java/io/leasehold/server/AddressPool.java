package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Pool;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one subnet's pools, and the choice of one for a client that has no claim to any.
 * One thread owns it.
 *
 * <p>The choice is, first that fits: the address at the place of the {@linkplain IdentityHash hash}
 * of the client's identity; a few more places from the same hash; an address that was never used;
 * the free address longest unused.
 *
 * <p>What the pool is told by {@link #recorded} keeps each choice cheap, however large the pool and
 * however few its free addresses: what a record holds is not even asked about, and what was refused
 * is not asked about again before {@value #REFUSAL_HOLD_SECONDS} s have passed, but by the client's
 * own places. A refused address is then the last of those that are free.
 */
public final class AddressPool {
    /** How many addresses the pools of one subnet may have. */
    public static final long ADDRESSES_MAX = PoolRanges.ADDRESSES_MAX;

    /** How many places of a client's own are tried after its first. */
    public static final int PROBES_MAX = 4;

    /** How many refusals one choice takes before it gives up until the next. */
    public static final int REFUSALS_MAX = 1024;

    private static final int REFUSAL_HOLD_SECONDS = 1;

    /** How many records one choice looks at in any case, to see which have ended. */
    private static final int LOOKS_MAX = 256;

    /** How many records one choice looks at while it finds no free address. */
    private static final int LOOKS_IN_NEED_MAX = 16_384;

    private final PoolRanges ranges;
    private final UseHistory history;
    private final int knownSharePercent;
    private int excluded;

    /** What the history counts its seconds from: an int reaches from 1970 to 2106. */
    private long epochSeconds = 1L << 31;

    /**
     * @param pools in any order
     * @throws IllegalArgumentException when they have more than 268,435,456 addresses
     */
    public AddressPool(List<Pool> pools) {
        this(pools, 0);
    }

    /**
     * @param pools in any order
     * @param knownSharePercent how much of the addresses is kept for known clients, 0 to 100
     * @throws IllegalArgumentException when the pools have more than 268,435,456 addresses
     */
    public AddressPool(List<Pool> pools, int knownSharePercent) {
        if (knownSharePercent < 0 || knownSharePercent > 100) {
            throw new IllegalArgumentException(
                    "a share of " + knownSharePercent + "%; expected 0 to 100");
        }
        ranges = new PoolRanges(pools);
        history = new UseHistory((int) ranges.size());
        this.knownSharePercent = knownSharePercent;
    }

    /** How many addresses there are, those that are {@linkplain #exclude excluded} among them. */
    public long size() {
        return ranges.size();
    }

    /** True when the address is in one of the pools. */
    public boolean contains(Ip4Address address) {
        return ranges.indexOf(address) >= 0;
    }

    /**
     * Takes an address out: it is never chosen, and never counted as free. To be called for
     * addresses reserved for a client, before anything is recorded of them; no effect later, or on
     * an address that is in no pool.
     */
    public void exclude(Ip4Address address) {
        int index = ranges.indexOf(address);
        if (index >= 0 && !history.excluded(index)) {
            history.exclude(index);
            excluded += history.excluded(index) ? 1 : 0;
        }
    }

    /**
     * Learns what is now on record of an address. To be called for each record loaded, and after
     * each change of one. A record of an address that is in no pool has no effect.
     */
    public void recorded(Lease lease) {
        int index = ranges.indexOf(lease.address());
        if (index >= 0) {
            history.record(index, relative(freeFrom(lease)));
        }
    }

    /** Learns that there is no record of an address any more. It is then the longest unused. */
    public void removed(Ip4Address address) {
        int index = ranges.indexOf(address);
        if (index >= 0) {
            history.record(index, Integer.MIN_VALUE);
        }
    }

    /** Moves the ends of all records, because the clock was set. Those without an end stay so. */
    public void shift(long seconds) {
        epochSeconds += seconds;
    }

    /** Chooses as for a known client. */
    public @Nullable Ip4Address choose(
            ClientKey client, Predicate<Ip4Address> available, long nowSeconds) {
        return choose(client, available, nowSeconds, true);
    }

    /**
     * Chooses an address for a client. The pool takes no note of the choice: who offers the address
     * refuses it to others from then on, and tells when a lease of it is recorded.
     *
     * @param client who is to have it
     * @param available the final word on an address that no record holds: false for one that is
     *     offered to another client or must not be given for any other reason
     * @param nowSeconds the time, in seconds since 1970
     * @param known whether the client may have an address of the share kept for known clients
     * @return null when there is none to be had now
     */
    public @Nullable Ip4Address choose(
            ClientKey client, Predicate<Ip4Address> available, long nowSeconds, boolean known) {
        int now = relative(nowSeconds);
        history.settle(now, LOOKS_MAX);
        if (ranges.size() == 0 || !known && !mayServeStrangers()) {
            return null;
        }
        long hash = IdentityHash.of(client);
        for (int attempt = 0; attempt <= PROBES_MAX; attempt++) {
            int index = (int) IdentityHash.place(hash, attempt, ranges.size());
            if (history.free(index, now)) {
                Ip4Address address = ranges.addressOf(index);
                if (available.test(address)) {
                    return address;
                }
            }
        }
        return longestUnused(available, now);
    }

    /**
     * False when so few addresses are free that they are kept for known clients, and this is none.
     */
    boolean admits(long nowSeconds, boolean known) {
        history.settle(relative(nowSeconds), LOOKS_MAX);
        return known || mayServeStrangers();
    }

    private @Nullable Ip4Address longestUnused(Predicate<Ip4Address> available, int now) {
        int retry = now + REFUSAL_HOLD_SECONDS;
        for (int refusals = 0; refusals < REFUSALS_MAX; refusals++) {
            int index = history.nextUntouched();
            if (index < 0) {
                index = history.longestUnused();
            }
            if (index < 0) {
                history.settle(now, LOOKS_IN_NEED_MAX);
                index = history.longestUnused();
            }
            if (index < 0) {
                return null;
            }
            Ip4Address address = ranges.addressOf(index);
            if (available.test(address)) {
                return address;
            }
            history.postpone(index, retry);
        }
        return null;
    }

    /**
     * How many addresses no record holds. Addresses on offer are counted, but not those refused by
     * {@code available} within the last second. The number is too low just after very many records
     * ended at once, until {@link #settle} or some choices have looked at them; it is never too
     * high for any other reason than offers and other refusals.
     */
    public long freeCount(long nowSeconds) {
        history.settle(relative(nowSeconds), LOOKS_IN_NEED_MAX);
        return history.freeCount();
    }

    /**
     * Looks at records that have ended, some thousands at most. To be called once in a while, such
     * as every second, so that no choice has much to catch up with.
     *
     * @return false when there are more to look at
     */
    public boolean settle(long nowSeconds) {
        return history.settle(relative(nowSeconds), LOOKS_IN_NEED_MAX);
    }

    private boolean mayServeStrangers() {
        return history.freeCount() * 100L > (ranges.size() - excluded) * knownSharePercent;
    }

    private static long freeFrom(Lease lease) {
        return switch (lease.state()) {
            case RELEASED -> Math.min(lease.startSeconds(), lease.endSeconds());
            case BOUND, DECLINED, CONFLICT -> lease.endSeconds();
        };
    }

    private int relative(long seconds) {
        if (seconds == Lease.FOREVER) {
            return UseHistory.FOREVER;
        }
        return (int) Math.clamp(seconds - epochSeconds, Integer.MIN_VALUE + 1L, FOREVER_LESS);
    }

    private static final long FOREVER_LESS = UseHistory.FOREVER - 2L;
}
