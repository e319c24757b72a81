package io.leasehold.app.serve;

import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of {@code serve -i eth1}: all of it from the interface and a few flags. */
public final class InterfaceConfig {
    private static final int DOMAIN_NAME_SERVERS = 6;
    private static final int PREFIX_BITS_MAX = 30;

    private InterfaceConfig() {}

    /**
     * What the flags say.
     *
     * @param pools empty for the upper half of each network
     * @param routers option 3; empty for none
     * @param nameServers option 6; empty for none
     * @param settings how leases are given
     */
    public record Flags(
            List<Pool> pools,
            List<Ip4Address> routers,
            List<Ip4Address> nameServers,
            Settings settings) {}

    /**
     * Serves the network of the primary address of each interface.
     *
     * @throws IllegalArgumentException says which interface or pool does not do, and what would
     */
    public static ServerConfig of(List<NetworkInterface> served, Flags flags) {
        List<SharedNetwork> networks = new ArrayList<>();
        List<Pool> unplaced = new ArrayList<>(flags.pools());
        for (NetworkInterface one : served) {
            if (one.addresses().isEmpty()) {
                throw new IllegalArgumentException(
                        one.name()
                                + " has no IPv4 address, so that its network is not known; give it"
                                + " one: ip address add 192.168.50.1/24 dev "
                                + one.name());
            }
            InterfaceAddress address = one.addresses().getFirst();
            Ip4Network network = address.network();
            List<Pool> own = new ArrayList<>();
            for (Pool pool : flags.pools()) {
                if (network.contains(pool.first()) && network.contains(pool.last())) {
                    own.add(pool);
                    unplaced.remove(pool);
                }
            }
            if (own.isEmpty()) {
                own.add(upperHalf(one.name(), address));
            }
            Subnet subnet = new Subnet(network, own, List.of(), flags.settings(), OptionSet.EMPTY);
            networks.add(new SharedNetwork(network.toString(), List.of(subnet)));
        }
        if (!unplaced.isEmpty()) {
            throw new IllegalArgumentException(
                    "pool "
                            + unplaced.getFirst()
                            + " is in no network of the interfaces served: "
                            + names(networks));
        }
        return new ServerConfig(networks, List.of(), options(flags));
    }

    private static String names(List<SharedNetwork> networks) {
        List<String> names = new ArrayList<>();
        networks.forEach(network -> names.add(network.name()));
        return String.join(", ", names);
    }

    private static Pool upperHalf(String name, InterfaceAddress address) {
        Ip4Network network = address.network();
        if (network.prefixBits() > PREFIX_BITS_MAX) {
            throw new IllegalArgumentException(
                    name
                            + " has "
                            + address
                            + ", a network without room for clients;"
                            + " expected a prefix of at most /"
                            + PREFIX_BITS_MAX);
        }
        int half = 1 << (31 - network.prefixBits());
        return new Pool(network.address().plus(half), network.last().plus(-1));
    }

    private static OptionSet options(Flags flags) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        if (!flags.routers().isEmpty()) {
            options.put(OptionCode.ROUTERS, addresses(flags.routers()));
        }
        if (!flags.nameServers().isEmpty()) {
            options.put(DOMAIN_NAME_SERVERS, addresses(flags.nameServers()));
        }
        return new OptionSet(options);
    }

    private static Octets addresses(List<Ip4Address> addresses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        addresses.forEach(address -> bytes.writeBytes(address.toBytes()));
        return Octets.of(bytes.toByteArray());
    }
}
