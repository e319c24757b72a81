package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.role.ReplyRoute;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.server.config.ServerConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP server's rules (RFC 2131 §4.3): what is answered to whom. It has the leases in memory, and
 * no socket, clock or thread; one thread calls it.
 */
public final class Server implements Role<List<LeaseChange>> {
    private final ServerState state;
    private final Discovery discovery;
    private final Requests requests;
    private final Notices notices;

    /**
     * @param config what to serve
     * @param table the leases on record; the server's own from here on
     * @param serverPort the port of servers and relays, usually 67
     * @param clientPort the port of clients, usually 68
     * @param events hears what is decided
     */
    public Server(
            ServerConfig config,
            LeaseTable table,
            int serverPort,
            int clientPort,
            ServerEvents events) {
        this.state =
                new ServerState(
                        config,
                        table,
                        new ReplyRoute(serverPort, clientPort, Ip4Address.BROADCAST),
                        events);
        this.discovery = new Discovery(state);
        this.requests = new Requests(state);
        this.notices = new Notices(state);
    }

    /** Tells which interfaces there are, at the start and whenever they change. */
    public void interfaces(List<HostInterface> interfaces) {
        state.interfaces = new HostInterfaces(interfaces);
        state.bindings.interfaces(state.interfaces);
    }

    /** Serves by another configuration from now on; leases and offers stay. */
    public void configure(ServerConfig config) {
        state.configure(config);
    }

    /** Looks at leases that have ended, a bounded number; to be called every second or so. */
    public void settleEnded(long nowSeconds) {
        state.networks.forEachSubnet(subnet -> subnet.pool().settle(nowSeconds));
    }

    /** The leases on record. */
    public LeaseTable table() {
        return state.table;
    }

    /**
     * The clock was set by this much: everything on record moves with it, so that no lease becomes
     * longer or shorter.
     *
     * @return the change that the store must know
     */
    public LeaseChange shift(long seconds) {
        state.shift(seconds);
        return new LeaseChange.Shift(seconds);
    }

    /**
     * Frees an address that was declined or found in use.
     *
     * @return the change that makes it durable; null when the address is not kept away
     */
    public @Nullable LeaseChange clear(Ip4Address address, long nowSeconds) {
        Lease lease = state.table.get(address);
        boolean keptAway =
                lease != null
                        && (lease.state() == Lease.State.DECLINED
                                || lease.state() == Lease.State.CONFLICT);
        return lease != null && keptAway
                ? state.records.put(Records.ended(lease, nowSeconds))
                : null;
    }

    /** How many addresses are held for clients that were offered them. */
    int offersHeld() {
        return state.offers.size();
    }

    @Override
    public Decision<List<LeaseChange>> decide(Arrival arrival) {
        return switch (Request.read(arrival)) {
            case Request.Reading.Unreadable unreadable -> state.drop(arrival, unreadable.reason());
            case Request.Reading.Understood understood -> {
                OptionalOptions.tellMalformed(arrival, state.events);
                yield decide(understood.request());
            }
        };
    }

    private Decision<List<LeaseChange>> decide(Request request) {
        Ip4Address giaddr = request.message().giaddr();
        if (request.relayed() && !canBeRelay(giaddr)) {
            return state.drop(request, ServerDrop.INVALID_RELAY_ADDRESS);
        }
        if (mayBeAnsweredAtCiaddr(request) && isEdge(request.message().ciaddr())) {
            // Through routers a reply would become a broadcast there.
            return state.drop(request, ServerDrop.INVALID_CLIENT_ADDRESS);
        }
        ServedNetwork network = state.networks.select(request, state.interfaces);
        if (network == null) {
            return state.drop(request, ServerDrop.UNKNOWN_NETWORK);
        }
        if (state.interfaces.serverAddress(request.arrival()).isZero()) {
            return state.drop(request, ServerDrop.NO_SERVER_ADDRESS);
        }
        ClientKey key = network.first().keyOf(request);
        Request whole = key == null ? request : state.remembering(request, key);
        if (request.type() == MessageType.INFORM) {
            return notices.inform(whole, network);
        }
        if (key == null) {
            return state.drop(request, ServerDrop.NO_IDENTITY);
        }
        return decide(
                whole,
                state.bindings.client(
                        network,
                        key,
                        network.reservationOf(whole),
                        giaddr,
                        request.arrival().nowMillis()));
    }

    private boolean canBeRelay(Ip4Address giaddr) {
        return state.interfaces.canBeOtherHost(giaddr) && !isEdge(giaddr);
    }

    /** A renewal is answered there only where it is the client's lease; that needs no look. */
    private boolean mayBeAnsweredAtCiaddr(Request request) {
        Ip4Address ciaddr = request.message().ciaddr();
        return !ciaddr.isZero()
                && (request.type() != MessageType.REQUEST || request.namesServer())
                && state.interfaces.canBeHost(ciaddr);
    }

    /** True for the network's own and the broadcast address of any subnet that is served. */
    private boolean isEdge(Ip4Address address) {
        ServedSubnet subnet = state.networks.subnetOf(address);
        return subnet != null && subnet.isEdge(address);
    }

    private Decision<List<LeaseChange>> decide(Request request, Bindings.Client client) {
        return switch (request.type()) {
            case null -> notices.bootp(request, client);
            case DISCOVER -> discovery.discover(request, client);
            case REQUEST -> requests.request(request, client);
            case RELEASE -> notices.release(request, client);
            case DECLINE -> notices.decline(request, client);
            case INFORM, OFFER, ACK, NAK -> state.drop(request, ServerDrop.UNEXPECTED_TYPE);
        };
    }

    @Override
    public Decision<List<LeaseChange>> asked(Object token, boolean answered, long nowMillis) {
        return discovery.asked(token, answered, nowMillis);
    }

    @Override
    public void settled(List<LeaseChange> changes, boolean durable) {
        state.records.settle(changes, durable);
    }
}
