package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Changes of what is on record: table, pools and offers follow each, and go back where it could not
 * be made durable.
 */
final class Records {
    private static final int WRITTEN_AGAIN_AT_ONCE_MAX = 8;

    private final LeaseTable table;
    private final Offers offers;
    private final Unsettled unsettled;

    /** Addresses whose record is in force again, and may not be the one on disk. */
    private final LinkedHashSet<Ip4Address> toWriteAgain = new LinkedHashSet<>();

    private Networks networks;
    private boolean diskWorks = true;

    Records(LeaseTable table, Offers offers, Unsettled unsettled, Networks networks) {
        this.table = table;
        this.offers = offers;
        this.unsettled = unsettled;
        this.networks = networks;
        table.forEach(this::recordInPool);
    }

    void configure(Networks next) {
        networks = next;
        table.forEach(this::recordInPool);
    }

    private void recordInPool(Lease lease) {
        ServedSubnet subnet = networks.subnetOf(lease.address());
        if (subnet != null && subnet.pool().contains(lease.address())) {
            subnet.pool().recorded(lease);
        }
    }

    /** Puts a record into the table; the change is to be made durable by the caller's decision. */
    LeaseChange put(Lease lease) {
        unsettled.put(table.put(lease), lease);
        recordInPool(lease);
        if (lease.state() == Lease.State.BOUND) {
            // Else an offer to somebody else would stand against the client's own next REQUEST.
            offers.withdraw(lease.address());
        }
        return new LeaseChange.Put(lease);
    }

    /** Drops a record; the change is to be made durable likewise. */
    LeaseChange remove(Ip4Address address) {
        table.remove(address);
        unsettled.remove(address);
        ServedSubnet subnet = networks.subnetOf(address);
        if (subnet != null) {
            subnet.pool().removed(address);
        }
        return new LeaseChange.Remove(address);
    }

    boolean settled(Lease lease) {
        return unsettled.settled(lease.address());
    }

    /**
     * Learns what became of changes. One that was lost is as though it had never been asked for.
     */
    void settle(List<LeaseChange> changes, boolean durable) {
        diskWorks = durable;
        for (LeaseChange change : changes) {
            if (change instanceof LeaseChange.Put put) {
                Unsettled.Lost lost = unsettled.outcome(put.lease(), durable);
                if (lost != null) {
                    takeBack(lost);
                }
            }
        }
    }

    private void takeBack(Unsettled.Lost lost) {
        Lease inForce = lost.durable();
        if (inForce == null) {
            Ip4Address address = lost.record().address();
            table.remove(address);
            // Used a moment ago, as the pool sees it: its client may ask for it again.
            recordInPool(ended(lost.record(), lost.record().startSeconds()));
            return;
        }
        table.put(inForce);
        recordInPool(inForce);
        toWriteAgain.add(inForce.address());
    }

    /** Adds a few of the records that are in force again to changes that are to be written. */
    void writeAgain(List<LeaseChange> changes) {
        for (int i = 0; i < WRITTEN_AGAIN_AT_ONCE_MAX; i++) {
            if (toWriteAgain.isEmpty() || !diskWorks) {
                return;
            }
            Lease lease = table.get(toWriteAgain.removeFirst());
            if (lease != null && !settled(lease)) {
                changes.add(put(lease));
            }
        }
    }

    /** A lease that its client has no longer. */
    static Lease ended(Lease lease, long nowSeconds) {
        return new Lease(
                lease.address(),
                lease.client(),
                lease.hardware(),
                Lease.State.RELEASED,
                nowSeconds,
                nowSeconds,
                lease.hostName(),
                lease.agentInformation(),
                lease.serverId());
    }

    /** The clock was set: everything on record moves with it. */
    void shift(long seconds) {
        table.shift(seconds);
        unsettled.shift(seconds);
        networks.forEachSubnet(subnet -> subnet.pool().shift(seconds));
    }
}
