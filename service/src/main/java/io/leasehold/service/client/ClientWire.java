package io.leasehold.service.client;

import io.leasehold.link.DatagramReceiver;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a client's messages get to servers and back. Waiting is the wire's too, so that a wire in
 * virtual time waits in virtual time. For one thread.
 */
public interface ClientWire extends AutoCloseable {
    /** The UDP port of servers and relays. */
    int SERVER_PORT = 67;

    /** The UDP port of clients. */
    int CLIENT_PORT = 68;

    /** How long a wire of this host waits at a time. */
    int WAIT_MILLIS_MAX = 200;

    /**
     * A wire on the link of an interface, which needs no address. Needs CAP_NET_RAW.
     *
     * @param interfaceName the interface, in the network namespace of the calling thread
     * @param hardware the client's hardware address; null for the interface's own
     * @throws IOException when there is no such interface, it is no Ethernet, or it is not
     *     permitted; the message says which
     */
    static ClientWire onLink(String interfaceName, @Nullable HardwareAddress hardware)
            throws IOException {
        return onLink(interfaceName, hardware, CLIENT_PORT, SERVER_PORT);
    }

    /** As {@link #onLink(String, HardwareAddress)}, with other UDP ports, 1 to 65535. */
    static ClientWire onLink(
            String interfaceName, @Nullable HardwareAddress hardware, int port, int serverPort)
            throws IOException {
        return StationWire.open(interfaceName, hardware, port, serverPort);
    }

    /**
     * A wire that is a UDP socket: of a client that has an address already, or of one behind a
     * relay agent that we play ({@link ClientSettings#withGiaddr}). All it sends goes to one
     * server.
     *
     * @param local the address to listen on and send from; 0.0.0.0 for all, which takes broadcasts
     *     too
     * @param port the UDP port to listen on and send from, 1 to 65535; 0 lets the kernel choose
     * @param server where everything goes
     * @param serverPort the UDP port it goes to
     * @param interfaceName the interface to keep to; null for any
     * @throws IOException when the address, port or interface cannot be had; the message says which
     */
    static ClientWire overUdp(
            Ip4Address local,
            int port,
            Ip4Address server,
            int serverPort,
            @Nullable String interfaceName)
            throws IOException {
        return UdpWire.open(local, port, server, serverPort, interfaceName);
    }

    /** The hardware address that the client has here; without octets where the wire knows none. */
    HardwareAddress hardware();

    /**
     * Sends a datagram to the servers' port.
     *
     * @param source the client's address; 0.0.0.0 as long as it has none
     * @param destination the address it goes to, 255.255.255.255 for everyone on the link
     * @param nextHop who takes it on the link: the destination itself, or a router
     * @throws IOException when it cannot be sent; the message says why
     */
    void send(byte[] datagram, Ip4Address source, Ip4Address destination, Ip4Address nextHop)
            throws IOException;

    /**
     * Hands over what has come to the client's port. May return without anything before the time is
     * over, so that a client notices that it has been stopped.
     *
     * @param waitMillis how long to wait for the first at the most; 0 does not wait
     * @throws IOException when the wire is broken
     */
    void receive(long waitMillis, DatagramReceiver receiver) throws IOException;

    /**
     * Tells which address is the client's from here on, so that others on the link find it; 0.0.0.0
     * for none.
     */
    void hold(Ip4Address address);

    @Override
    void close();
}
