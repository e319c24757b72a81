package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The UDP sockets that are open, kept in step with the addresses there are. One for each address of
 * a served interface and one for each address to listen on that this host has; one on
 * 255.255.255.255 and one on each broadcast address of a served interface, when any interface is
 * served. With "*" a single one on 0.0.0.0 takes the place of all, since every broadcast would come
 * once to each of them.
 */
final class SocketSet {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");
    private static final int FREE_PORT_TRIES_MAX = 16;

    private LinkOptions options;
    private final Poller poller;
    private final MemorySegment state;
    private final Map<Endpoint, BoundSocket> open = new LinkedHashMap<>();
    private final Broadcasters broadcasters;
    private double discoverShare = 1;

    /** What was told of addresses that cannot be had, so that trying again says nothing new. */
    private final Map<Endpoint, String> told = new HashMap<>();

    private volatile @Nullable BoundSocket[] byDescriptor = new BoundSocket[64];
    private final int[] ports;

    /** For each port the socket to send by. */
    private final AtomicIntegerArray senders;

    /** What a socket is bound to. */
    private record Endpoint(Ip4Address address, int port) {}

    SocketSet(Arena arena, LinkOptions options, Poller poller) {
        this.options = options;
        this.poller = poller;
        this.state = Kernel.newState(arena);
        this.broadcasters = new Broadcasters(arena);
        this.ports = options.ports();
        this.senders = new AtomicIntegerArray(ports.length);
        chooseSenders();
    }

    /** Opens what is missing; the first failure ends it. */
    void openAll(InterfaceTable table) throws LinkException {
        if (!options.inherited().isEmpty()) {
            adoptAll(table);
            return;
        }
        if (ports[0] == 0) {
            openAtFreePort(table);
        } else {
            openAtPorts(table);
        }
        broadcasters.open(table, options, ports[0], open.values());
    }

    private void openAtPorts(InterfaceTable table) throws LinkException {
        for (Map.Entry<Endpoint, BoundSocket.Kind> each : wanted(table).entrySet()) {
            try {
                open(each.getKey(), each.getValue());
            } catch (BindException e) {
                throw new LinkException(sentence(each.getKey(), e));
            }
        }
    }

    /** The kernel picks a port for the first socket; one that the others cannot have is let go. */
    private void openAtFreePort(InterfaceTable table) throws LinkException {
        for (int attempt = 1; ; attempt++) {
            Endpoint next = null;
            try {
                for (Map.Entry<Endpoint, BoundSocket.Kind> each : wanted(table).entrySet()) {
                    boolean free = each.getKey().port() == 0;
                    next = free ? new Endpoint(each.getKey().address(), ports[0]) : each.getKey();
                    open(next, each.getValue());
                }
                return;
            } catch (BindException e) {
                if (next == null || e.errno != Abi.EADDRINUSE || attempt == FREE_PORT_TRIES_MAX) {
                    throw new LinkException(
                            next == null ? String.valueOf(e.getMessage()) : sentence(next, e));
                }
                closeAll();
                ports[0] = 0;
            }
        }
    }

    private void adoptAll(InterfaceTable table) throws LinkException {
        for (int fd : options.inherited()) {
            BoundSocket socket = BoundSocket.adopt(fd, table);
            if (IntStream.of(ports).noneMatch(port -> port == socket.port)) {
                throw new LinkException(
                        "the socket passed as descriptor "
                                + fd
                                + " is on port "
                                + socket.port
                                + ", expected "
                                + options.port());
            }
            take(new Endpoint(socket.address, socket.port), socket);
        }
        for (int way = 0; way < ports.length; way++) {
            if (senders.get(way) < 0) {
                throw new LinkException("no socket was passed for port " + ports[way]);
            }
        }
    }

    /**
     * Closes what stands on an address that has gone, and opens what is missing.
     *
     * @return how many could not be opened
     */
    int reconcile(InterfaceTable table, LinkOptions wantedOptions) {
        options = wantedOptions;
        if (!options.inherited().isEmpty()) {
            return 0;
        }
        Map<Endpoint, BoundSocket.Kind> wanted = wanted(table);
        if (opened().equals(wanted) && broadcasters.suit(table, options, ports[0])) {
            return 0;
        }
        // They stand where others are to be bound.
        broadcasters.closeAll();
        for (BoundSocket each : List.copyOf(open.values())) {
            Endpoint stood = new Endpoint(each.address, each.port);
            if (wanted.get(stood) != each.kind) {
                close(each);
                LOG.log(System.Logger.Level.INFO, text(stood) + " is gone, and not served");
            }
        }
        told.keySet().retainAll(wanted.keySet());
        int failed = 0;
        for (Map.Entry<Endpoint, BoundSocket.Kind> each : wanted.entrySet()) {
            if (!open.containsKey(each.getKey())) {
                failed += tryOpen(each.getKey(), each.getValue()) ? 0 : 1;
            }
        }
        broadcasters.open(table, options, ports[0], open.values());
        return failed;
    }

    private Map<Endpoint, BoundSocket.Kind> opened() {
        Map<Endpoint, BoundSocket.Kind> kinds = new HashMap<>();
        open.forEach((endpoint, socket) -> kinds.put(endpoint, socket.kind));
        return kinds;
    }

    private boolean tryOpen(Endpoint endpoint, BoundSocket.Kind kind) {
        try {
            open(endpoint, kind);
            told.remove(endpoint);
            LOG.log(System.Logger.Level.INFO, "listening on " + text(endpoint));
            return true;
        } catch (BindException e) {
            // Who holds a port is looked for among all processes: not at each attempt.
            if (isNew(endpoint, Abi.errorText(e.errno))) {
                tell(sentence(endpoint, e));
            }
        } catch (LinkException e) {
            String why = String.valueOf(e.getMessage());
            if (isNew(endpoint, why)) {
                tell(why);
            }
        }
        return false;
    }

    private boolean isNew(Endpoint endpoint, String failure) {
        return !failure.equals(told.put(endpoint, failure));
    }

    private static void tell(String failure) {
        LOG.log(System.Logger.Level.ERROR, failure + "; it is tried again");
    }

    private Map<Endpoint, BoundSocket.Kind> wanted(InterfaceTable table) {
        Map<Endpoint, BoundSocket.Kind> wanted = new LinkedHashMap<>();
        for (int port : ports) {
            wantedAddresses(table)
                    .forEach((address, kind) -> wanted.put(new Endpoint(address, port), kind));
        }
        return wanted;
    }

    private Map<Ip4Address, BoundSocket.Kind> wantedAddresses(InterfaceTable table) {
        Map<Ip4Address, BoundSocket.Kind> wanted = new LinkedHashMap<>();
        if (options.everyAddress()) {
            wanted.put(Ip4Address.ZERO, BoundSocket.Kind.WILDCARD);
            return wanted;
        }
        if (!options.interfaces().isEmpty()) {
            wanted.put(Ip4Address.BROADCAST, BoundSocket.Kind.BROADCAST);
        }
        List<InterfaceAddress> served =
                table.servedAddresses().stream()
                        .filter(each -> !options.onlyListed() || isListed(each.address()))
                        .toList();
        for (InterfaceAddress each : served) {
            if (!options.shared()) {
                wanted.put(each.address(), BoundSocket.Kind.UNICAST);
            }
        }
        for (String each : options.listen()) {
            Ip4Address address = Ip4Address.parse(each);
            if (table.has(address)) {
                wanted.put(address, BoundSocket.Kind.UNICAST);
            }
        }
        for (InterfaceAddress each : served) {
            if (each.prefixBits() < 31) {
                wanted.putIfAbsent(each.network().last(), BoundSocket.Kind.BROADCAST);
            }
        }
        return wanted;
    }

    private boolean isListed(Ip4Address address) {
        return options.listen().contains(address.toString());
    }

    private void open(Endpoint endpoint, BoundSocket.Kind kind)
            throws BindException, LinkException {
        BoundSocket socket =
                BoundSocket.open(
                        endpoint.address(),
                        endpoint.port(),
                        kind,
                        options.device(),
                        options.shared());
        if (endpoint.port() == 0) {
            ports[0] = socket.port;
        }
        take(new Endpoint(socket.address, socket.port), socket);
        if (shedsDiscovers()) {
            filter(socket);
        }
    }

    private void take(Endpoint endpoint, BoundSocket socket) throws LinkException {
        try {
            poller.add(socket.fd);
        } catch (LinkException e) {
            socket.close(state);
            throw e;
        }
        if (socket.fd >= byDescriptor.length) {
            byDescriptor = Arrays.copyOf(byDescriptor, socket.fd * 2);
        }
        byDescriptor[socket.fd] = socket;
        open.put(endpoint, socket);
        chooseSenders();
    }

    /**
     * Lets a share of the DISCOVERs in; see {@link Transport#admitDiscovers}. Sockets that were
     * passed in stay as they are: the filter would be there after the end of this process.
     */
    void admitDiscovers(double share) {
        discoverShare = share;
        if (options.inherited().isEmpty()) {
            open.values().forEach(this::filter);
        }
    }

    private void filter(BoundSocket socket) {
        if (!shedsDiscovers()) {
            PacketFilter.detach(state, socket.fd);
            return;
        }
        try {
            PacketFilter.attach(state, socket.fd, PacketFilter.someDiscovers(discoverShare));
            socket.sheds = true;
        } catch (LinkException e) {
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    private void close(BoundSocket socket) {
        byDescriptor[socket.fd] = null;
        open.remove(new Endpoint(socket.address, socket.port));
        chooseSenders();
        socket.close(state);
    }

    /** The first opened is the one that stays longest: 255.255.255.255, or 0.0.0.0. */
    private void chooseSenders() {
        for (int i = 0; i < ports.length; i++) {
            int fd = -1;
            for (BoundSocket each : open.values()) {
                if (each.port == ports[i]) {
                    fd = each.fd;
                    break;
                }
            }
            senders.set(i, fd);
        }
    }

    /** The port that is sent from, where a message names none. */
    int port() {
        return ports[0];
    }

    /** How many ports can be sent from. */
    int ways() {
        return ports.length;
    }

    /**
     * Which of the ways leaves from a port, 0 being the link's own; -1 when none does, or when no
     * socket is open.
     */
    int wayFrom(int port) {
        int way = 0;
        while (port != 0 && way < ports.length && ports[way] != port) {
            way++;
        }
        return way < ports.length && senders.get(way) >= 0 ? way : -1;
    }

    /** The socket to send by, -1 when there is none. The control message says the source. */
    int sendDescriptor(int way) {
        return senders.get(way);
    }

    /** The socket to broadcast by from an address of an interface, -1 when there is none. */
    int broadcastDescriptor(int way, int interfaceIndex, int source, int port) {
        return way == 0 ? broadcasters.descriptor(interfaceIndex, source, port) : -1;
    }

    /** The open socket with this descriptor, if there is one. */
    @Nullable BoundSocket at(int descriptor) {
        @Nullable BoundSocket[] all = byDescriptor;
        return descriptor < all.length ? all[descriptor] : null;
    }

    boolean shedsDiscovers() {
        return discoverShare != 1;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** What the operator has to know about a socket that cannot be had. */
    private static String sentence(Endpoint endpoint, BindException e) {
        return sentence(endpoint.address(), endpoint.port(), e);
    }

    /** What the operator has to know about a socket that cannot be had. */
    static String sentence(Ip4Address address, int port, BindException e) {
        String what = "cannot listen on " + address + " port " + port + ": ";
        return switch (e.errno) {
            case Abi.EADDRINUSE -> what + "the port is in use" + PortHolder.describe(address, port);
            case Abi.EACCES, Abi.EPERM ->
                    what + "not permitted: needs root or CAP_NET_BIND_SERVICE";
            default -> what + Abi.errorText(e.errno);
        };
    }

    private static String text(Endpoint endpoint) {
        return endpoint.address() + " port " + endpoint.port();
    }

    void closeAll() {
        broadcasters.closeAll();
        for (BoundSocket each : new ArrayList<>(open.values())) {
            close(each);
        }
    }
}
