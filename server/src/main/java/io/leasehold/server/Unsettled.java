package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that are not known to be durable, each with the durable one before it. Nobody was told of
 * a change that is not durable: until it is, the client of the former record may still use the
 * address, so nobody else gets it. A change whose write failed stays here until the next one of its
 * address is durable; there are never more than addresses.
 */
final class Unsettled {
    private final Map<Ip4Address, Entry> byAddress = new HashMap<>();

    private record Entry(Lease now, @Nullable Lease durable) {}

    /**
     * Notes a change of a record.
     *
     * @param former the record until now; null when there was none
     */
    void put(@Nullable Lease former, Lease now) {
        Entry entry = byAddress.get(now.address());
        byAddress.put(now.address(), new Entry(now, entry == null ? former : entry.durable()));
    }

    /** True when the record of an address is the durable one. */
    boolean settled(Ip4Address address) {
        return !byAddress.containsKey(address);
    }

    /** Learns that a record is durable: the one of now, or one before it. */
    void durable(Lease lease) {
        Entry entry = byAddress.get(lease.address());
        if (entry == null) {
            return;
        }
        if (entry.now().equals(lease)) {
            byAddress.remove(lease.address());
        } else {
            byAddress.put(lease.address(), new Entry(entry.now(), lease));
        }
    }

    /** The lease that is on disk where memory has another by now; null when there is none. */
    @Nullable Lease stillOnDisk(Ip4Address address) {
        Entry entry = byAddress.get(address);
        Lease durable = entry == null ? null : entry.durable();
        return durable != null && durable.state() == Lease.State.BOUND ? durable : null;
    }

    /** Moves all ends, when the clock was set. */
    void shift(long seconds) {
        byAddress.replaceAll(
                (address, entry) -> {
                    Lease durable = entry.durable();
                    return new Entry(
                            entry.now(), durable == null ? null : durable.shifted(seconds));
                });
    }
}
