package io.leasehold.service.client;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.client.AnswerRules.Wanted;
import io.leasehold.service.client.Conversation.Route;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP client (RFC 2131 §4.4). It asks, takes the first answer that can be used, and asks again
 * when none comes. What else comes, however hostile, is counted and never thrown. It sets no
 * interface up: what it is given is for its caller to use. For one thread, but for {@link #stop}.
 *
 * <p>A lease of an interface that has no address yet, kept for an hour, then given back:
 *
 * <pre>{@code
 * try (ClientWire wire = ClientWire.onLink("eth0", null);
 *         DhcpClient client = DhcpClient.open(wire, ClientSettings.of(wire.hardware()))) {
 *     if (client.acquire(Duration.ofSeconds(30)) instanceof Acquisition.Bound bound) {
 *         ClientLease lease = bound.lease();
 *         LeaseKeeper keeper = client.keeper(lease);
 *         keeper.run(Duration.ofHours(1), System.out::println);
 *         client.release(keeper.lease());
 *     }
 * }
 * }</pre>
 */
public final class DhcpClient implements AutoCloseable {
    private final ClientWire wire;
    private final ClientSettings settings;
    private final ClientMessages messages;
    private final Conversation conversation;

    /**
     * A client with a clock and random of the caller's.
     *
     * @param wire how its messages go; closed with the client
     * @param clock only its boot clock is looked at; time must pass on it while the wire waits
     * @param random where transaction ids and the spread of waits come from; what can be foretold
     *     lets strangers forge answers
     */
    public DhcpClient(
            ClientWire wire, ClientSettings settings, ServiceClock clock, RandomGenerator random) {
        this.wire = wire;
        this.settings = settings;
        this.messages = new ClientMessages(settings);
        this.conversation = new Conversation(wire, clock, random);
    }

    /** A client with this host's clock and random. */
    public static DhcpClient open(ClientWire wire, ClientSettings settings) {
        return new DhcpClient(wire, settings, ServiceClock.ofHost(), new SecureRandom());
    }

    public ClientSettings settings() {
        return settings;
    }

    /** A transaction id that was not used before, but for chance. */
    public int newXid() {
        return conversation.newXid();
    }

    /**
     * Sends a message and waits for no answer. It leaves from its ciaddr.
     *
     * @param destination the address it goes to; on a UDP wire all goes to its server
     * @throws IOException when it cannot be sent
     */
    public void send(Message message, Ip4Address destination) throws IOException {
        conversation.send(message, route(destination));
    }

    /**
     * Sends a message of any kind by broadcast, again and again (RFC 2131 §4.1), and takes the
     * first reply to it: with its xid, and its hardware address.
     *
     * @param limit how long to wait in all; it is sent once at least
     * @return null when no reply came
     * @throws IOException when the wire is broken
     */
    public @Nullable Answer ask(Message message, Duration limit) throws IOException {
        return ask(message, Ip4Address.BROADCAST, limit);
    }

    /** As {@link #ask(Message, Duration)}, to one server. */
    public @Nullable Answer ask(Message message, Ip4Address destination, Duration limit)
            throws IOException {
        return ask(secs -> message, route(destination), Wanted.ANY, limit.toMillis());
    }

    /**
     * Sends a DISCOVER, and takes the first OFFER with an address and a server identifier; or the
     * ACK of a server that takes part in rapid commit, if option 80 is asked for (RFC 4039).
     *
     * @return null when none came
     * @throws IOException when the wire is broken
     */
    public @Nullable Answer discover(Duration limit) throws IOException {
        int xid = newXid();
        return ask(
                secs -> messages.discover(xid, secs),
                Route.EVERYONE,
                Wanted.OFFER,
                limit.toMillis());
    }

    /**
     * Takes up an OFFER: REQUEST in the state SELECTING.
     *
     * @param offer as {@link #discover} returned it
     * @throws IOException when the wire is broken
     */
    public Acquisition request(Answer offer, Duration limit) throws IOException {
        // RFC 2131 §4.3.2: the same secs as in the DISCOVER.
        long secs = (offer.cameMillis() - offer.sentMillis()) / 1000;
        Message request = messages.select(offer.message(), (int) secs);
        Answer answer = ask(again -> request, Route.EVERYONE, Wanted.LEASE, limit.toMillis());
        Ip4Address server = offer.message().get(Options.SERVER_ID).or(Ip4Address.ZERO);
        return acquisition(answer, server);
    }

    /**
     * Does the whole exchange, DISCOVER to ACK, for the first OFFER that comes. A NAK ends it; the
     * caller may begin anew.
     *
     * @param limit how long it may take in all
     * @throws IOException when the wire is broken
     */
    public Acquisition acquire(Duration limit) throws IOException {
        long begun = conversation.nowMillis();
        Answer offer = discover(limit);
        if (offer == null) {
            return new Acquisition.Silence(MessageType.DISCOVER);
        }
        if (offer.message().type() == MessageType.ACK) {
            return bound(offer, Ip4Address.ZERO);
        }
        return request(offer, limit.minusMillis(conversation.nowMillis() - begun));
    }

    /**
     * Asks for an address that the client had before: REQUEST in the state INIT-REBOOT. A server
     * that knows nothing of it is silent.
     *
     * @throws IOException when the wire is broken
     */
    public Acquisition reboot(Ip4Address address, Duration limit) throws IOException {
        int xid = newXid();
        Answer answer =
                ask(
                        secs -> messages.reboot(xid, secs, address),
                        Route.EVERYONE,
                        Wanted.LEASE,
                        limit.toMillis());
        return acquisition(answer, Ip4Address.ZERO);
    }

    /**
     * Asks once for more time: REQUEST in the state RENEWING, to the server of the lease.
     *
     * @throws IOException when the wire is broken
     */
    public Acquisition renew(ClientLease lease, Duration limit) throws IOException {
        return extend(lease, toServer(lease), limit.toMillis());
    }

    /**
     * Asks every server for more time: REQUEST in the state REBINDING.
     *
     * @throws IOException when the wire is broken
     */
    public Acquisition rebind(ClientLease lease, Duration limit) throws IOException {
        return extend(lease, Route.EVERYONE, limit.toMillis());
    }

    private Acquisition extend(ClientLease lease, Route route, long limitMillis)
            throws IOException {
        long now = conversation.nowMillis();
        // Once: when to ask again in these states is another rule (§4.4.5).
        Message request = sendExtension(lease, route);
        Answer answer = conversation.await(request, Wanted.LEASE, now, now + limitMillis);
        return acquisition(answer, lease.server());
    }

    Message sendExtension(ClientLease lease, Route route) throws IOException {
        Message request = messages.extend(newXid(), 0, lease.address());
        conversation.send(request, route);
        return request;
    }

    /** The way to the server of a lease; to everyone where the ACK did not name it. */
    static Route toServer(ClientLease lease) {
        return lease.server().isZero()
                ? Route.EVERYONE
                : new Route(lease.server(), lease.nextHop(lease.server()));
    }

    /**
     * Asks for configuration alone, for an address that the host has otherwise (INFORM).
     *
     * @param own the host's address
     * @return the ACK; null when none came
     * @throws IOException when the wire is broken
     */
    public @Nullable Answer inform(Ip4Address own, Duration limit) throws IOException {
        int xid = newXid();
        return ask(
                secs -> messages.inform(xid, secs, own),
                Route.EVERYONE,
                Wanted.ACK,
                limit.toMillis());
    }

    /**
     * Gives an address back (RELEASE). There is no answer to wait for.
     *
     * @throws IOException when it cannot be sent
     */
    public void release(ClientLease lease) throws IOException {
        conversation.send(messages.release(newXid(), lease), toServer(lease));
        letGo();
    }

    /**
     * Says that an address is in use by another (DECLINE). There is no answer to wait for; a client
     * waits ten seconds before it begins anew (RFC 2131 §3.1 step 5).
     *
     * @param why for the server's log (option 56); empty for nothing
     * @throws IOException when it cannot be sent
     */
    public void decline(ClientLease lease, String why) throws IOException {
        conversation.send(messages.decline(newXid(), lease, why), Route.EVERYONE);
        letGo();
    }

    /** What keeps a lease for as long as it is {@linkplain LeaseKeeper#run run}. */
    public LeaseKeeper keeper(ClientLease lease) {
        return new LeaseKeeper(this, conversation, lease);
    }

    /**
     * Ends what this client waits for, from any thread: within a fifth of a second it returns as if
     * its time were over, and so does whatever it is asked for later.
     */
    public void stop() {
        conversation.stop();
    }

    /** What came and was not taken for an answer, by the reason. */
    public Map<Ignored, Long> ignored() {
        return conversation.ignored();
    }

    /** The address is no longer the client's. */
    void letGo() {
        wire.hold(Ip4Address.ZERO);
    }

    private static Route route(Ip4Address destination) {
        return destination.equals(Ip4Address.BROADCAST)
                ? Route.EVERYONE
                : new Route(destination, destination);
    }

    private @Nullable Answer ask(
            LongFunction<Message> message, Route route, Wanted wanted, long limitMillis)
            throws IOException {
        return conversation.ask(message, route, wanted, settings.retransmission(), limitMillis);
    }

    Acquisition acquisition(@Nullable Answer answer, Ip4Address server) {
        if (answer == null) {
            return new Acquisition.Silence(MessageType.REQUEST);
        }
        return answer.message().type() == MessageType.NAK
                ? new Acquisition.Refused(answer.message())
                : bound(answer, server);
    }

    private Acquisition bound(Answer answer, Ip4Address server) {
        ClientLease lease = ClientLease.of(answer.message(), server, answer.sentMillis());
        if (lease == null) {
            throw new AssertionError("an ACK was taken that gives no lease: " + answer);
        }
        wire.hold(lease.address());
        return new Acquisition.Bound(lease);
    }

    @Override
    public void close() {
        wire.close();
    }
}
