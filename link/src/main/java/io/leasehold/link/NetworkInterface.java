package io.leasehold.link;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/**
 * A network interface as the kernel tells it.
 *
 * @param name {@code eth0}
 * @param index the kernel's number for it, 1 or more
 * @param hardware its hardware address; without octets where it has none
 * @param up whether it is switched on
 * @param loopback whether it is the loopback interface
 * @param mtu bytes of the largest IP packet that it takes
 * @param addresses its IPv4 addresses, the primary one first
 */
public record NetworkInterface(
        String name,
        int index,
        HardwareAddress hardware,
        boolean up,
        boolean loopback,
        int mtu,
        List<InterfaceAddress> addresses) {
    public NetworkInterface {
        addresses = List.copyOf(addresses);
    }

    /**
     * Every interface there is now, in the network namespace of the calling thread.
     *
     * @throws LinkException when the kernel does not tell
     */
    public static List<NetworkInterface> all() throws LinkException {
        return InterfaceDump.read();
    }

    /** The address that replies leave from where no other was asked; 0.0.0.0 when it has none. */
    public Ip4Address primary() {
        return addresses.isEmpty() ? Ip4Address.ZERO : addresses.getFirst().address();
    }
}
