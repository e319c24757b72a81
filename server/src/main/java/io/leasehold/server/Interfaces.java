package io.leasehold.server;

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
final class Interfaces {
    private final Map<Integer, ServerInterface> byIndex = new HashMap<>();
    private final Set<Ip4Address> own = new HashSet<>();
    private final Set<Ip4Address> broadcasts = new HashSet<>();

    Interfaces(List<ServerInterface> interfaces) {
        for (ServerInterface one : interfaces) {
            byIndex.put(one.index(), one);
            for (ServerInterface.Address address : one.addresses()) {
                own.add(address.address());
                if (address.network().prefixBits() < 31) {
                    broadcasts.add(address.network().last());
                }
            }
        }
    }

    @Nullable ServerInterface at(int index) {
        return byIndex.get(index);
    }

    /** True for every address of this host, aliases and anycast addresses included. */
    boolean isOwn(Ip4Address address) {
        return own.contains(address);
    }

    /**
     * False for what no single host can have: 0.0.0.0/8, multicast, 240.0.0.0/4, and the broadcast
     * address of a network that this host stands in. Nothing is ever sent there on a stranger's
     * word.
     */
    boolean canBeHost(Ip4Address address) {
        int firstOctet = address.bits() >>> 24;
        return firstOctet != 0 && firstOctet < 224 && !broadcasts.contains(address);
    }

    /** The primary address of an interface; 0.0.0.0 when it has none. */
    Ip4Address primary(int index) {
        ServerInterface one = byIndex.get(index);
        return one == null || one.addresses().isEmpty()
                ? Ip4Address.ZERO
                : one.addresses().getFirst().address();
    }

    /**
     * True when an address lies in a network of an interface, so that the kernel sends to it
     * directly.
     */
    boolean onLink(int index, Ip4Address address) {
        ServerInterface one = byIndex.get(index);
        if (one == null) {
            return false;
        }
        for (ServerInterface.Address candidate : one.addresses()) {
            if (candidate.network().contains(address)) {
                return true;
            }
        }
        return false;
    }
}
