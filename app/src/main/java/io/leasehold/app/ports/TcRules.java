package io.leasehold.app.ports;

import io.leasehold.app.ports.PortRule.Direction;
import io.leasehold.app.ports.PortRule.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Traffic control: flower finds the datagrams, pedit writes the ports, csum mends the checksum. It
 * works on kernels on which nftables cannot. Its filters have a preference number of their own.
 */
final class TcRules implements RuleSet {
    private static final int PREFERENCE = 6768;

    /** A user's PATH may lack where tc is. */
    private static final String PREAMBLE = "set -e\nPATH=$PATH:/usr/sbin:/sbin\n";

    @Override
    public String program() {
        return "tc";
    }

    @Override
    public String debianPackage() {
        return "iproute2";
    }

    @Override
    public String set(List<PortRule> rules) {
        List<String> devices = rules.stream().map(PortRule::device).distinct().toList();
        StringBuilder file = new StringBuilder(PREAMBLE);
        for (String device : devices) {
            file.append("tc qdisc show dev ").append(device);
            file.append(" | grep -q '^qdisc clsact' || tc qdisc add dev ").append(device);
            file.append(" clsact\n");
        }
        addRemoval(file, devices);
        for (PortRule rule : rules) {
            // A filter matches one address of a kind.
            for (String source : anyOf("src_ip", rule.sources())) {
                for (String destination : anyOf("dst_ip", rule.destinations())) {
                    addFilter(file, rule, source + destination);
                }
            }
        }
        return file.toString();
    }

    private static List<String> anyOf(String key, List<String> addresses) {
        return addresses.isEmpty()
                ? List.of("")
                : addresses.stream().map(each -> " " + key + " " + each).toList();
    }

    private static void addFilter(StringBuilder file, PortRule rule, String addresses) {
        Kind kind = rule.kind();
        file.append("tc filter add ").append(place(rule.device(), kind.direction()));
        file.append(" protocol ip flower skip_hw ip_proto udp").append(addresses);
        if (kind.sourcePort() != 0) {
            file.append(" src_port ").append(kind.sourcePort());
        }
        file.append(" dst_port ").append(kind.destinationPort());
        // "ex" finds the UDP header behind IP options; without it, pedit writes at a fixed offset.
        file.append(" action pedit ex");
        if (kind.newSourcePort() != 0) {
            file.append(" munge udp sport set ").append(kind.newSourcePort());
        }
        file.append(" munge udp dport set ").append(kind.newDestinationPort());
        // Filters of others behind these are still asked.
        file.append(" pipe action csum udp continue\n");
    }

    private static String place(String device, Direction direction) {
        return "dev " + device + " " + direction + " pref " + PREFERENCE;
    }

    /** The qdisc clsact stays: it may hold filters of others, and without any does nothing. */
    @Override
    public String remove(List<String> devices) {
        StringBuilder file = new StringBuilder(PREAMBLE);
        addRemoval(file, devices);
        return file.toString();
    }

    private static void addRemoval(StringBuilder file, List<String> devices) {
        for (String device : devices) {
            for (Direction direction : Direction.values()) {
                file.append("tc filter del ").append(place(device, direction));
                file.append(" 2> /dev/null || true\n");
            }
        }
    }

    @Override
    public List<String> command(String file) {
        return List.of("sh", "-c", file);
    }

    @Override
    public List<String> devices(List<String> all, Runner runner) throws PortsException {
        List<String> devices = new ArrayList<>();
        for (String device : all) {
            if (!counts(List.of(device), runner).isEmpty()) {
                devices.add(device);
            }
        }
        return devices;
    }

    @Override
    public Map<String, PortCount> counts(List<String> devices, Runner runner)
            throws PortsException {
        Map<String, PortCount> counts = new LinkedHashMap<>();
        for (String device : devices) {
            for (Direction direction : Direction.values()) {
                List<String> show = new ArrayList<>(List.of("tc", "-s", "-j", "filter", "show"));
                show.addAll(List.of(place(device, direction).split(" ", -1)));
                for (JsonNode filter : Json.read(program(), runner.run(show))) {
                    add(counts, device, direction, filter.path("options"));
                }
            }
        }
        return counts;
    }

    private static void add(
            Map<String, PortCount> counts, String device, Direction direction, JsonNode filter) {
        int source = filter.path("keys").path("src_port").asInt(0);
        int destination = filter.path("keys").path("dst_port").asInt(0);
        for (Kind kind : Kind.values()) {
            boolean same =
                    kind.direction() == direction
                            && kind.sourcePort() == source
                            && kind.destinationPort() == destination;
            if (same) {
                // Each action counts what it was given; the last one, what went through all.
                JsonNode actions = filter.path("actions");
                JsonNode last = actions.path(actions.size() - 1).path("stats");
                PortCount count =
                        new PortCount(last.path("packets").asLong(), last.path("bytes").asLong());
                counts.merge(PortRule.name(device, kind), count, PortCount::plus);
            }
        }
    }

    @Override
    public String inWords(String said) {
        String first = said.strip().lines().findFirst().orElse("it failed without a word");
        if (said.contains("Operation not permitted")) {
            return "not permitted: this takes root, or CAP_NET_ADMIN";
        }
        if (said.contains("Exclusivity flag on")) {
            return "the device has a qdisc ingress, which excludes clsact; remove it with"
                    + " \"tc qdisc del dev DEVICE ingress\", or try --nft";
        }
        if (said.contains("qdisc kind is unknown") || said.contains("classifier not found")) {
            return "this kernel lacks what tc takes: NET_SCH_INGRESS, NET_CLS_FLOWER,"
                    + " NET_ACT_PEDIT and NET_ACT_CSUM; try --nft ("
                    + first
                    + ")";
        }
        return first;
    }
}
