package io.leasehold.link;

import io.leasehold.link.helper.InterfaceReader;
import io.leasehold.link.helper.Netlink;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All interfaces and their addresses, as the kernel tells them. */
final class InterfaceDump implements InterfaceReader.Visitor {
    /** An interface while it is put together. */
    private static final class Building {
        String name = "?";
        HardwareAddress hardware = HardwareAddress.of(0, new byte[0]);
        int flags;
        int mtu;
        final List<InterfaceAddress> primary = new ArrayList<>();
        final List<InterfaceAddress> secondary = new ArrayList<>();
    }

    private final Map<Integer, Building> found = new TreeMap<>();

    private InterfaceDump() {}

    /** All interfaces there are, in the order of their index. */
    static List<NetworkInterface> read() throws LinkException {
        try (Arena arena = Arena.ofConfined()) {
            LinkKernel kernel = new LinkKernel(arena);
            int socket = kernel.openNetlink(0);
            if (socket < 0) {
                throw new LinkException("cannot open a netlink socket: " + Abi.errorText(socket));
            }
            InterfaceDump dump = new InterfaceDump();
            int result = new InterfaceReader(kernel, socket).read(dump);
            kernel.close(socket);
            if (result < 0) {
                throw new LinkException("cannot read the interfaces: " + Abi.errorText(result));
            }
            return dump.built();
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

    @Override
    public void begin() {
        found.clear();
    }

    @Override
    public void link(
            int index, byte[] name, int flags, int mtu, int hardwareType, byte[] hardware) {
        Building building = at(index);
        building.name = new String(name, StandardCharsets.UTF_8);
        building.flags = flags;
        building.mtu = mtu;
        building.hardware = hardware(hardwareType, hardware);
    }

    /** A message has one octet for the type and room for 16 octets; not all hardware fits. */
    private static HardwareAddress hardware(int type, byte[] octets) {
        return octets.length == 0 || type > 255 || octets.length > 16
                ? HardwareAddress.of(0, new byte[0])
                : HardwareAddress.of(type, octets);
    }

    @Override
    public void address(int index, int bits, int prefixBits, boolean secondary) {
        Building building = at(index);
        InterfaceAddress address = new InterfaceAddress(Ip4Address.of(bits), prefixBits);
        (secondary ? building.secondary : building.primary).add(address);
    }

    private Building at(int index) {
        return found.computeIfAbsent(index, ignored -> new Building());
    }
}
