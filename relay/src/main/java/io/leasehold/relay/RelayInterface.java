package io.leasehold.relay;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.List;

/**
 * An interface of this host, as far as the rules need it.
 *
 * @param index the kernel's index
 * @param name what the configuration and logs call it
 * @param addresses its addresses, the primary one first
 * @param mtuBytes the longest IP packet that it takes; 0 when that is not known
 */
public record RelayInterface(int index, String name, List<Address> addresses, int mtuBytes) {
    public RelayInterface {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address of an interface.
     *
     * @param address the address
     * @param prefixBits length of its network's prefix, 0 to 32
     */
    public record Address(Ip4Address address, int prefixBits) {
        /** The network that the address is in. */
        public Ip4Network network() {
            return Ip4Network.containing(address, prefixBits);
        }
    }

    /** True when an address is one of its own. */
    boolean has(int address) {
        for (int at = 0; at < addresses.size(); at++) {
            if (addresses.get(at).address().bits() == address) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
