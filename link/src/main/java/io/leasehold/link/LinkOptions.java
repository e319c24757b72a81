package io.leasehold.link;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a link listens on.
 *
 * @param interfaces names of the interfaces whose clients are served: their broadcasts are taken,
 *     and each of their addresses is listened on; may be empty where only relays are served
 * @param listen further addresses to listen on, wherever they stand, or {@code "*"} for every
 *     address of this host
 * @param port the UDP port listened on, and sent from unless a message says otherwise: 67
 * @param morePorts further UDP ports listened on, which messages may be sent from (RFC 8357)
 * @param helped for whom neighbour entries are made by a process of their own, which keeps
 *     CAP_NET_ADMIN while this one gives it up; null when this process makes them itself
 * @param inherited sockets that whoever started the process has opened and bound, by their
 *     descriptors; where there are any, none is opened
 * @param pings whether addresses will be pinged
 */
public record LinkOptions(
        List<String> interfaces,
        List<String> listen,
        int port,
        List<Integer> morePorts,
        @Nullable NeighbourScope helped,
        List<Integer> inherited,
        boolean pings) {
    /** The address that stands for all. */
    public static final String EVERY_ADDRESS = "*";

    public LinkOptions {
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
        morePorts = List.copyOf(morePorts);
        check(port);
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
                List.of(interfaces), List.of(), 67, List.of(), null, List.of(), true);
    }

    /** Serves other interfaces. */
    public LinkOptions withInterfaces(List<String> names) {
        return new LinkOptions(names, listen, port, morePorts, helped, inherited, pings);
    }

    /** Listens on further addresses. */
    public LinkOptions withListen(String... addresses) {
        return new LinkOptions(
                interfaces, List.of(addresses), port, morePorts, helped, inherited, pings);
    }

    /** Uses another port. */
    public LinkOptions withPort(int another) {
        return new LinkOptions(interfaces, listen, another, morePorts, helped, inherited, pings);
    }

    /** Listens on further ports. */
    public LinkOptions withMorePorts(List<Integer> more) {
        return new LinkOptions(interfaces, listen, port, more, helped, inherited, pings);
    }

    /** Has neighbour entries made by a process of their own. */
    public LinkOptions withHelper(NeighbourScope scope) {
        return new LinkOptions(interfaces, listen, port, morePorts, scope, inherited, pings);
    }

    /** Listens on sockets that are open already, and on no other. */
    public LinkOptions withInherited(List<Integer> descriptors) {
        return new LinkOptions(interfaces, listen, port, morePorts, helped, descriptors, pings);
    }

    /** Opens nothing to ping by. */
    public LinkOptions withoutPings() {
        return new LinkOptions(interfaces, listen, port, morePorts, helped, inherited, false);
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
}
