package io.leasehold.link;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a link listens on.
 *
 * @param interfaces names of the interfaces whose clients are served, or {@code "*"} for all: their
 *     broadcasts are taken, and each of their addresses is listened on; may be empty where only
 *     relays are served
 * @param listen further addresses to listen on, wherever they stand, or {@code "*"} for every
 *     address of this host
 * @param port the UDP port listened on, and sent from unless a message says otherwise: 67; 0 takes
 *     one that is free
 * @param morePorts further UDP ports listened on, which messages may be sent from (RFC 8357)
 * @param helped for whom neighbour entries are made by a process of their own, which keeps
 *     CAP_NET_ADMIN while this one gives it up; null when this process makes them itself
 * @param inherited sockets that whoever started the process has opened and bound, by their
 *     descriptors; where there are any, none is opened
 * @param pings whether addresses will be pinged
 * @param device the interface that every socket keeps to: nothing else reaches them, and others may
 *     have the same port on other interfaces; null for none
 * @param onlyListed whether of the interfaces served only those addresses are listened on that
 *     {@code listen} has, and the broadcasts
 * @param shared whether another program of this host may be bound to the same; then no unicasts to
 *     the interfaces are taken but at what {@code listen} has
 */
public record LinkOptions(
        List<String> interfaces,
        List<String> listen,
        int port,
        List<Integer> morePorts,
        @Nullable NeighbourScope helped,
        List<Integer> inherited,
        boolean pings,
        @Nullable String device,
        boolean onlyListed,
        boolean shared) {
    /** The address that stands for all. */
    public static final String EVERY_ADDRESS = "*";

    /** The name of an interface that stands for all. */
    public static final String EVERY_INTERFACE = "*";

    public LinkOptions {
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
        morePorts = List.copyOf(morePorts);
        if (port != 0) {
            check(port);
        }
        morePorts.forEach(LinkOptions::check);
        inherited = List.copyOf(inherited);
    }

    private static void check(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
    }

    /** Serves some interfaces on the port of the protocol. */
    public static LinkOptions of(String... interfaces) {
        return new LinkOptions(
                List.of(interfaces),
                List.of(),
                67,
                List.of(),
                null,
                List.of(),
                true,
                null,
                false,
                false);
    }

    /** Serves other interfaces. */
    public LinkOptions withInterfaces(List<String> names) {
        Draft draft = new Draft(this);
        draft.interfaces = names;
        return draft.done();
    }

    /** Listens on further addresses. */
    public LinkOptions withListen(String... addresses) {
        Draft draft = new Draft(this);
        draft.listen = List.of(addresses);
        return draft.done();
    }

    /** Uses another port. */
    public LinkOptions withPort(int another) {
        Draft draft = new Draft(this);
        draft.port = another;
        return draft.done();
    }

    /** Listens on further ports. */
    public LinkOptions withMorePorts(List<Integer> more) {
        Draft draft = new Draft(this);
        draft.morePorts = more;
        return draft.done();
    }

    /** Has neighbour entries made by a process of their own. */
    public LinkOptions withHelper(NeighbourScope scope) {
        Draft draft = new Draft(this);
        draft.helped = scope;
        return draft.done();
    }

    /** Listens on sockets that are open already, and on no other. */
    public LinkOptions withInherited(List<Integer> descriptors) {
        Draft draft = new Draft(this);
        draft.inherited = descriptors;
        return draft.done();
    }

    /** Opens nothing to ping by. */
    public LinkOptions withoutPings() {
        Draft draft = new Draft(this);
        draft.pings = false;
        return draft.done();
    }

    /** Keeps every socket to one interface. */
    public LinkOptions withDevice(String name) {
        Draft draft = new Draft(this);
        draft.device = name;
        return draft.done();
    }

    /** Listens on no other address of the interfaces than those listed, and their broadcasts. */
    public LinkOptions withOnlyListed() {
        Draft draft = new Draft(this);
        draft.onlyListed = true;
        return draft.done();
    }

    /**
     * Leaves the port to another program of this host too, whichever comes first: of the interfaces
     * only broadcasts are taken, which the kernel gives to both, and no unicast that is the
     * other's.
     */
    public LinkOptions withSharedPort() {
        Draft draft = new Draft(this);
        draft.shared = true;
        return draft.done();
    }

    boolean everyAddress() {
        return listen.contains(EVERY_ADDRESS);
    }

    /** Every port, each once, the one to send from first. */
    int[] ports() {
        return IntStream.concat(IntStream.of(port), morePorts.stream().mapToInt(each -> each))
                .distinct()
                .toArray();
    }

    /** All that there is to set, while one of it is changed. */
    private static final class Draft {
        List<String> interfaces;
        List<String> listen;
        int port;
        List<Integer> morePorts;
        @Nullable NeighbourScope helped;
        List<Integer> inherited;
        boolean pings;
        @Nullable String device;
        boolean onlyListed;
        boolean shared;

        Draft(LinkOptions of) {
            interfaces = of.interfaces;
            listen = of.listen;
            port = of.port;
            morePorts = of.morePorts;
            helped = of.helped;
            inherited = of.inherited;
            pings = of.pings;
            device = of.device;
            onlyListed = of.onlyListed;
            shared = of.shared;
        }

        LinkOptions done() {
            return new LinkOptions(
                    interfaces,
                    listen,
                    port,
                    morePorts,
                    helped,
                    inherited,
                    pings,
                    device,
                    onlyListed,
                    shared);
        }
    }
}
