package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A UDP socket bound to one address of this host, to a broadcast address, or to all. */
final class BoundSocket {
    /** Which destinations a socket sees. */
    enum Kind {
        /** One address of this host; only unicasts to it come. */
        UNICAST,
        /** 255.255.255.255, or a network's broadcast address; only broadcasts come. */
        BROADCAST,
        /** 0.0.0.0; everything comes. */
        WILDCARD
    }

    private static final int BUFFER_BYTES = 8 * 1024 * 1024;
    private static final int SEND_WAIT_MILLIS_MAX = 200;

    final int fd;
    final Ip4Address address;
    final int port;
    final Kind kind;

    /** The kernel's count of drops as last seen. */
    int dropsSeen;

    private BoundSocket(int fd, Ip4Address address, int port, Kind kind) {
        this.fd = fd;
        this.address = address;
        this.port = port;
        this.kind = kind;
    }

    /**
     * @throws BindException with the errno, when the socket cannot be made or bound
     */
    static BoundSocket open(Ip4Address address, int port, Kind kind) throws BindException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Kernel.newState(arena);
            int fd = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_DGRAM, 0);
            if (fd < 0) {
                throw new BindException(address, -fd);
            }
            Kernel.setOption(state, fd, Abi.SOL_IP, Abi.IP_PKTINFO, 1);
            Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_BROADCAST, 1);
            Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_RXQ_OVFL, 1);
            // A client in its first exchange cannot answer "fragmentation needed".
            Kernel.setOption(state, fd, Abi.SOL_IP, Abi.IP_MTU_DISCOVER, Abi.IP_PMTUDISC_DONT);
            Kernel.setBuffers(state, fd, BUFFER_BYTES, BUFFER_BYTES);
            Kernel.setTimeout(state, fd, Abi.SO_SNDTIMEO, SEND_WAIT_MILLIS_MAX);
            MemorySegment name =
                    arena.allocate(Abi.SOCKADDR_IN_BYTES, ValueLayout.JAVA_LONG.byteAlignment());
            Abi.putSocketAddress(name, 0, address.bits(), port);
            int result = Kernel.bind(state, fd, name);
            if (result < 0) {
                Kernel.close(state, fd);
                throw new BindException(address, -result);
            }
            return new BoundSocket(fd, address, port, kind);
        }
    }

    void close(MemorySegment state) {
        Kernel.close(state, fd);
    }
}
