package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the kernel for all interfaces and their addresses. */
final class InterfaceDump {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int ANSWER_MILLIS_MAX = 2000;
    private static final int ATTEMPTS_MAX = 5;
    private static final int LINK_BODY_BYTES = 16;
    private static final int ADDRESS_BODY_BYTES = 8;

    /** An interface while it is put together. */
    private static final class Building {
        String name = "?";
        HardwareAddress hardware = HardwareAddress.of(0, new byte[0]);
        int flags;
        int mtu;
        final List<InterfaceAddress> primary = new ArrayList<>();
        final List<InterfaceAddress> secondary = new ArrayList<>();
    }

    private final MemorySegment state;
    private final MemorySegment buffer;
    private final int fd;
    private final Map<Integer, Building> found = new TreeMap<>();

    private InterfaceDump(Arena arena) throws LinkException {
        state = Kernel.newState(arena);
        buffer = arena.allocate(BUFFER_BYTES, 8);
        fd = Kernel.socket(state, Abi.AF_NETLINK, Abi.SOCK_RAW, 0);
        if (fd < 0) {
            throw new LinkException("cannot open a netlink socket: " + Abi.errorText(fd));
        }
        Kernel.setTimeout(state, fd, Abi.SO_RCVTIMEO, ANSWER_MILLIS_MAX);
    }

    /** All interfaces there are, in the order of their index. */
    static List<NetworkInterface> read() throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            InterfaceDump dump = new InterfaceDump(arena);
            try {
                return dump.all();
            } finally {
                Kernel.close(dump.state, dump.fd);
            }
        }
    }

    private List<NetworkInterface> all() throws LinkException {
        for (int attempt = 1; ; attempt++) {
            found.clear();
            // The kernel says when the table changed while it was read; then it is read again.
            boolean wholeLinks = ask(Netlink.RTM_GETLINK, 0);
            boolean whole = ask(Netlink.RTM_GETADDR, Abi.AF_INET) && wholeLinks;
            if (whole || attempt == ATTEMPTS_MAX) {
                return built();
            }
        }
    }

    private List<NetworkInterface> built() {
        List<NetworkInterface> all = new ArrayList<>();
        found.forEach(
                (index, building) -> {
                    List<InterfaceAddress> addresses = new ArrayList<>(building.primary);
                    addresses.addAll(building.secondary);
                    all.add(
                            new NetworkInterface(
                                    building.name,
                                    index,
                                    building.hardware,
                                    (building.flags & Netlink.IFF_UP) != 0,
                                    (building.flags & Netlink.IFF_LOOPBACK) != 0,
                                    building.mtu,
                                    addresses));
                });
        return List.copyOf(all);
    }

    /** Reads one table; false when it changed meanwhile. */
    private boolean ask(int type, int family) throws LinkException {
        int length = Netlink.HEADER_BYTES + LINK_BODY_BYTES;
        buffer.asSlice(0, length).fill((byte) 0);
        buffer.set(JAVA_INT, 0, length);
        buffer.set(JAVA_SHORT_UNALIGNED, 4, (short) type);
        buffer.set(JAVA_SHORT_UNALIGNED, 6, (short) (Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP));
        buffer.set(JAVA_BYTE, Netlink.HEADER_BYTES, (byte) family);
        int result = Kernel.send(state, fd, buffer, length, 0);
        boolean whole = true;
        while (result >= 0) {
            result = Kernel.receive(state, fd, buffer, 0);
            for (int at = 0; at + Netlink.HEADER_BYTES <= result; ) {
                int size = buffer.get(JAVA_INT, at);
                int kind = buffer.get(JAVA_SHORT_UNALIGNED, at + 4L);
                int flags = buffer.get(JAVA_SHORT_UNALIGNED, at + 6L);
                if (size < Netlink.HEADER_BYTES || size > result - at) {
                    throw new LinkException("netlink answered with a message of " + size);
                }
                whole &= (flags & Netlink.NLM_F_DUMP_INTR) == 0;
                if (kind == Netlink.NLMSG_DONE) {
                    return whole;
                }
                take(kind, at, size);
                at += Netlink.align(size);
            }
        }
        throw new LinkException("cannot read the interfaces: " + Abi.errorText(result));
    }

    private void take(int kind, int at, int size) throws LinkException {
        int body = at + Netlink.HEADER_BYTES;
        int end = at + size;
        if (kind == Netlink.RTM_NEWLINK && end - body >= LINK_BODY_BYTES) {
            takeLink(body, end);
        } else if (kind == Netlink.RTM_NEWADDR && end - body >= ADDRESS_BODY_BYTES) {
            takeAddress(body, end);
        } else if (kind == Netlink.NLMSG_ERROR) {
            throw new LinkException(
                    "cannot read the interfaces: "
                            + Abi.errorText(buffer.get(JAVA_INT_UNALIGNED, body)));
        }
    }

    private void takeLink(int body, int end) {
        Building building = at(buffer.get(JAVA_INT_UNALIGNED, body + 4L));
        int hardwareType = buffer.get(JAVA_SHORT_UNALIGNED, body + 2L) & 0xffff;
        building.flags = buffer.get(JAVA_INT_UNALIGNED, body + 8L);
        for (int at = body + LINK_BODY_BYTES; at + 4 <= end; ) {
            int length = buffer.get(JAVA_SHORT_UNALIGNED, at) & 0xffff;
            if (length < 4 || length > end - at) {
                return;
            }
            byte[] value = buffer.asSlice(at + 4L, length - 4L).toArray(JAVA_BYTE);
            switch (buffer.get(JAVA_SHORT_UNALIGNED, at + 2L)) {
                case Netlink.IFLA_IFNAME ->
                        building.name =
                                new String(value, 0, value.length - 1, StandardCharsets.UTF_8);
                case Netlink.IFLA_MTU -> building.mtu = buffer.get(JAVA_INT_UNALIGNED, at + 4L);
                case Netlink.IFLA_ADDRESS -> building.hardware = hardware(hardwareType, value);
                default -> {
                    // The kernel tells much more about an interface than DHCP needs.
                }
            }
            at += Netlink.align(length);
        }
    }

    /** A message has one octet for the type and room for 16 octets; not all hardware fits. */
    private static HardwareAddress hardware(int type, byte[] octets) {
        return type > 255 || octets.length > 16
                ? HardwareAddress.of(0, new byte[0])
                : HardwareAddress.of(type, octets);
    }

    private void takeAddress(int body, int end) {
        int prefixBits = buffer.get(JAVA_BYTE, body + 1L);
        int flags = buffer.get(JAVA_BYTE, body + 2L);
        Building building = at(buffer.get(JAVA_INT_UNALIGNED, body + 4L));
        int local = 0;
        for (int at = body + ADDRESS_BODY_BYTES; at + 4 <= end; ) {
            int length = buffer.get(JAVA_SHORT_UNALIGNED, at) & 0xffff;
            if (length < 4 || length > end - at) {
                return;
            }
            int type = buffer.get(JAVA_SHORT_UNALIGNED, at + 2L);
            // On a point-to-point interface IFA_ADDRESS is the other end.
            if (type == Netlink.IFA_LOCAL || type == Netlink.IFA_ADDRESS && local == 0) {
                local = buffer.get(Abi.INT_NETWORK, at + 4L);
            }
            at += Netlink.align(length);
        }
        InterfaceAddress address = new InterfaceAddress(Ip4Address.of(local), prefixBits);
        boolean secondary = (flags & Netlink.IFA_F_SECONDARY) != 0;
        (secondary ? building.secondary : building.primary).add(address);
    }

    private Building at(int index) {
        return found.computeIfAbsent(index, ignored -> new Building());
    }
}
