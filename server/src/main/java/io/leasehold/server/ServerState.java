package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.role.ReplyRoute;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules of the server share: configuration, leases, offers, and the ways to answer. */
final class ServerState {
    private static final int HOST_NAME_CHARS_MAX = 63;
    private static final int AGENT_INFORMATION_BYTES_MAX = 255;

    final LeaseTable table;
    final Offers offers;
    final Records records;
    final Bindings bindings;
    final ReplyRoute route;
    final ServerEvents events;
    Networks networks;
    Replies replies;
    HostInterfaces interfaces = new HostInterfaces(List.of());

    ServerState(ServerConfig config, LeaseTable table, ReplyRoute route, ServerEvents events) {
        this.table = table;
        this.offers = new Offers(table::hash);
        Unsettled unsettled = new Unsettled();
        this.bindings = new Bindings(table, offers, unsettled);
        this.route = route;
        this.events = events;
        this.networks = new Networks(config);
        this.replies = new Replies(config.classes());
        this.records = new Records(table, offers, unsettled, networks);
    }

    void configure(ServerConfig config) {
        networks = new Networks(config);
        replies = new Replies(config.classes());
        records.configure(networks);
    }

    /** The clock was set: all that has a time moves with it. */
    void shift(long seconds) {
        records.shift(seconds);
        offers.shift(seconds * 1000);
    }

    Decision<List<LeaseChange>> drop(Request request, ServerDrop reason) {
        return drop(request.arrival(), reason);
    }

    Decision<List<LeaseChange>> drop(Arrival arrival, ServerDrop reason) {
        events.dropped(arrival, reason);
        return new Decision.Drop<>(reason);
    }

    Decision<List<LeaseChange>> reply(
            Request request, Message reply, Ip4Address address, String why) {
        MessageType type = reply.type();
        events.answered(request.arrival(), type == null ? MessageType.ACK : type, address, why);
        return new Decision.Reply<>(route.route(request.arrival(), reply, interfaces));
    }

    Decision<List<LeaseChange>> nak(Request request, Ip4Address serverId, String why) {
        return reply(request, replies.nak(request, serverId, why), Ip4Address.ZERO, why);
    }

    /**
     * Gives the client an address: an ACK, after its lease is durable. A lease that is younger than
     * a quarter of its time and says the same is given again as it is, for the time that remains
     * and without writing.
     */
    Decision<List<LeaseChange>> bind(Request request, Bindings.Client client, Ip4Address address) {
        ServedSubnet subnet = subnetOf(client, address);
        Settings settings = subnet.config().settings();
        // Rounded up: the lease on record ends no sooner than the client's own count of seconds.
        long now = Math.ceilDiv(client.nowMillis(), 1000L);
        long seconds = leaseSeconds(request.message(), settings);
        Lease former = table.get(address);
        Lease lease =
                new Lease(
                        address,
                        client.key(),
                        request.hardware(),
                        Lease.State.BOUND,
                        now,
                        end(former, client.key(), now, seconds),
                        hostName(request.message()),
                        kept(request.agent()),
                        keptServerId(request, former, client.key()));
        offers.forget(client.key());
        Ip4Address serverId = serverId(request, lease);
        if (former != null && young(former, lease, now)) {
            long remaining =
                    former.endSeconds() == Lease.FOREVER
                            ? Settings.INFINITE
                            : former.endSeconds() - now;
            Message ack =
                    ack(request, subnet, client, address, serverId, Math.min(remaining, seconds));
            return reply(request, ack, address, "lease is young, not written again");
        }
        boolean extended =
                former != null && former.client().equals(client.key()) && former.holds(now);
        List<LeaseChange> changes = new ArrayList<>(2);
        FormerLeases.end(this, client, address, changes);
        changes.add(records.put(lease));
        records.writeAgain(changes);
        Message ack = ack(request, subnet, client, address, serverId, seconds);
        events.answered(
                request.arrival(),
                MessageType.ACK,
                address,
                extended ? "lease extended" : "new lease");
        return new Decision.CommitThenReply<>(
                changes, route.route(request.arrival(), ack, interfaces));
    }

    /**
     * Until when a lease is on record. No sooner than its client was told before: the ACK that
     * shortens the lease may be lost. One without an end would never be free again, and is
     * shortened all the same.
     */
    private static long end(@Nullable Lease former, ClientKey client, long now, long seconds) {
        if (seconds == Settings.INFINITE) {
            return Lease.FOREVER;
        }
        if (former == null
                || former.state() != Lease.State.BOUND
                || !former.client().equals(client)
                || former.endSeconds() == Lease.FOREVER) {
            return now + seconds;
        }
        return Math.max(now + seconds, former.endSeconds());
    }

    private Message ack(
            Request request,
            ServedSubnet subnet,
            Bindings.Client client,
            Ip4Address address,
            Ip4Address serverId,
            long seconds) {
        return replies.grant(
                request,
                new Replies.Grant(
                        MessageType.ACK,
                        subnet,
                        reservationAt(client, address),
                        address,
                        serverId,
                        Replies.Times.of(seconds, subnet.config().settings())));
    }

    private boolean young(Lease former, Lease wanted, long now) {
        boolean sameFacts =
                former.state() == Lease.State.BOUND
                        && former.holds(now)
                        && former.client().equals(wanted.client())
                        && former.hardware().equals(wanted.hardware())
                        && former.hostName().equals(wanted.hostName())
                        && former.agentInformation().equals(wanted.agentInformation())
                        && former.serverId().equals(wanted.serverId());
        if (!sameFacts || !records.settled(former)) {
            return false;
        }
        if (former.endSeconds() == Lease.FOREVER || wanted.endSeconds() == Lease.FOREVER) {
            return former.endSeconds() == wanted.endSeconds();
        }
        long formerSeconds = former.endSeconds() - former.startSeconds();
        boolean sameTime = formerSeconds == wanted.endSeconds() - wanted.startSeconds();
        return sameTime && (now - former.startSeconds()) * 4 < formerSeconds;
    }

    ServedSubnet subnetOf(Bindings.Client client, Ip4Address address) {
        ServedSubnet subnet = client.network().subnetOf(address);
        return subnet == null ? client.network().first() : subnet;
    }

    /**
     * The client's reservation where it is the address given; options of a reservation go with its
     * address.
     */
    @Nullable Reservation reservationAt(Bindings.Client client, Ip4Address address) {
        Reservation reservation = client.reservation();
        return reservation != null && reservation.address().equals(address) ? reservation : null;
    }

    /** The lease time: the client's wish (51) within the subnet's bounds, else the subnet's own. */
    static long leaseSeconds(Message message, Settings settings) {
        byte[] wish = message.raw(OptionCode.LEASE_TIME);
        if (wish == null || wish.length != 4) {
            return settings.leaseSeconds();
        }
        long seconds = new Cursor(wish).u32() & 0xffff_ffffL;
        return Math.max(settings.minLeaseSeconds(), Math.min(seconds, settings.maxLeaseSeconds()));
    }

    /**
     * A client that renews speaks to us without its relay (RFC 2131 §4.4.5), so what the relay said
     * is missing: on its word a reservation, a class and the server id may stand. It is on record
     * with the lease.
     */
    Request remembering(Request request, ClientKey key) {
        boolean direct =
                !request.relayed()
                        && request.unicast(interfaces)
                        && request.agent().raw().length() == 0;
        boolean keeps =
                request.type() == MessageType.REQUEST && !request.namesServer()
                        || request.type() == MessageType.INFORM;
        if (!direct || !keeps) {
            return request;
        }
        Lease lease = table.get(request.message().ciaddr());
        if (lease == null
                || lease.state() != Lease.State.BOUND
                || !lease.holds(request.nowSeconds())
                || !lease.client().equals(key)) {
            return request;
        }
        AgentInformation said = AgentInformation.parse(lease.agentInformation().toBytes());
        return said == null ? request : request.withAgent(said);
    }

    /** What of option 82 goes on record: no more than one relay can say (RFC 3046 §2.0). */
    static Octets kept(AgentInformation agent) {
        return agent.raw().length() <= AGENT_INFORMATION_BYTES_MAX ? agent.raw() : Octets.EMPTY;
    }

    /**
     * The server id that a relay put in place of ours (RFC 5107), kept through renewals that come
     * without it.
     */
    private Ip4Address keptServerId(Request request, @Nullable Lease former, ClientKey client) {
        if (!request.agent().serverIdOverride().isZero()) {
            return request.agent().serverIdOverride();
        }
        // A client that chose our own id in an OFFER is known by that from then on.
        boolean renewal =
                !request.relayed()
                        && !request.namesServer()
                        && request.unicast(interfaces)
                        && request.type() == MessageType.REQUEST;
        return renewal && former != null && former.client().equals(client)
                ? former.serverId()
                : Ip4Address.ZERO;
    }

    /**
     * Option 54 of a reply: the relay's override, else the address that was asked, else the
     * interface's primary.
     */
    Ip4Address serverId(Request request, @Nullable Lease lease) {
        if (!request.agent().serverIdOverride().isZero()) {
            return request.agent().serverIdOverride();
        }
        if (lease != null && !lease.serverId().isZero()) {
            return lease.serverId();
        }
        Ip4Address asked = request.arrival().destination();
        return interfaces.isOwn(asked)
                ? asked
                : interfaces.primary(request.arrival().interfaceIndex());
    }

    /**
     * True when option 54 means this server: any address of its own, or what a relay says in its
     * place. 0.0.0.0 is nobody's, and what stands for a relay that said nothing.
     */
    boolean isOurs(Request request, @Nullable Lease lease) {
        Ip4Address serverId = request.serverId();
        return !serverId.isZero()
                && (interfaces.isOwn(serverId)
                        || serverId.equals(request.agent().serverIdOverride())
                        || lease != null && serverId.equals(lease.serverId()));
    }

    /**
     * The host name as it can be shown anywhere: letters, digits, hyphens, dots and underscores of
     * option 12.
     */
    static String hostName(Message message) {
        byte[] value = message.raw(OptionCode.HOST_NAME);
        if (value == null || value.length == 0) {
            return "";
        }
        StringBuilder clean = new StringBuilder(Math.min(value.length, HOST_NAME_CHARS_MAX));
        for (char c : new String(value, StandardCharsets.ISO_8859_1).toCharArray()) {
            boolean fine =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '-'
                            || c == '_'
                            || c == '.'
                                    && !clean.isEmpty()
                                    && clean.charAt(clean.length() - 1) != '.';
            if (fine && clean.length() < HOST_NAME_CHARS_MAX) {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
