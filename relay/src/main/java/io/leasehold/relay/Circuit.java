package io.leasehold.relay;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.Arrays;

/** An interface, and what the configuration makes of it. */
final class Circuit {
    final RelayInterface attached;
    final boolean serves;
    final boolean uplink;
    final boolean trusted;
    final byte[] name;

    /** A time of {@link Pacer}: how far the requests from here have got. */
    long paceNanos;

    private final Ip4Address[] addresses;
    private final int[] masks;

    /** The first address of each network, which smart relay goes through. */
    private final Ip4Address[] networkAddresses;

    Circuit(RelayInterface attached, RelayConfig config) {
        this.attached = attached;
        this.serves = config.serves(attached.name());
        this.uplink = config.broadcastInterfaces().contains(attached.name());
        this.trusted = config.agentInformation().trustedInterfaces().contains(attached.name());
        this.name = ascii(attached.name());
        int count = attached.addresses().size();
        this.addresses = new Ip4Address[count];
        this.masks = new int[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = attached.addresses().get(i).address();
            masks[i] = attached.addresses().get(i).network().mask().bits();
        }
        this.networkAddresses = firstOfEachNetwork();
    }

    private Ip4Address[] firstOfEachNetwork() {
        Ip4Address[] firsts = new Ip4Address[addresses.length];
        int count = 0;
        for (int i = 0; i < addresses.length; i++) {
            if (addressFor(addresses[i].bits()).equals(addresses[i])) {
                firsts[count++] = addresses[i];
            }
        }
        return Arrays.copyOf(firsts, count);
    }

    /** An interface's name, whose characters the kernel does not restrict, as bytes. */
    private static byte[] ascii(String name) {
        int length = Math.min(name.length(), 15);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) name.charAt(i);
        }
        return bytes;
    }

    int index() {
        return attached.index();
    }

    int addressCount() {
        return addresses.length;
    }

    /** The address at a place; 0.0.0.0 when there is none. */
    Ip4Address address(int at) {
        return at < addresses.length ? addresses[at] : Ip4Address.ZERO;
    }

    /** How many networks there are clients of. */
    int networkCount() {
        return networkAddresses.length;
    }

    /** The address in a network of 0 to {@link #networkCount} - 1. */
    Ip4Address networkAddress(int at) {
        return networkAddresses[at];
    }

    /** True when an address is this interface's own. */
    boolean has(int address) {
        for (Ip4Address own : addresses) {
            if (own.bits() == address) {
                return true;
            }
        }
        return false;
    }

    /** True when an address is in a network of this interface, and no broadcast address of it. */
    boolean isOnLink(int address) {
        for (int i = 0; i < masks.length; i++) {
            if ((address & masks[i]) == (addresses[i].bits() & masks[i])
                    && address != broadcast(i)) {
                return true;
            }
        }
        return false;
    }

    /** The address of the network that holds an address; 0.0.0.0 when none does. */
    Ip4Address addressFor(int address) {
        for (int i = 0; i < masks.length; i++) {
            if ((address & masks[i]) == (addresses[i].bits() & masks[i])) {
                return addresses[i];
            }
        }
        return Ip4Address.ZERO;
    }

    /** The broadcast address of the network at a place; 255.255.255.255 where it has none. */
    int broadcast(int at) {
        int host = ~masks[at];
        // A network of 31 or 32 bits has none (RFC 3021).
        return host == 0 || host == 1 ? -1 : addresses[at].bits() | host;
    }
}
