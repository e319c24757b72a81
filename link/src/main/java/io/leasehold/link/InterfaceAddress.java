package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;

/**
 * An address of an interface.
 *
 * @param address the address
 * @param prefixBits length of its network's prefix, 0 to 32
 */
public record InterfaceAddress(Ip4Address address, int prefixBits) {
    /** The network that the address is in. */
    public Ip4Network network() {
        return Ip4Network.containing(address, prefixBits);
    }

    @Override
    public String toString() {
        return address + "/" + prefixBits;
    }
}
