package io.leasehold.link;

import io.leasehold.link.helper.HelperScope;
import io.leasehold.protocol.wire.Ip4Network;
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
        return HelperScope.arguments(interfaces, excluded, networks);
    }
}
