package io.leasehold.app.ports;

import io.leasehold.app.ports.PortRule.Direction;
import io.leasehold.app.ports.PortRule.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * nftables: for each device one table of the family netdev, replaced as a whole and in one step.
 */
final class NftRules implements RuleSet {
    private static final String TABLE = "leasehold_ports_";

    @Override
    public String program() {
        return "nft";
    }

    @Override
    public String debianPackage() {
        return "nftables";
    }

    @Override
    public String set(List<PortRule> rules) {
        Map<String, List<PortRule>> byDevice = new LinkedHashMap<>();
        rules.forEach(
                rule ->
                        byDevice.computeIfAbsent(rule.device(), name -> new ArrayList<>())
                                .add(rule));
        StringBuilder file = new StringBuilder(remove(List.copyOf(byDevice.keySet())));
        byDevice.forEach(
                (device, here) -> {
                    file.append("table netdev ").append(TABLE).append(device).append(" {\n");
                    for (Direction direction : Direction.values()) {
                        addChain(file, device, direction, here);
                    }
                    file.append("}\n");
                });
        return file.toString();
    }

    private static void addChain(
            StringBuilder file, String device, Direction direction, List<PortRule> rules) {
        // First on the way in, last on the way out: all other rules see the ports inside.
        int priority = direction == Direction.INGRESS ? -150 : 150;
        file.append("    chain ").append(direction).append(" {\n");
        file.append("        type filter hook ").append(direction);
        file.append(" device \"").append(device).append("\" priority ").append(priority);
        file.append("; policy accept;\n");
        for (PortRule rule : rules) {
            if (rule.kind().direction() == direction) {
                // A checksum of 0 says that there is none (RFC 768): mended it would be wrong.
                addRule(file, rule, " udp checksum 0", " udp checksum set 0");
                addRule(file, rule, "", "");
            }
        }
        file.append("    }\n");
    }

    private static void addRule(StringBuilder file, PortRule rule, String only, String also) {
        Kind kind = rule.kind();
        file.append("        ");
        if (kind == Kind.REQUESTS) {
            // A VLAN's frames pass here too, tagged, before the VLAN's own device has them.
            file.append("ether type ip ");
        }
        addAddresses(file, "saddr", rule.sources());
        addAddresses(file, "daddr", rule.destinations());
        if (kind.sourcePort() != 0) {
            file.append("udp sport ").append(kind.sourcePort()).append(' ');
        }
        file.append("udp dport ").append(kind.destinationPort()).append(only);
        if (kind.newSourcePort() != 0) {
            file.append(" udp sport set ").append(kind.newSourcePort());
        }
        file.append(" udp dport set ").append(kind.newDestinationPort()).append(also);
        file.append(" counter accept comment \"");
        file.append(PortRule.name(rule.device(), kind)).append("\"\n");
    }

    private static void addAddresses(StringBuilder file, String field, List<String> addresses) {
        if (!addresses.isEmpty()) {
            file.append("ip ").append(field);
            file.append(" { ").append(String.join(", ", addresses)).append(" } ");
        }
    }

    /** A table can be deleted when it is there: hence each is made first. */
    @Override
    public String remove(List<String> devices) {
        StringBuilder file = new StringBuilder();
        for (String device : devices) {
            file.append("table netdev ").append(TABLE).append(device).append('\n');
            file.append("delete table netdev ").append(TABLE).append(device).append('\n');
        }
        return file.toString();
    }

    @Override
    public List<String> command(String file) {
        return List.of(program(), file);
    }

    @Override
    public List<String> devices(List<String> all, Runner runner) throws PortsException {
        String printed = runner.run(List.of(program(), "-j", "list", "tables", "netdev"));
        List<String> devices = new ArrayList<>();
        for (JsonNode each : Json.read(program(), printed).path("nftables")) {
            String name = each.path("table").path("name").asString("");
            if (name.startsWith(TABLE)) {
                devices.add(name.substring(TABLE.length()));
            }
        }
        return devices;
    }

    @Override
    public Map<String, PortCount> counts(List<String> devices, Runner runner)
            throws PortsException {
        Map<String, PortCount> counts = new LinkedHashMap<>();
        for (String device : devices) {
            List<String> list = List.of(program(), "-j", "list", "table", "netdev", TABLE + device);
            for (JsonNode each : Json.read(program(), runner.run(list)).path("nftables")) {
                String name = each.path("rule").path("comment").asString("");
                for (JsonNode part : each.path("rule").path("expr")) {
                    JsonNode counter = part.path("counter");
                    if (counter.isObject()) {
                        counts.merge(name, count(counter), PortCount::plus);
                    }
                }
            }
        }
        return counts;
    }

    private static PortCount count(JsonNode counter) {
        return new PortCount(counter.path("packets").asLong(), counter.path("bytes").asLong());
    }

    @Override
    public String inWords(String said) {
        String first = said.strip().lines().findFirst().orElse("it failed without a word");
        if (first.contains("Operation not permitted")) {
            return "not permitted: this takes root, or CAP_NET_ADMIN";
        }
        if (said.contains("unknown chain hook") || said.contains("syntax error")) {
            return "this nft is too old: the hook egress takes nftables 1.0.1; or try --tc";
        }
        if (first.contains("Could not process rule")) {
            return "Linux "
                    + System.getProperty("os.version")
                    + " refuses the rules: the hook egress takes Linux 5.16 or newer, built with"
                    + " NETFILTER_EGRESS and NF_TABLES_NETDEV; --tc does without ("
                    + first
                    + ")";
        }
        return first;
    }
}
