package io.leasehold.link.helper;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.ArrayList;
import java.util.List;

/** The interfaces there are, as far as the helper needs to know them. */
final class HelperInterfaces implements InterfaceReader.Visitor {
    /**
     * An interface.
     *
     * @param name one character an octet
     */
    record One(
            int index,
            String name,
            boolean loopback,
            List<Ip4Address> addresses,
            List<Ip4Network> networks) {}

    private final List<One> all = new ArrayList<>();

    List<One> all() {
        return all;
    }

    @Override
    public void begin() {
        all.clear();
    }

    @Override
    public void link(
            int index, byte[] name, int flags, int mtu, int hardwareType, byte[] hardware) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name) {
            text.append((char) (octet & 0xff));
        }
        boolean loopback = (flags & Netlink.IFF_LOOPBACK) != 0;
        all.add(new One(index, text.toString(), loopback, new ArrayList<>(), new ArrayList<>()));
    }

    @Override
    public void address(int index, int bits, int prefixBits, boolean secondary) {
        Ip4Address address = Ip4Address.of(bits);
        for (One each : all) {
            if (each.index() == index) {
                each.addresses().add(address);
                each.networks().add(Ip4Network.containing(address, prefixBits));
            }
        }
    }
}
