package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.List;

/**
 * An interface of this host, as far as the rules need it.
 *
 * @param index the kernel's index
 * @param name what logs call it
 * @param addresses its addresses, the primary one first
 */
public record HostInterface(int index, String name, List<Address> addresses) {
    public HostInterface {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address of an interface.
     *
     * @param address the address
     * @param network the network it stands in
     */
    public record Address(Ip4Address address, Ip4Network network) {}
}
