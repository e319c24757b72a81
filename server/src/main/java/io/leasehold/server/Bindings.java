package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Reservation;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who may have which address, from the leases on record, the offers held and the reservations. */
final class Bindings {
    private final LeaseTable table;
    private final Offers offers;
    private final Unsettled unsettled;
    private HostInterfaces interfaces = new HostInterfaces(List.of());

    Bindings(LeaseTable table, Offers offers, Unsettled unsettled) {
        this.table = table;
        this.offers = offers;
        this.unsettled = unsettled;
    }

    void interfaces(HostInterfaces current) {
        interfaces = current;
    }

    /**
     * A network with the client who asks, what is kept for it there, and what is on record of it,
     * bound or released, looked up once.
     *
     * @param giaddr the address of the relay that passed the message on; 0.0.0.0 for none
     */
    record Client(
            ServedNetwork network,
            ClientKey key,
            @Nullable Reservation reservation,
            List<Lease> records,
            Ip4Address giaddr,
            long nowMillis) {
        long nowSeconds() {
            return Math.floorDiv(nowMillis, 1000L);
        }
    }

    /** The client of a message, as it stands now. */
    Client client(
            ServedNetwork network,
            ClientKey key,
            @Nullable Reservation reservation,
            Ip4Address giaddr,
            long nowMillis) {
        return new Client(network, key, reservation, table.ofClient(key), giaddr, nowMillis);
    }

    /** True for a lease that the client may use now, in the network in which it asks. */
    static boolean inUse(Client client, Lease lease) {
        return lease.state() == Lease.State.BOUND
                && lease.holds(client.nowSeconds())
                && client.network().subnetOf(lease.address()) != null;
    }

    /**
     * The client's lease in its network, the one that ends last where there are several; null when
     * there is none.
     */
    @Nullable Lease current(Client client) {
        return endingLast(client, lease -> inUse(client, lease));
    }

    /** The address that the client had last in its network, its lease over or given back. */
    @Nullable Lease last(Client client) {
        return endingLast(client, lease -> client.network().subnetOf(lease.address()) != null);
    }

    private static @Nullable Lease endingLast(Client client, Predicate<Lease> counts) {
        Lease best = null;
        for (Lease lease : client.records()) {
            boolean later = best == null || lease.endSeconds() > best.endSeconds();
            if (later && counts.test(lease)) {
                best = lease;
            }
        }
        return best;
    }

    /**
     * True when nobody else has, is offered, or has reserved the address, and it is not kept away.
     */
    boolean free(Ip4Address address, Client client) {
        if (heldByOther(address, client)) {
            return false;
        }
        return keptForHardware(address, client) != null
                || !offers.heldForOther(address, client.key(), client.nowMillis());
    }

    /**
     * True for a client's own lease. One hardware address with two client ids is two clients, but
     * what is reserved for the hardware address is the same host's under either: a host that boots
     * from the network sends another client id than its system does.
     */
    private static boolean isOf(Client client, Lease lease) {
        if (lease.state() != Lease.State.BOUND) {
            return false;
        }
        HardwareAddress kept = keptForHardware(lease.address(), client);
        return lease.client().equals(client.key()) || kept != null && kept.equals(lease.hardware());
    }

    /** The hardware address for which an address is reserved, if it is this client's. */
    private static @Nullable HardwareAddress keptForHardware(Ip4Address address, Client client) {
        Reservation own = client.reservation();
        return own != null
                        && own.address().equals(address)
                        && own.key() instanceof Reservation.Key.Hardware(var hardware)
                ? hardware
                : null;
    }

    /** True when another client than this may use the address now. */
    boolean heldByOther(Ip4Address address, Client client) {
        return holds(table.get(address), client) || holds(unsettled.before(address), client);
    }

    /** True while nobody may use the address, since it was declined or answered a ping. */
    boolean keptAway(Ip4Address address, Client client) {
        Lease lease = table.get(address);
        return lease != null
                && lease.state() != Lease.State.BOUND
                && lease.holds(client.nowSeconds());
    }

    private static boolean holds(@Nullable Lease lease, Client client) {
        return lease != null && lease.holds(client.nowSeconds()) && !isOf(client, lease);
    }

    /**
     * True when the configuration lets the client have an address: its own reservation, or an
     * address in a pool that is kept for nobody else. A client with a reservation may have no other
     * address of the network while the reserved one can be had: so a reservation that is made or
     * moved takes effect at the next renewal.
     */
    boolean allowed(Ip4Address address, Client client) {
        ServedSubnet subnet = client.network().subnetOf(address);
        if (subnet == null || ofServerOrRelay(address, client)) {
            return false;
        }
        Reservation own = client.reservation();
        if (own != null) {
            if (own.address().equals(address)) {
                return true;
            }
            if (!ofServerOrRelay(own.address(), client) && free(own.address(), client)) {
                return false;
            }
        }
        return subnet.gives(address);
    }

    private boolean ofServerOrRelay(Ip4Address address, Client client) {
        return interfaces.isOwn(address) || address.equals(client.giaddr());
    }

    /** True when an address can be bound to the client now. */
    boolean bindable(Ip4Address address, Client client) {
        return allowed(address, client) && free(address, client);
    }

    /**
     * An address for a client, and whether it is its own already, so that nobody needs to be asked.
     */
    record Choice(Ip4Address address, boolean own) {}

    /** The address to offer (rules: first that fits); null when none is free. */
    @Nullable Choice choose(Client client, Ip4Address requested) {
        Reservation reservation = client.reservation();
        if (reservation != null && bindable(reservation.address(), client)) {
            return new Choice(reservation.address(), true);
        }
        Lease current = current(client);
        if (current != null && bindable(current.address(), client)) {
            return new Choice(current.address(), true);
        }
        Offers.Offer offer = offers.of(client.key(), client.nowMillis());
        if (offer != null && !offer.asking() && bindable(offer.address(), client)) {
            return new Choice(offer.address(), true);
        }
        Lease last = last(client);
        if (last != null && bindable(last.address(), client)) {
            return new Choice(last.address(), false);
        }
        boolean known = known(client);
        if (!requested.isZero() && bindable(requested, client) && roomFor(requested, client)) {
            return new Choice(requested, false);
        }
        for (ServedSubnet subnet : client.network().subnets()) {
            Ip4Address address =
                    subnet.pool()
                            .choose(
                                    client.key(),
                                    candidate -> bindable(candidate, client),
                                    client.nowSeconds(),
                                    known);
            if (address != null) {
                return new Choice(address, false);
            }
        }
        // Else DISCOVERs from invented hardware addresses would empty a pool for the offer-hold.
        Ip4Address offered =
                offers.oldest(
                        client.network().name(),
                        known,
                        address -> allowed(address, client) && !heldByOther(address, client));
        return offered == null ? null : new Choice(offered, false);
    }

    /** True for a client with a reservation or a record in the network, its lease over or not. */
    boolean known(Client client) {
        return client.reservation() != null || last(client) != null;
    }

    /** False where what is free of a pool is kept for known clients, and this is none. */
    boolean roomFor(Ip4Address address, Client client) {
        ServedSubnet subnet = client.network().subnetOf(address);
        return subnet != null && subnet.pool().admits(client.nowSeconds(), known(client));
    }
}
