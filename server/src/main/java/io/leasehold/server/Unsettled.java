package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that are not known to be durable. A client is told of a lease once that is durable, and
 * not before: while a later record is under way, the client may have been told of any before it, so
 * nobody else gets the address. When the last write of an address failed, the record before it is
 * in force again, and stays here until it is written once more: a snapshot may have caught the one
 * that was lost. There are never more than addresses.
 */
final class Unsettled {
    private final Map<Ip4Address, Entry> byAddress = new HashMap<>();

    /** An address with records under way, or with a lost one. */
    private static final class Entry {
        /** The last record, as it was put. */
        private Lease now;

        /** The longest lease before it that its client may know of. */
        private @Nullable Lease before;

        /** The last that is durable. */
        private @Nullable Lease durable;

        private int underWay;

        /**
         * True when records were under way as the clock was set: their times are not those of now,
         * and only the last of them can be told from the others.
         */
        private boolean clockSet;

        Entry(Lease now, @Nullable Lease durable) {
            this.now = now;
            this.durable = durable;
        }
    }

    /** A record that was lost, and the durable one that is in force again; null for none. */
    record Lost(Lease record, @Nullable Lease durable) {}

    /**
     * Notes a change of a record.
     *
     * @param former the record until now; null when there was none
     */
    void put(@Nullable Lease former, Lease now) {
        Entry entry = byAddress.get(now.address());
        if (entry == null) {
            entry = new Entry(now, former);
            byAddress.put(now.address(), entry);
        }
        entry.now = now;
        entry.before = endingLast(entry.before, former);
        entry.underWay++;
    }

    private static @Nullable Lease endingLast(@Nullable Lease before, @Nullable Lease former) {
        if (former == null || former.state() != Lease.State.BOUND) {
            return before;
        }
        return before == null || before.endSeconds() < former.endSeconds() ? former : before;
    }

    /** Forgets an address of which there is no record any more. */
    void remove(Ip4Address address) {
        byAddress.remove(address);
    }

    /** True when the record of an address is the durable one, and is known to be on disk. */
    boolean settled(Ip4Address address) {
        return !byAddress.containsKey(address);
    }

    /**
     * Learns what became of a record: the one of now, or one before it.
     *
     * @return what was lost, once nothing of the address is under way any more; null when the
     *     record of now is the right one
     */
    @Nullable Lost outcome(Lease lease, boolean durable) {
        Entry entry = byAddress.get(lease.address());
        if (entry == null || entry.underWay == 0) {
            return null;
        }
        if (durable && entry.now.equals(lease)) {
            byAddress.remove(lease.address());
            return null;
        }
        if (durable) {
            entry.durable = lease;
        }
        entry.underWay--;
        if (entry.underWay > 0 || entry.clockSet) {
            return null;
        }
        entry.before = null;
        if (entry.durable == null) {
            byAddress.remove(lease.address());
        }
        return new Lost(entry.now, entry.durable);
    }

    /**
     * The lease that its client may still count on where memory has another record by now; null
     * when there is none.
     */
    @Nullable Lease before(Ip4Address address) {
        Entry entry = byAddress.get(address);
        return entry == null ? null : entry.before;
    }

    /** Moves all ends, when the clock was set. */
    void shift(long seconds) {
        for (Entry entry : byAddress.values()) {
            entry.before = entry.before == null ? null : entry.before.shifted(seconds);
            entry.durable = entry.durable == null ? null : entry.durable.shifted(seconds);
            entry.clockSet |= entry.underWay > 0;
        }
    }
}
