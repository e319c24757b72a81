package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.ArrayList;
import java.util.List;

/**
 * For whom the helper process may make neighbour entries: clients on these interfaces, in the
 * networks of the interface's own addresses, as the kernel tells them at that moment, or in further
 * networks.
 *
 * @param interfaces the names of the interfaces; none for all but the loopback
 * @param excluded names of interfaces that are not meant by all
 * @param networks further networks, on any of the interfaces
 */
public record NeighbourScope(
        List<String> interfaces, List<String> excluded, List<Ip4Network> networks) {
    private static final String INTERFACE = "interface=";
    private static final String EXCLUDED = "excluded=";
    private static final String NETWORK = "network=";

    public NeighbourScope {
        interfaces = List.copyOf(interfaces);
        excluded = List.copyOf(excluded);
        networks = List.copyOf(networks);
    }

    /** The clients of some interfaces, or of all when none is named. */
    public static NeighbourScope of(String... interfaces) {
        return new NeighbourScope(List.of(interfaces), List.of(), List.of());
    }

    /** As the helper's command line has it. */
    List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        interfaces.forEach(each -> arguments.add(INTERFACE + each));
        excluded.forEach(each -> arguments.add(EXCLUDED + each));
        networks.forEach(each -> arguments.add(NETWORK + each));
        return arguments;
    }

    /**
     * @throws IllegalArgumentException says what was found
     */
    static NeighbourScope parse(List<String> arguments) {
        List<String> interfaces = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        List<Ip4Network> networks = new ArrayList<>();
        for (String each : arguments) {
            String value = each.substring(each.indexOf('=') + 1);
            if (each.startsWith(INTERFACE)) {
                interfaces.add(value);
            } else if (each.startsWith(EXCLUDED)) {
                excluded.add(value);
            } else if (each.startsWith(NETWORK)) {
                networks.add(Ip4Network.parse(value));
            } else {
                throw new IllegalArgumentException(
                        "found \"" + each + "\", expected interface=, excluded= or network=");
            }
        }
        return new NeighbourScope(interfaces, excluded, networks);
    }

    /** True when an entry may be made for an address on an interface, these being all there are. */
    boolean allows(List<NetworkInterface> all, int interfaceIndex, Ip4Address address) {
        boolean allowed = false;
        for (NetworkInterface each : all) {
            for (InterfaceAddress own : each.addresses()) {
                if (own.address().equals(address)) {
                    return false;
                }
            }
            allowed |= each.index() == interfaceIndex && serves(each) && reaches(each, address);
        }
        return allowed;
    }

    private boolean serves(NetworkInterface each) {
        return interfaces.isEmpty()
                ? !each.loopback() && !excluded.contains(each.name())
                : interfaces.contains(each.name());
    }

    private boolean reaches(NetworkInterface each, Ip4Address address) {
        return each.addresses().stream().anyMatch(own -> isHost(own.network(), address))
                || networks.stream().anyMatch(network -> isHost(network, address));
    }

    private static boolean isHost(Ip4Network network, Ip4Address address) {
        boolean special =
                network.prefixBits() < 31
                        && (address.equals(network.address()) || address.equals(network.last()));
        return network.contains(address) && !special;
    }
}
