package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.server.AddressPool;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code subnets} and {@code shared-networks}. */
final class SubnetsReader {
    private static final String NETWORK = "a network such as 192.168.50.0/24";

    /** What is asked before it is known in which subnet of a wire a client is. */
    private static final List<Setting> OF_THE_WIRE =
            List.of(Setting.AUTHORITATIVE, Setting.MATCH_CLIENT_ID);

    private final Problems problems;
    private final Values values;
    private final OptionsReader options;
    private final SettingsReader settings;
    private final ReservationsReader reservations;
    private final NetworkChecks checks;

    SubnetsReader(Problems problems, OptionsReader options, SettingsReader settings) {
        this.problems = problems;
        this.values = new Values(problems);
        this.options = options;
        this.settings = settings;
        this.reservations = new ReservationsReader(problems, options);
        this.checks = new NetworkChecks(problems);
    }

    /** Every network of the server, and what is wrong between them reported. */
    List<SharedNetwork> read(Fields server, SettingsLayer outer) {
        List<SharedNetwork> networks = new ArrayList<>();
        for (YamlNode item : values.list(server.get("subnets"), "subnets")) {
            ReservationKeys keys = new ReservationKeys(problems);
            Subnet subnet = subnet(item, outer, OptionSet.EMPTY, keys, List.of());
            if (subnet != null) {
                networks.add(new SharedNetwork(subnet.network().toString(), List.of(subnet)));
            }
        }
        Map<String, Integer> lines = new HashMap<>();
        for (YamlNode item : values.list(server.get("shared-networks"), "shared-networks")) {
            SharedNetwork network = shared(item, outer, lines);
            if (network != null) {
                networks.add(network);
            }
        }
        checks.subnetsDoNotOverlap();
        if (networks.isEmpty() && problems.isEmpty()) {
            problems.add(server.at(), "subnets: missing, expected at least one subnet to serve");
        }
        return networks;
    }

    private @Nullable SharedNetwork shared(
            YamlNode item, SettingsLayer outer, Map<String, Integer> lines) {
        Optional<Fields> found =
                Fields.of(item, "shared-networks", Section.SHARED_NETWORK, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        String name = sharedName(fields, lines);
        SettingsLayer layer = settings.read(fields, outer);
        OptionSet own = options.read(fields.get("options"));
        YamlNode subnetsNode = fields.require("subnets", "a list of subnets");
        List<YamlNode> items = values.list(subnetsNode, "subnets");
        if (subnetsNode != null && items.isEmpty() && subnetsNode instanceof YamlNode.Sequence) {
            problems.add(subnetsNode, "subnets: found none, expected at least one");
        }
        ReservationKeys keys = new ReservationKeys(problems);
        List<Subnet> subnets = new ArrayList<>();
        for (YamlNode subnetNode : items) {
            Subnet subnet = subnet(subnetNode, layer, own, keys, OF_THE_WIRE);
            if (subnet != null) {
                subnets.add(subnet);
            }
        }
        return subnets.isEmpty() ? null : new SharedNetwork(name, subnets);
    }

    private String sharedName(Fields fields, Map<String, Integer> lines) {
        String expected = "a name such as floor-2";
        YamlNode node = fields.require("name", expected);
        String name = node == null ? null : values.text(node, "name", expected);
        if (node == null || name == null) {
            return "";
        }
        Integer before = lines.putIfAbsent(name, node.line());
        if (before != null) {
            problems.add(node, "name: " + node.found() + " is in line " + before + " already");
        }
        return name;
    }

    private @Nullable Subnet subnet(
            YamlNode item,
            SettingsLayer outer,
            OptionSet outerOptions,
            ReservationKeys keys,
            List<Setting> misplaced) {
        Optional<Fields> found = Fields.of(item, "subnets", Section.SUBNET, problems);
        if (found.isEmpty()) {
            return null;
        }
        Fields fields = found.get();
        YamlNode networkNode = fields.require("subnet", NETWORK);
        Ip4Network network = networkNode == null ? null : values.network(networkNode, "subnet");
        for (Setting setting : misplaced) {
            YamlNode node = fields.get(setting.key());
            if (node != null) {
                String whose = ": found in one of its subnets, expected in the shared network";
                problems.add(node, setting.key() + whose);
            }
        }
        SettingsLayer layer = settings.read(fields, outer);
        OptionSet own = outerOptions.overriddenBy(options.read(fields.get("options")));
        List<Pool> pools = pools(fields.get("pools"), network);
        YamlNode reserved = fields.get("reservations");
        List<Reservation> kept = reservations.read(reserved, network, keys);
        if (network == null || networkNode == null) {
            return null;
        }
        checks.add(network, networkNode);
        return new Subnet(network, pools, kept, layer.resolve(), own);
    }

    private List<Pool> pools(@Nullable YamlNode node, @Nullable Ip4Network network) {
        List<Pool> pools = new ArrayList<>();
        List<YamlNode> nodes = new ArrayList<>();
        for (YamlNode item : values.items(node)) {
            Pool pool = values.pool(item, "pools");
            if (pool != null && (network == null || checks.fits(pool, network, item))) {
                pools.add(pool);
                nodes.add(item);
            }
        }
        checks.poolsDoNotOverlap(pools, nodes);
        long addresses = pools.stream().mapToLong(Pool::size).sum();
        if (node != null && addresses > AddressPool.ADDRESSES_MAX) {
            String most = ", expected at most " + AddressPool.ADDRESSES_MAX + " in one subnet";
            problems.add(node, "pools: found " + addresses + " addresses" + most);
        }
        return pools;
    }
}
