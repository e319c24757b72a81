package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RELEASE, DECLINE, INFORM, and BOOTP requests. */
final class Notices {
    private final ServerState state;

    Notices(ServerState state) {
        this.state = state;
    }

    /**
     * RFC 2131 §4.3.4: honoured only from the lease's own client, and only when it names this
     * server.
     */
    Decision<List<LeaseChange>> release(Request request, Bindings.Client client) {
        Lease lease = state.table.get(request.message().ciaddr());
        ServerDrop flaw = addressedWrongly(request, lease);
        if (flaw != null) {
            return state.drop(request, flaw);
        }
        if (lease == null || !isOf(client, lease)) {
            return state.drop(request, ServerDrop.NOT_THE_LEASE_OF_CLIENT);
        }
        LeaseChange change = state.records.put(Records.ended(lease, client.nowSeconds()));
        state.events.noted(request.arrival(), lease.address(), "released");
        return new Decision.Commit<>(List.of(change));
    }

    /**
     * RFC 2131 §4.3.3: the client found the address in use by another; it is kept away for a while.
     */
    Decision<List<LeaseChange>> decline(Request request, Bindings.Client client) {
        Ip4Address address = request.requestedAddress();
        Lease lease = state.table.get(address);
        ServerDrop flaw = addressedWrongly(request, lease);
        if (flaw != null) {
            return state.drop(request, flaw);
        }
        Offers.Offer offer = state.offers.of(client.key(), client.nowMillis());
        boolean offered =
                offer != null
                        && offer.address().equals(address)
                        && !state.bindings.heldByOther(address, client);
        if (!offered && (lease == null || !isOf(client, lease))) {
            return state.drop(request, ServerDrop.NOT_THE_LEASE_OF_CLIENT);
        }
        state.offers.forget(client.key());
        long now = client.nowSeconds();
        Settings settings = state.subnetOf(client, address).config().settings();
        Lease declined =
                new Lease(
                        address,
                        client.key(),
                        request.hardware(),
                        Lease.State.DECLINED,
                        now,
                        now + settings.declineHoldSeconds(),
                        ServerState.hostName(request.message()),
                        ServerState.kept(request.agent()),
                        Ip4Address.ZERO);
        LeaseChange change = state.records.put(declined);
        state.events.noted(request.arrival(), address, "declined: in use by another host");
        return new Decision.Commit<>(List.of(change));
    }

    private static boolean isOf(Bindings.Client client, Lease lease) {
        return lease.state() == Lease.State.BOUND
                && lease.client().equals(client.key())
                && lease.holds(client.nowSeconds());
    }

    private @Nullable ServerDrop addressedWrongly(Request request, @Nullable Lease lease) {
        if (!request.namesServer()) {
            return ServerDrop.SERVER_ID_MISSING;
        }
        return state.isOurs(request, lease) ? null : ServerDrop.OTHER_SERVER;
    }

    /**
     * RFC 2131 §4.3.5: parameters for a client that has its address; no lease, and yiaddr stays 0.
     */
    Decision<List<LeaseChange>> inform(Request request, ServedNetwork network) {
        Ip4Address ciaddr = request.message().ciaddr();
        ServedSubnet subnet = network.subnetOf(ciaddr);
        if (subnet == null) {
            subnet = network.first();
        }
        Reservation reservation = subnet.reservationOf(request);
        Message ack =
                state.replies.grant(
                        request,
                        new Replies.Grant(
                                MessageType.ACK,
                                subnet,
                                reservation,
                                Ip4Address.ZERO,
                                state.serverId(request, null),
                                null));
        return state.reply(request, ack, ciaddr, "informed");
    }

    /**
     * RFC 1534: a BOOTP client gets a reserved address, or one of a pool that serves BOOTP, without
     * an end.
     */
    Decision<List<LeaseChange>> bootp(Request request, Bindings.Client client) {
        Ip4Address address = bootpAddress(request, client);
        if (address == null) {
            return state.drop(request, ServerDrop.BOOTP_NOT_SERVED);
        }
        if (address.isZero()) {
            state.events.exhausted(request.arrival(), client.network().name());
            return state.drop(request, ServerDrop.POOL_EXHAUSTED);
        }
        ServedSubnet subnet = state.subnetOf(client, address);
        Reservation reservation = state.reservationAt(client, address);
        Message reply = state.replies.bootp(request, subnet, reservation, address);
        Lease former = state.table.get(address);
        boolean written =
                former != null
                        && former.endSeconds() == Lease.FOREVER
                        && former.client().equals(client.key())
                        && state.records.settled(former);
        if (written) {
            return state.reply(request, reply, address, "BOOTP, as before");
        }
        Lease lease =
                new Lease(
                        address,
                        client.key(),
                        request.hardware(),
                        Lease.State.BOUND,
                        client.nowSeconds(),
                        Lease.FOREVER,
                        "",
                        ServerState.kept(request.agent()),
                        Ip4Address.ZERO);
        List<LeaseChange> changes = new ArrayList<>(2);
        FormerLeases.end(state, client, address, changes);
        changes.add(state.records.put(lease));
        state.events.answered(request.arrival(), MessageType.ACK, address, "BOOTP, without an end");
        return new Decision.CommitThenReply<>(
                changes, state.route.route(request.arrival(), reply, state.interfaces));
    }

    /**
     * The client's reserved address, else one of the subnets that serve BOOTP; null when there is
     * no such subnet, 0.0.0.0 when none of its addresses is free.
     */
    private @Nullable Ip4Address bootpAddress(Request request, Bindings.Client client) {
        Reservation reservation = client.reservation();
        if (reservation != null && state.bindings.bindable(reservation.address(), client)) {
            return reservation.address();
        }
        List<ServedSubnet> open = new ArrayList<>();
        for (ServedSubnet subnet : client.network().subnets()) {
            if (subnet.config().settings().bootp()) {
                open.add(subnet);
            }
        }
        if (open.isEmpty()) {
            return null;
        }
        Bindings.Choice choice =
                state.bindings.choose(
                        new Bindings.Client(
                                new ServedNetwork(client.network().name(), open),
                                client.key(),
                                reservation,
                                client.records(),
                                client.giaddr(),
                                client.nowMillis()),
                        request.message().ciaddr());
        return choice == null ? Ip4Address.ZERO : choice.address();
    }
}
