package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.Comparator;
import java.util.List;

/** What becomes of a client's other leases when it gets an address. */
final class FormerLeases {
    private static final int REMEMBERED_MAX = 8;
    private static final int FORGOTTEN_AT_ONCE_MAX = 64;

    private FormerLeases() {}

    /**
     * A client has one lease in a network: the address it had before is free once it takes another.
     */
    static void end(
            ServerState state,
            Bindings.Client client,
            Ip4Address address,
            List<LeaseChange> changes) {
        for (Lease other : client.records()) {
            if (!other.address().equals(address) && Bindings.inUse(client, other)) {
                changes.add(state.records.put(Records.ended(other, client.nowSeconds())));
            }
        }
        if (client.records().size() > REMEMBERED_MAX) {
            forgetOldest(state, client, address, changes);
        }
    }

    /**
     * A client that walked through the pool would have a record of each address, and whatever it
     * asks would be looked for among them.
     */
    private static void forgetOldest(
            ServerState state,
            Bindings.Client client,
            Ip4Address address,
            List<LeaseChange> changes) {
        client.records().stream()
                .filter(each -> !each.address().equals(address))
                .filter(each -> !each.holds(client.nowSeconds()) && state.records.settled(each))
                .sorted(Comparator.comparingLong(Lease::endSeconds).reversed())
                .skip(REMEMBERED_MAX)
                .limit(FORGOTTEN_AT_ONCE_MAX)
                .forEach(each -> changes.add(state.records.remove(each.address())));
    }
}
