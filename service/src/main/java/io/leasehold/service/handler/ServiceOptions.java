package io.leasehold.service.handler;

import io.leasehold.link.LinkOptions;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a handler serves.
 *
 * @param port the UDP port listened on; 0 takes one that is free, {@link DhcpService#port} tells
 *     which. The default is 6767, which takes no privilege; servers are at 67
 * @param morePorts further UDP ports listened on, such as 68 to hear what other servers broadcast
 * @param device the interface to keep to, so that others may have the same port on other
 *     interfaces; null for all interfaces
 * @param address the one address to answer at and from, and for the broadcasts on its interface;
 *     null for all
 * @param clientPort the UDP port of clients, where replies go: 68
 * @param relayPort the UDP port of relay agents, where the answers to what they passed on go: 67
 * @param broadcastAddress the address of replies to all: 255.255.255.255
 * @param pings whether {@link DhcpContext#ping} is used, which takes CAP_NET_RAW, or a host that
 *     lets its users ping
 * @param restartsMax how often within {@code restartsWithin} a handler that throws is started
 *     afresh; one more ends the service. 0 never starts it afresh
 * @param restartsWithin the time in which restarts are counted
 */
public record ServiceOptions(
        int port,
        List<Integer> morePorts,
        @Nullable String device,
        @Nullable Ip4Address address,
        int clientPort,
        int relayPort,
        Ip4Address broadcastAddress,
        boolean pings,
        int restartsMax,
        Duration restartsWithin) {
    /** The port that is listened on where none is named. */
    public static final int PORT = 6767;

    private static final int CLIENT_PORT = 68;
    private static final int RELAY_PORT = 67;
    private static final int RESTARTS_MAX = 5;
    private static final Duration RESTARTS_WITHIN = Duration.ofSeconds(10);

    public ServiceOptions {
        check("port", port, 0);
        morePorts = List.copyOf(morePorts);
        morePorts.forEach(each -> check("port", each, 1));
        check("client port", clientPort, 1);
        check("relay port", relayPort, 1);
        if (restartsMax < 0) {
            throw new IllegalArgumentException(restartsMax + " restarts, expected 0 or more");
        }
        if (restartsWithin.isNegative() || restartsWithin.isZero()) {
            throw new IllegalArgumentException(
                    "restarts within " + restartsWithin + ", expected more than no time");
        }
    }

    private static void check(String what, int port, int min) {
        if (port < min || port > 65535) {
            throw new IllegalArgumentException(
                    what + " " + port + " is not within " + min + " to 65535");
        }
    }

    /** Port 6767 on all interfaces. */
    public static ServiceOptions of() {
        return new ServiceOptions(
                PORT,
                List.of(),
                null,
                null,
                CLIENT_PORT,
                RELAY_PORT,
                Ip4Address.BROADCAST,
                false,
                RESTARTS_MAX,
                RESTARTS_WITHIN);
    }

    /** Listens on another port; 0 takes one that is free. */
    public ServiceOptions withPort(int another) {
        Draft draft = new Draft(this);
        draft.port = another;
        return draft.done();
    }

    /** Listens on further ports. */
    public ServiceOptions withMorePorts(List<Integer> more) {
        Draft draft = new Draft(this);
        draft.morePorts = more;
        return draft.done();
    }

    /** Keeps to one interface, {@code eth0}. */
    public ServiceOptions withDevice(@Nullable String name) {
        Draft draft = new Draft(this);
        draft.device = name;
        return draft.done();
    }

    /** Keeps to one address, and the broadcasts on its interface. */
    public ServiceOptions withAddress(@Nullable Ip4Address one) {
        Draft draft = new Draft(this);
        draft.address = one;
        return draft.done();
    }

    /** Sends replies to another port of clients. */
    public ServiceOptions withClientPort(int another) {
        Draft draft = new Draft(this);
        draft.clientPort = another;
        return draft.done();
    }

    /** Sends what relay agents are to pass on to another port of theirs. */
    public ServiceOptions withRelayPort(int another) {
        Draft draft = new Draft(this);
        draft.relayPort = another;
        return draft.done();
    }

    /** Sends replies to all at another address, such as that of one network's broadcasts. */
    public ServiceOptions withBroadcastAddress(Ip4Address another) {
        Draft draft = new Draft(this);
        draft.broadcastAddress = another;
        return draft.done();
    }

    /** Opens what {@link DhcpContext#ping} needs. */
    public ServiceOptions withPings() {
        Draft draft = new Draft(this);
        draft.pings = true;
        return draft.done();
    }

    /** Starts a handler that throws afresh, so many times within so long. */
    public ServiceOptions withRestarts(int max, Duration within) {
        Draft draft = new Draft(this);
        draft.restartsMax = max;
        draft.restartsWithin = within;
        return draft.done();
    }

    /** What the sockets need to know. */
    LinkOptions link() throws IOException {
        Ip4Address one = address;
        LinkOptions options = one == null ? everywhere() : at(one);
        if (device != null) {
            options = options.withDevice(device);
        }
        options = options.withPort(port).withMorePorts(morePorts);
        return pings ? options : options.withoutPings();
    }

    private LinkOptions everywhere() {
        return LinkOptions.of(device == null ? LinkOptions.EVERY_INTERFACE : device)
                .withListen(LinkOptions.EVERY_ADDRESS);
    }

    private LinkOptions at(Ip4Address one) throws IOException {
        String on = device == null ? broadcasting(one) : device;
        LinkOptions options = on == null ? LinkOptions.of() : LinkOptions.of(on);
        return options.withListen(one.toString()).withOnlyListed();
    }

    /** The interface that an address stands on, if broadcasts can come there. */
    private static @Nullable String broadcasting(Ip4Address one) throws IOException {
        for (NetworkInterface each : NetworkInterface.all()) {
            boolean has = each.addresses().stream().anyMatch(at -> at.address().equals(one));
            if (has && !each.loopback()) {
                return each.name();
            }
        }
        return null;
    }

    /** All that there is to set, while one of it is changed. */
    private static final class Draft {
        int port;
        List<Integer> morePorts;
        @Nullable String device;
        @Nullable Ip4Address address;
        int clientPort;
        int relayPort;
        Ip4Address broadcastAddress;
        boolean pings;
        int restartsMax;
        Duration restartsWithin;

        Draft(ServiceOptions of) {
            port = of.port;
            morePorts = of.morePorts;
            device = of.device;
            address = of.address;
            clientPort = of.clientPort;
            relayPort = of.relayPort;
            broadcastAddress = of.broadcastAddress;
            pings = of.pings;
            restartsMax = of.restartsMax;
            restartsWithin = of.restartsWithin;
        }

        ServiceOptions done() {
            return new ServiceOptions(
                    port,
                    morePorts,
                    device,
                    address,
                    clientPort,
                    relayPort,
                    broadcastAddress,
                    pings,
                    restartsMax,
                    restartsWithin);
        }
    }
}
