package io.leasehold.server;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/** REQUEST: its four kinds, and what each is answered (RFC 2131 §4.3.2 and Table 4). */
final class Requests {
    private final ServerState state;

    Requests(ServerState state) {
        this.state = state;
    }

    Decision<List<LeaseChange>> request(Request request, Bindings.Client client) {
        if (request.namesServer()) {
            return selecting(request, client);
        }
        if (!request.message().ciaddr().isZero()) {
            return renewing(request, client);
        }
        if (!request.requestedAddress().isZero()) {
            return initReboot(request, client);
        }
        return state.drop(request, ServerDrop.REQUEST_WITHOUT_ADDRESS);
    }

    /** The client chose an offer: ours, or another server's. */
    private Decision<List<LeaseChange>> selecting(Request request, Bindings.Client client) {
        if (!state.isOurs(request, state.bindings.last(client))) {
            state.offers.forget(client.key());
            return state.drop(request, ServerDrop.OTHER_SERVER);
        }
        Ip4Address address =
                request.requestedAddress().isZero()
                        ? request.message().ciaddr()
                        : request.requestedAddress();
        if (address.isZero()) {
            return state.drop(request, ServerDrop.REQUEST_WITHOUT_ADDRESS);
        }
        if (!state.bindings.bindable(address, client)) {
            return nak(request, reason(address, client));
        }
        Offers.Offer offer = state.offers.of(client.key(), client.nowMillis());
        boolean offered = offer != null && offer.address().equals(address);
        if (!offered && !state.bindings.roomFor(address, client)) {
            return nak(request, "the addresses left are kept for known clients");
        }
        return state.bind(request, client, address);
    }

    /** The client remembers an address from before it restarted. */
    private Decision<List<LeaseChange>> initReboot(Request request, Bindings.Client client) {
        Ip4Address address = request.requestedAddress();
        if (client.network().subnetOf(address) == null) {
            boolean authoritative = client.network().first().config().settings().authoritative();
            return authoritative
                    ? nak(request, "address is wrong for this network")
                    : state.drop(request, ServerDrop.NOT_AUTHORITATIVE);
        }
        if (!state.bindings.known(client)) {
            // RFC 2131 §4.3.2 MUST: silent, also where we gave the address to somebody else, since
            // another server on the wire may know the client.
            return state.drop(request, ServerDrop.NO_RECORD);
        }
        return bindOrNak(request, client, address);
    }

    /**
     * The client has an address and wants to keep it: asked of us alone (RENEWING) or of all
     * (REBINDING). What a relay sends was sent to us by the relay: it tells which of the two it had
     * by a flag (RFC 5010), or nobody can.
     */
    private Decision<List<LeaseChange>> renewing(Request request, Bindings.Client client) {
        boolean renewing =
                request.relayed()
                        ? request.agent().clientUnicast()
                        : request.unicast(state.interfaces);
        if (!renewing && !state.bindings.known(client) && !moved(request, client)) {
            return state.drop(request, ServerDrop.NO_RECORD);
        }
        return bindOrNak(request, client, request.message().ciaddr());
    }

    /** True for a client that we know from another network, whose address it still has here. */
    private static boolean moved(Request request, Bindings.Client client) {
        return !client.records().isEmpty()
                && client.network().subnetOf(request.message().ciaddr()) == null
                && client.network().first().config().settings().authoritative();
    }

    private Decision<List<LeaseChange>> bindOrNak(
            Request request, Bindings.Client client, Ip4Address address) {
        Lease last = state.table.get(address);
        boolean own = last != null && last.client().equals(client.key());
        boolean reserved = state.reservationAt(client, address) != null;
        if ((own || reserved) && state.bindings.bindable(address, client)) {
            return state.bind(request, client, address);
        }
        return nak(request, reason(address, client));
    }

    private String reason(Ip4Address address, Bindings.Client client) {
        if (client.network().subnetOf(address) == null) {
            return "address is wrong for this network";
        }
        if (client.reservation() != null && !client.reservation().address().equals(address)) {
            return "another address is reserved for this client";
        }
        if (state.bindings.keptAway(address, client)) {
            return "address is kept away: declined or in conflict";
        }
        if (state.bindings.heldByOther(address, client)) {
            return "address is in use by another client";
        }
        if (!state.bindings.allowed(address, client)) {
            return "address is not in a pool for this client";
        }
        return "address is not this client's";
    }

    private Decision<List<LeaseChange>> nak(Request request, String why) {
        return state.nak(request, state.serverId(request, null), why);
    }
}
