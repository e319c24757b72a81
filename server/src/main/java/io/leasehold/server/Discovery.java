package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DISCOVER (RFC 2131 §4.3.1): choosing an address, pinging it, offering it. */
final class Discovery {
    /**
     * Clients whose address is being pinged at one time; above it addresses are offered unasked.
     */
    static final int PINGS_MAX = 4096;

    /**
     * Addresses tried for one client when each turns out to be in use; then it gets none until it
     * asks again.
     */
    static final int CONFLICTS_MAX = 8;

    private static final int PING_MILLIS_DEFAULT = 500;

    private final ServerState state;
    private int pings;

    Discovery(ServerState state) {
        this.state = state;
    }

    /**
     * A DISCOVER that waits for a ping.
     *
     * @param conflicts the addresses found in use for it so far, to be made durable with the answer
     */
    private record Asking(
            Request request, ClientKey key, Ip4Address address, List<LeaseChange> conflicts) {}

    Decision<List<LeaseChange>> discover(Request request, Bindings.Client client) {
        Offers.Offer offer = state.offers.of(client.key(), client.nowMillis());
        if (offer != null && offer.asking()) {
            return state.drop(request, ServerDrop.ALREADY_ASKING);
        }
        return choose(request, client, List.of());
    }

    private Decision<List<LeaseChange>> choose(
            Request request, Bindings.Client client, List<LeaseChange> conflicts) {
        Bindings.Choice choice = state.bindings.choose(client, request.requestedAddress());
        if (request.wants(OptionCode.IPV6_ONLY_PREFERRED)) {
            byte[] value =
                    choice == null
                            ? firstValue(OptionCode.IPV6_ONLY_PREFERRED, request, client)
                            : state.replies.value(
                                    OptionCode.IPV6_ONLY_PREFERRED,
                                    request,
                                    state.subnetOf(client, choice.address()),
                                    client.reservation());
            if (value != null) {
                return ipv6Only(request, client, value);
            }
        }
        if (choice == null || conflicts.size() > CONFLICTS_MAX) {
            return exhausted(request, client);
        }
        Settings settings = state.subnetOf(client, choice.address()).config().settings();
        int wait = pingMillis(request, choice.address(), settings);
        if (choice.own() || wait == 0 || pings >= PINGS_MAX) {
            return offer(request, client, choice.address());
        }
        pings++;
        hold(client, choice.address(), settings, true);
        return new Decision.AskFirst<>(
                choice.address(),
                request.relayed() ? 0 : request.arrival().interfaceIndex(),
                Ip4Address.ZERO,
                wait,
                new Asking(request, client.key(), choice.address(), conflicts));
    }

    /** RFC 8925 §3.3: the client gets along without; no address is taken from the pool. */
    private Decision<List<LeaseChange>> ipv6Only(
            Request request, Bindings.Client client, byte[] waitSeconds) {
        state.offers.forget(client.key());
        Message offer =
                state.replies.addressless(
                        request,
                        state.serverId(request, null),
                        OptionCode.IPV6_ONLY_PREFERRED,
                        waitSeconds);
        return state.reply(request, offer, Ip4Address.ZERO, "IPv6-only client");
    }

    /** An option for a client that gets no address: of the first subnet that has it. */
    private byte @Nullable [] firstValue(int code, Request request, Bindings.Client client) {
        for (ServedSubnet subnet : client.network().subnets()) {
            byte[] value = state.replies.value(code, request, subnet, client.reservation());
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private int pingMillis(Request request, Ip4Address address, Settings settings) {
        if (settings.pingCheckMillis() >= 0) {
            return settings.pingCheckMillis();
        }
        boolean elsewhere = request.relayed() && !state.interfaces.onLink(address);
        return elsewhere ? 0 : PING_MILLIS_DEFAULT;
    }

    private Decision<List<LeaseChange>> exhausted(Request request, Bindings.Client client) {
        state.offers.forget(client.key());
        byte[] auto =
                OptionalOptions.readable(request.message(), OptionCode.AUTO_CONFIGURE)
                        ? firstValue(OptionCode.AUTO_CONFIGURE, request, client)
                        : null;
        state.events.exhausted(request.arrival(), client.network().name());
        if (auto != null) {
            // RFC 2563 §2.3: the client is told whether it may choose an address by itself.
            Ip4Address serverId = state.serverId(request, null);
            Message offer =
                    state.replies.addressless(request, serverId, OptionCode.AUTO_CONFIGURE, auto);
            return state.reply(request, offer, Ip4Address.ZERO, "no address, auto-configuration");
        }
        return state.drop(request, ServerDrop.POOL_EXHAUSTED);
    }

    private Decision<List<LeaseChange>> offer(
            Request request, Bindings.Client client, Ip4Address address) {
        ServedSubnet subnet = state.subnetOf(client, address);
        Settings settings = subnet.config().settings();
        if (settings.rapidCommit()
                && OptionalOptions.readable(request.message(), OptionCode.RAPID_COMMIT)) {
            return state.bind(request, client, address);
        }
        hold(client, address, settings, false);
        Message offer =
                state.replies.grant(
                        request,
                        new Replies.Grant(
                                MessageType.OFFER,
                                subnet,
                                state.reservationAt(client, address),
                                address,
                                state.serverId(request, null),
                                Replies.Times.of(
                                        ServerState.leaseSeconds(request.message(), settings),
                                        settings)));
        return state.reply(request, offer, address, "offered");
    }

    private void hold(
            Bindings.Client client, Ip4Address address, Settings settings, boolean asking) {
        long end = client.nowMillis() + settings.offerHoldSeconds() * 1000L;
        boolean known = state.bindings.known(client);
        String network = client.network().name();
        state.offers.hold(
                new Offers.Offer(address, client.key(), network, known, end, asking),
                client.nowMillis());
    }

    /**
     * Goes on after a ping: silence lets the offer go, an answer keeps the address away and another
     * is chosen.
     */
    Decision<List<LeaseChange>> asked(Object token, boolean answered, long nowMillis) {
        if (!(token instanceof Asking asking)) {
            throw new IllegalArgumentException("not a question of this server: " + token);
        }
        pings--;
        // The configuration may have changed meanwhile, and so may the interfaces.
        ServedNetwork network = state.networks.select(asking.request(), state.interfaces);
        if (network == null) {
            return leave(asking, ServerDrop.UNKNOWN_NETWORK);
        }
        if (state.interfaces.serverAddress(asking.request().arrival()).isZero()) {
            return leave(asking, ServerDrop.NO_SERVER_ADDRESS);
        }
        Bindings.Client client =
                state.bindings.client(
                        network,
                        asking.key(),
                        network.reservationOf(asking.request()),
                        asking.request().message().giaddr(),
                        nowMillis);
        // Whoever was bound to the address meanwhile may answer: that is no conflict.
        Lease bound = state.table.get(asking.address());
        boolean inUse =
                bound != null
                        && bound.state() == Lease.State.BOUND
                        && bound.holds(client.nowSeconds());
        if (!answered || inUse) {
            Decision<List<LeaseChange>> next =
                    state.bindings.bindable(asking.address(), client)
                            ? offer(asking.request(), client, asking.address())
                            : choose(asking.request(), client, asking.conflicts());
            return withChanges(asking.conflicts(), next);
        }
        state.events.conflict(asking.address());
        List<LeaseChange> conflicts = new ArrayList<>(asking.conflicts());
        conflicts.add(state.records.put(conflict(asking, client)));
        return withChanges(conflicts, choose(asking.request(), client, conflicts));
    }

    /** Where it turns out that the client cannot be served any more. */
    private Decision<List<LeaseChange>> leave(Asking asking, ServerDrop reason) {
        state.offers.forget(asking.key());
        return withChanges(asking.conflicts(), state.drop(asking.request(), reason));
    }

    /** Makes the conflicts durable together with whatever is decided in the end. */
    private Decision<List<LeaseChange>> withChanges(
            List<LeaseChange> conflicts, Decision<List<LeaseChange>> next) {
        List<LeaseChange> changes = stillThere(conflicts);
        if (changes.isEmpty()) {
            return next;
        }
        return switch (next) {
            case Decision.Reply<List<LeaseChange>> reply ->
                    new Decision.CommitThenReply<>(changes, reply.outgoing());
            case Decision.CommitThenReply<List<LeaseChange>> both -> {
                List<LeaseChange> all = new ArrayList<>(changes);
                all.addAll(both.change());
                yield new Decision.CommitThenReply<>(all, both.outgoing());
            }
            case Decision.Drop<List<LeaseChange>> ignored -> new Decision.Commit<>(changes);
            // The next question takes them along.
            case Decision.AskFirst<List<LeaseChange>> ask -> ask;
            case Decision.Commit<List<LeaseChange>> commit -> commit;
            case Decision.Forward<List<LeaseChange>> forward -> forward;
        };
    }

    /**
     * A conflict found some pings ago may have been cleared meanwhile, and its address given away:
     * what is written is what is on record now.
     */
    private List<LeaseChange> stillThere(List<LeaseChange> conflicts) {
        List<LeaseChange> changes = new ArrayList<>(conflicts.size());
        for (LeaseChange change : conflicts) {
            Lease now =
                    change instanceof LeaseChange.Put put
                            ? state.table.get(put.lease().address())
                            : null;
            if (now != null && now.state() == Lease.State.CONFLICT) {
                changes.add(new LeaseChange.Put(now));
            }
        }
        return changes;
    }

    private Lease conflict(Asking asking, Bindings.Client client) {
        Settings settings = state.subnetOf(client, asking.address()).config().settings();
        long now = client.nowSeconds();
        return new Lease(
                asking.address(),
                client.key(),
                asking.request().hardware(),
                Lease.State.CONFLICT,
                now,
                now + settings.declineHoldSeconds(),
                "",
                Octets.EMPTY,
                Ip4Address.ZERO);
    }
}
