package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For each served interface a socket that is connected to everybody on its wire, to send by: the
 * kernel keeps its way, and need not look for one for every broadcast. Nothing comes to it, since
 * nobody sends from 255.255.255.255. Where one cannot be had, broadcasts go as everything else
 * does.
 */
final class Broadcasters {
    /** Beyond so many interfaces the sockets would cost more than they save. */
    private static final int INTERFACES_MAX = 64;

    private final MemorySegment state;
    private List<Broadcaster> open = List.of();
    private List<Way> failed = List.of();

    /** From an address of an interface, by it. */
    private record Way(int interfaceIndex, int source, int port) {}

    private record Broadcaster(Way way, int fd) {}

    Broadcasters(Arena arena) {
        state = Kernel.newState(arena);
    }

    /** The socket to broadcast by, -1 when there is none. */
    int descriptor(int interfaceIndex, int source, int port) {
        for (int i = 0; i < open.size(); i++) {
            Way way = open.get(i).way();
            if (way.interfaceIndex() == interfaceIndex
                    && way.source() == source
                    && clientPort(way.port()) == port) {
                return open.get(i).fd();
            }
        }
        return -1;
    }

    private static int clientPort(int port) {
        return port + 1;
    }

    /** True when all that can be had is open. */
    boolean suit(InterfaceTable table, LinkOptions options, int port) {
        Set<Way> known = new HashSet<>(failed);
        open.forEach(each -> known.add(each.way()));
        return known.equals(new HashSet<>(wanted(table, options, port)));
    }

    private static List<Way> wanted(InterfaceTable table, LinkOptions options, int port) {
        String device = options.device();
        return table.all().stream()
                .filter(each -> table.isServed(each.index()) && each.primary().bits() != 0)
                .filter(each -> device == null || each.name().equals(device))
                .map(each -> new Way(each.index(), each.primary().bits(), port))
                .limit(INTERFACES_MAX)
                .toList();
    }

    /**
     * Opens one for each served interface with an address, beside the sockets that are open there:
     * these let others be bound to the same address for as long as this takes.
     */
    void open(InterfaceTable table, LinkOptions options, int port, Collection<BoundSocket> beside) {
        boolean shared = options.shared();
        if (!shared) {
            beside.forEach(each -> allowOthers(each.fd, true));
        }
        List<Broadcaster> opened = new ArrayList<>();
        List<Way> without = new ArrayList<>();
        for (Way way : wanted(table, options, port)) {
            Broadcaster one = open(way);
            if (one == null) {
                without.add(way);
            } else {
                opened.add(one);
            }
        }
        if (!shared) {
            beside.forEach(each -> allowOthers(each.fd, false));
            opened.forEach(each -> allowOthers(each.fd(), false));
        }
        open = opened;
        failed = without;
    }

    private void allowOthers(int fd, boolean allowed) {
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_REUSEADDR, allowed ? 1 : 0);
    }

    private @Nullable Broadcaster open(Way way) {
        int fd = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_DGRAM, 0);
        if (fd < 0) {
            return null;
        }
        BoundSocket.setUpToSend(state, fd);
        allowOthers(fd, true);
        boolean connected =
                Kernel.setOption(
                                        state,
                                        fd,
                                        Abi.SOL_SOCKET,
                                        Abi.SO_BINDTOIFINDEX,
                                        way.interfaceIndex())
                                >= 0
                        && name(SystemCall.BIND, fd, way.source(), way.port())
                        && name(
                                SystemCall.CONNECT,
                                fd,
                                Ip4Address.BROADCAST.bits(),
                                clientPort(way.port()));
        if (!connected) {
            Kernel.close(state, fd);
            return null;
        }
        return new Broadcaster(way, fd);
    }

    private boolean name(int call, int fd, int address, int port) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(Abi.SOCKADDR_IN_BYTES, 8);
            Abi.putSocketAddress(name, 0, address, port);
            return Kernel.call(state, call, fd, name.address(), name.byteSize()) >= 0;
        }
    }

    void closeAll() {
        open.forEach(each -> Kernel.close(state, each.fd()));
        open = List.of();
        failed = List.of();
    }
}
