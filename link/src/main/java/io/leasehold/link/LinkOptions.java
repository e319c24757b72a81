package io.leasehold.link;

import java.util.List;

/**
 * What a link listens on.
 *
 * @param interfaces names of the interfaces whose clients are served: their broadcasts are taken,
 *     and each of their addresses is listened on; may be empty where only relays are served
 * @param listen further addresses to listen on, wherever they stand, or {@code "*"} for every
 *     address of this host
 * @param serverPort the UDP port listened on and sent from, 67
 * @param clientPort the UDP port of clients, 68; said to {@link Link} for completeness, since each
 *     message to send carries its own port
 */
public record LinkOptions(
        List<String> interfaces, List<String> listen, int serverPort, int clientPort) {
    /** The address that stands for all. */
    public static final String EVERY_ADDRESS = "*";

    public LinkOptions {
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
        if (serverPort < 1 || serverPort > 65535 || clientPort < 1 || clientPort > 65535) {
            throw new IllegalArgumentException(
                    "ports " + serverPort + " and " + clientPort + " are not within 1 to 65535");
        }
    }

    /** Serves some interfaces on the ports of the protocol. */
    public static LinkOptions of(String... interfaces) {
        return new LinkOptions(List.of(interfaces), List.of(), 67, 68);
    }

    /** Listens on further addresses. */
    public LinkOptions withListen(String... addresses) {
        return new LinkOptions(interfaces, List.of(addresses), serverPort, clientPort);
    }

    /** Serves other interfaces. */
    public LinkOptions withInterfaces(List<String> names) {
        return new LinkOptions(names, listen, serverPort, clientPort);
    }

    /** Uses other ports. */
    public LinkOptions withPorts(int server, int client) {
        return new LinkOptions(interfaces, listen, server, client);
    }

    boolean everyAddress() {
        return listen.contains(EVERY_ADDRESS);
    }
}
