package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

    private static final int NAME_BYTES_MAX = 128;
    private static final int BUFFER_BYTES = 8 * 1024 * 1024;
    private static final int SEND_WAIT_MILLIS_MAX = 200;

    final int fd;
    final Ip4Address address;
    final int port;
    final Kind kind;

    /** The kernel's count of drops as last seen. */
    int dropsSeen;

    /** Whether the kernel leaves part of the DISCOVERs out, or did when it last told of drops. */
    boolean sheds;

    private BoundSocket(int fd, Ip4Address address, int port, Kind kind) {
        this.fd = fd;
        this.address = address;
        this.port = port;
        this.kind = kind;
    }

    /** As the other, where nobody else may be bound to the same. */
    static BoundSocket open(Ip4Address address, int port, Kind kind, @Nullable String device)
            throws BindException, LinkException {
        return open(address, port, kind, device, false);
    }

    /**
     * @param port 0 lets the kernel choose
     * @param device the interface to keep to; null for any
     * @param shared whether sockets of others may be bound there too. By SO_REUSEADDR alone: with
     *     SO_REUSEPORT the kernel would deal out packets between them
     * @throws BindException with the errno, when the socket cannot be made or bound
     * @throws LinkException when it cannot keep to the interface
     */
    static BoundSocket open(
            Ip4Address address, int port, Kind kind, @Nullable String device, boolean shared)
            throws BindException, LinkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Kernel.newState(arena);
            int fd = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_DGRAM, 0);
            if (fd < 0) {
                throw new BindException(address, -fd);
            }
            setUp(state, fd);
            if (device != null) {
                keepTo(arena, state, fd, device);
            }
            if (shared) {
                Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_REUSEADDR, 1);
            }
            MemorySegment name =
                    arena.allocate(Abi.SOCKADDR_IN_BYTES, ValueLayout.JAVA_LONG.byteAlignment());
            Abi.putSocketAddress(name, 0, address.bits(), port);
            int result = Kernel.bind(state, fd, name);
            if (result < 0) {
                Kernel.close(state, fd);
                throw new BindException(address, -result);
            }
            return new BoundSocket(fd, address, port == 0 ? portOf(arena, state, fd) : port, kind);
        }
    }

    private static void keepTo(Arena arena, MemorySegment state, int fd, String device)
            throws LinkException {
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, name);
        int result = Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_BINDTODEVICE, segment);
        if (result < 0) {
            Kernel.close(state, fd);
            throw new LinkException(
                    "cannot keep to interface " + device + ": " + Abi.errorText(result));
        }
    }

    private static int portOf(Arena arena, MemorySegment state, int fd) {
        return nameOf(arena, state, fd).get(Abi.SHORT_NETWORK, 2) & 0xffff;
    }

    private static MemorySegment nameOf(Arena arena, MemorySegment state, int fd) {
        MemorySegment name = arena.allocate(NAME_BYTES_MAX, 8);
        MemorySegment length = arena.allocate(JAVA_INT);
        length.set(JAVA_INT, 0, NAME_BYTES_MAX);
        Kernel.call(state, SystemCall.GETSOCKNAME, fd, name.address(), length.address());
        return name;
    }

    /**
     * Takes over a socket that is bound already.
     *
     * @throws LinkException when it is no UDP socket that IPv4 reaches
     */
    static BoundSocket adopt(int fd, InterfaceTable table) throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Kernel.newState(arena);
            if (Kernel.option(state, fd, Abi.SOL_SOCKET, Abi.SO_TYPE) != Abi.SOCK_DGRAM) {
                throw unfit(fd, "is none");
            }
            MemorySegment name = nameOf(arena, state, fd);
            int family = name.get(JAVA_SHORT, 0);
            boolean both =
                    family == Abi.AF_INET6
                            && Kernel.option(state, fd, Abi.SOL_IPV6, Abi.IPV6_V6ONLY) == 0;
            if (family != Abi.AF_INET && !both) {
                throw unfit(fd, family == Abi.AF_INET6 ? "takes IPv6 alone" : "is none");
            }
            // "Any" is all zeros in both families; IPv4 is in the last octets of IPv6.
            Ip4Address address = Ip4Address.of(name.get(Abi.INT_NETWORK, both ? 20 : 4));
            int port = name.get(Abi.SHORT_NETWORK, 2) & 0xffff;
            Kernel.call(state, SystemCall.FCNTL, fd, Abi.F_SETFD, Abi.FD_CLOEXEC);
            setUp(state, fd);
            Kind kind =
                    address.bits() == 0
                            ? Kind.WILDCARD
                            : table.isBroadcast(address.bits()) ? Kind.BROADCAST : Kind.UNICAST;
            return new BoundSocket(fd, address, port, kind);
        }
    }

    private static LinkException unfit(int fd, String what) {
        return new LinkException(
                "the socket passed as descriptor "
                        + fd
                        + " "
                        + what
                        + ", expected a UDP socket that IPv4 reaches");
    }

    private static void setUp(MemorySegment state, int fd) {
        Kernel.setOption(state, fd, Abi.SOL_IP, Abi.IP_PKTINFO, 1);
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_RXQ_OVFL, 1);
        setUpToSend(state, fd);
    }

    static void setUpToSend(MemorySegment state, int fd) {
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_BROADCAST, 1);
        // A client in its first exchange cannot answer "fragmentation needed".
        Kernel.setOption(state, fd, Abi.SOL_IP, Abi.IP_MTU_DISCOVER, Abi.IP_PMTUDISC_DONT);
        Kernel.setBuffers(state, fd, BUFFER_BYTES, BUFFER_BYTES);
        Kernel.setTimeout(state, fd, Abi.SO_SNDTIMEO, SEND_WAIT_MILLIS_MAX);
    }

    void close(MemorySegment state) {
        Kernel.close(state, fd);
    }
}
