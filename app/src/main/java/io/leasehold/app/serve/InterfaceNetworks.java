package io.leasehold.app.serve;

import io.leasehold.link.NetworkInterface;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the configuration of {@code serve -i eth1} in step with the interface. */
final class InterfaceNetworks {
    private static final System.Logger LOG = System.getLogger("leasehold.server");

    private final List<String> names;
    private final InterfaceConfig.Flags flags;
    private ServerConfig current;

    /**
     * @throws IllegalArgumentException says which interface or pool does not do, and what would
     */
    InterfaceNetworks(
            List<String> names, InterfaceConfig.Flags flags, List<NetworkInterface> interfaces) {
        this.names = List.copyOf(names);
        this.flags = flags;
        this.current = InterfaceConfig.of(served(interfaces), flags);
    }

    /** What is served now. */
    ServerConfig current() {
        return current;
    }

    /**
     * What is to be served now that the interfaces are these; null when that is what was served
     * before. An interface that is gone or has no address will be back: until then nothing changes.
     */
    @Nullable ServerConfig follow(List<NetworkInterface> interfaces) {
        List<NetworkInterface> served = served(interfaces);
        boolean whole =
                served.size() == names.size()
                        && served.stream().noneMatch(one -> one.addresses().isEmpty());
        if (!whole) {
            return null;
        }
        ServerConfig next;
        try {
            next = InterfaceConfig.of(served, flags);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "an interface changed, and is served as before: " + e.getMessage());
            return null;
        }
        if (next.equals(current)) {
            return null;
        }
        current = next;
        LOG.log(Level.WARNING, "the network of an interface changed; served now: " + text(next));
        return next;
    }

    private List<NetworkInterface> served(List<NetworkInterface> interfaces) {
        List<NetworkInterface> served = new ArrayList<>();
        for (String name : names) {
            for (NetworkInterface one : interfaces) {
                if (one.name().equals(name)) {
                    served.add(one);
                }
            }
        }
        return served;
    }

    /** A few of the networks and their pools, for a log line. */
    static String text(ServerConfig config) {
        List<String> subnets = new ArrayList<>();
        for (SharedNetwork network : config.networks()) {
            for (Subnet subnet : network.subnets()) {
                List<String> pools = subnet.pools().stream().map(Pool::toString).toList();
                subnets.add(subnet.network() + " [" + Few.of(pools, ", ") + "]");
            }
        }
        return Few.of(subnets, "; ");
    }
}
