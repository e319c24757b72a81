package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.List;

/**
 * An interface that machines boot through.
 *
 * @param index the kernel's index
 * @param name such as eth1
 * @param addresses its IPv4 addresses, the primary first
 */
public record NetbootInterface(int index, String name, List<Address> addresses) {
    public NetbootInterface {
        addresses = List.copyOf(addresses);
    }

    /** An address with the network that it is in. */
    public record Address(Ip4Address address, Ip4Network network) {}

    /** The address that a machine with another one would speak to: that of its own network. */
    Ip4Address addressFor(Ip4Address machine) {
        for (Address each : addresses) {
            if (!machine.isZero() && each.network().contains(machine)) {
                return each.address();
            }
        }
        return addresses.isEmpty() ? Ip4Address.ZERO : addresses.get(0).address();
    }

    boolean has(Ip4Address address) {
        for (Address each : addresses) {
            if (each.address().equals(address)) {
                return true;
            }
        }
        return false;
    }
}
