package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host's interfaces, looked up by index and by address. Immutable; replaced when they change.
 */
public final class HostInterfaces {
    private final Map<Integer, HostInterface> byIndex = new HashMap<>();
    private final Map<Integer, Ip4Address> primaries = new HashMap<>();
    private final Set<Ip4Address> own = new HashSet<>();
    private final Set<Ip4Address> broadcasts = new HashSet<>();

    /** Looks up in these. */
    public HostInterfaces(List<HostInterface> interfaces) {
        for (HostInterface one : interfaces) {
            byIndex.put(one.index(), one);
            if (!one.addresses().isEmpty()) {
                primaries.put(one.index(), one.addresses().getFirst().address());
            }
            for (HostInterface.Address address : one.addresses()) {
                own.add(address.address());
                if (address.network().prefixBits() < 31) {
                    broadcasts.add(address.network().last());
                }
            }
        }
    }

    /** The interface with an index; null when there is none. */
    public @Nullable HostInterface at(int index) {
        return byIndex.get(index);
    }

    /** True for every address of this host, aliases and anycast addresses included. */
    public boolean isOwn(Ip4Address address) {
        return own.contains(address);
    }

    /**
     * False for what no single host can have: 0.0.0.0/8, multicast, 240.0.0.0/4, and the broadcast
     * address of a network that this host stands in. Nothing is ever sent there on a stranger's
     * word.
     */
    public boolean canBeHost(Ip4Address address) {
        int firstOctet = address.bits() >>> 24;
        return firstOctet != 0 && firstOctet < 224 && !broadcasts.contains(address);
    }

    /** The same for another host than this: no loopback address, and none of its own. */
    public boolean canBeOtherHost(Ip4Address address) {
        return canBeHost(address) && !address.isLoopback() && !isOwn(address);
    }

    /** The primary address of an interface; 0.0.0.0 when it has none. */
    public Ip4Address primary(int index) {
        return primaries.getOrDefault(index, Ip4Address.ZERO);
    }

    /**
     * The address by which the sender of a message knows this host: the one it was sent to, or else
     * the primary one of the interface it came by. Replies leave from it, and it is their server
     * identifier (RFC 2131 §4.1).
     */
    public Ip4Address serverAddress(Arrival arrival) {
        Ip4Address asked = arrival.destination();
        return isOwn(asked) ? asked : primary(arrival.interfaceIndex());
    }

    /**
     * True when an address lies in a network of an interface, so that the kernel sends to it
     * directly.
     */
    public boolean onLink(int index, Ip4Address address) {
        HostInterface one = byIndex.get(index);
        return one != null && onLink(one, address);
    }

    /** The same for any interface. */
    public boolean onLink(Ip4Address address) {
        for (HostInterface one : byIndex.values()) {
            if (onLink(one, address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean onLink(HostInterface one, Ip4Address address) {
        for (HostInterface.Address candidate : one.addresses()) {
            if (candidate.network().contains(address)) {
                return true;
            }
        }
        return false;
    }
}
