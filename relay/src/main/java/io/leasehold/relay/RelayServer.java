package io.leasehold.relay;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * A server that requests are passed on to. A name with several addresses is several servers of that
 * name.
 *
 * @param name what it is called in the configuration; an address where it has no name
 * @param address where it is
 * @param port the UDP port it listens on, 67
 */
public record RelayServer(String name, Ip4Address address, int port) {
    public RelayServer {
        Bounds.requirePort(port, "the port of server " + name);
    }

    @Override
    public String toString() {
        String at = address + ":" + port;
        return name.equals(address.toString()) ? at : name + " at " + at;
    }
}
