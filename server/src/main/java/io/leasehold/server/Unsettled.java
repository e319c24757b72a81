package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that are not known to be durable, each with the longest lease before it that its client
 * may know of. A client is told of a lease once that is durable, and not before: while a later
 * record is under way, or was lost, the client may have been told of any before it, so nobody else
 * gets the address. A change whose write failed stays here until the next one of its address is
 * durable; there are never more than addresses.
 */
final class Unsettled {
    private final Map<Ip4Address, Entry> byAddress = new HashMap<>();

    private record Entry(Lease now, @Nullable Lease before) {}

    /**
     * Notes a change of a record.
     *
     * @param former the record until now; null when there was none
     */
    void put(@Nullable Lease former, Lease now) {
        Entry entry = byAddress.get(now.address());
        Lease before = entry == null ? null : entry.before();
        byAddress.put(now.address(), new Entry(now, endingLast(before, former)));
    }

    private static @Nullable Lease endingLast(@Nullable Lease before, @Nullable Lease former) {
        if (former == null || former.state() != Lease.State.BOUND) {
            return before;
        }
        return before == null || before.endSeconds() < former.endSeconds() ? former : before;
    }

    /** True when the record of an address is the durable one. */
    boolean settled(Ip4Address address) {
        return !byAddress.containsKey(address);
    }

    /** Learns that a record is durable: the one of now, or one before it. */
    void durable(Lease lease) {
        Entry entry = byAddress.get(lease.address());
        if (entry != null && entry.now().equals(lease)) {
            byAddress.remove(lease.address());
        }
    }

    /**
     * The lease that its client may still count on where memory has another record by now; null
     * when there is none.
     */
    @Nullable Lease before(Ip4Address address) {
        Entry entry = byAddress.get(address);
        return entry == null ? null : entry.before();
    }

    /** Moves all ends, when the clock was set. */
    void shift(long seconds) {
        byAddress.replaceAll(
                (address, entry) -> {
                    Lease before = entry.before();
                    return new Entry(entry.now(), before == null ? null : before.shifted(seconds));
                });
    }
}
