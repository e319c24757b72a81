package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.AgentPolicy;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the relays of a file. */
final class RelayReader {
    private final Problems problems;
    private final Values values;

    RelayReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /**
     * Reads one relay, or a list of several.
     *
     * @param taken names of the interfaces that a server serves; relays have others
     * @param alone false when there is a server beside the relays
     */
    List<RelaySetup> read(@Nullable YamlNode node, List<String> taken, boolean alone) {
        List<RelaySetup> relays = new ArrayList<>();
        List<YamlNode> items = values.items(node);
        if (node != null && items.isEmpty() && alone) {
            problems.add(node, "relay: found an empty list, expected a relay or several");
        }
        List<String> used = new ArrayList<>(taken);
        for (YamlNode item : items) {
            Optional<Fields> fields = Fields.of(item, "relay", Section.RELAY, problems);
            if (fields.isPresent()) {
                RelaySetup relay = relay(fields.get());
                checkGiaddr(fields.get(), relay.rules(), relays);
                relays.add(relay);
                checkBeside(fields.get(), relay.rules(), used, alone && items.size() == 1);
                checkPorts(fields.get(), relay.rules(), relays.getFirst().rules(), alone);
            }
        }
        return relays;
    }

    private void checkBeside(Fields fields, RelayConfig rules, List<String> used, boolean single) {
        if (rules.clientInterfaces().isEmpty() && !single) {
            fields.require("interfaces", "the interfaces of this relay, since it is not alone");
        }
        checkApart(fields, "except", rules.excludedInterfaces(), rules);
        checkApart(fields, "broadcast", rules.broadcastInterfaces(), rules);
        YamlNode node = fields.get("interfaces");
        for (String name : rules.clientInterfaces()) {
            if (used.contains(name) && node != null) {
                problems.add(node, "interfaces: " + name + " has a server or another relay");
            }
            used.add(name);
        }
    }

    private void checkApart(Fields fields, String key, List<String> names, RelayConfig rules) {
        YamlNode node = fields.get(key);
        try {
            RelayValues.apart(names, rules.clientInterfaces());
        } catch (IllegalArgumentException e) {
            problems.add(node == null ? fields.at() : node, key + ": " + e.getMessage());
        }
    }

    /** By giaddr alone a reply finds the relay whose clients it is for. */
    private void checkGiaddr(Fields fields, RelayConfig rules, List<RelaySetup> before) {
        YamlNode node = fields.get("giaddr");
        boolean taken =
                before.stream().anyMatch(each -> each.rules().giaddr().equals(rules.giaddr()));
        if (node != null && !rules.giaddr().isZero() && taken) {
            problems.expected(node, "giaddr", "one that no other relay of this file has");
        }
    }

    private void checkPorts(Fields fields, RelayConfig rules, RelayConfig first, boolean alone) {
        YamlNode node = fields.get("alternative-ports");
        boolean same =
                rules.serverPort()
                        == (alone ? first.serverPort() : RelayConfig.DEFAULTS.serverPort());
        if (!same) {
            problems.add(
                    node == null ? fields.at() : node,
                    "alternative-ports: all relays and the server of a file use the same ports");
        }
    }

    private RelaySetup relay(Fields fields) {
        List<ServerName> servers = new ArrayList<>();
        for (YamlNode item : values.items(fields.get("servers"))) {
            ServerName server = values.parsed(item, "servers", ServerName::parse);
            if (server != null && servers.size() < RelaySetup.SERVERS_MAX) {
                servers.add(server);
            } else if (server != null) {
                problems.add(item, "servers: more than " + RelaySetup.SERVERS_MAX);
            }
        }
        List<String> broadcast = interfaces(fields, "broadcast");
        if (servers.isEmpty() && broadcast.isEmpty()) {
            fields.require("servers", "where to relay to, or broadcast with an interface");
        }
        boolean alternative = yes(fields, "alternative-ports");
        RelayConfig rules =
                RelayConfig.DEFAULTS
                        .withClientInterfaces(interfaces(fields, "interfaces"))
                        .withExcludedInterfaces(interfaces(fields, "except"))
                        .withBroadcastInterfaces(broadcast)
                        .withServerPort(RelayValues.serverPort(alternative))
                        .withClientPort(RelayValues.clientPort(alternative))
                        .withHopsMax(
                                number(
                                        fields,
                                        "max-hops",
                                        0,
                                        RelayConfig.HOPS_MAX_MOST,
                                        RelayConfig.HOPS_MAX_DEFAULT))
                        .withSmart(yes(fields, "smart"))
                        .withAnyServer(yes(fields, "any-server"))
                        .withAgentInformation(agent(fields))
                        .withBalance(balance(fields, servers))
                        .withClientLimit(limit(fields, "client-rate-limit"))
                        .withInterfaceLimit(limit(fields, "interface-rate-limit"));
        return new RelaySetup(
                apply(fields, "giaddr", rules, text -> rules.withGiaddr(Ip4Address.parse(text))),
                servers,
                resolveSeconds(fields));
    }

    private AgentInformation agent(Fields fields) {
        YamlNode policy = fields.get("agent-information");
        AgentInformation plain =
                AgentInformation.NONE
                        .withPolicy(
                                values.oneOf(
                                        policy,
                                        "agent-information",
                                        AgentPolicy.NONE,
                                        AgentPolicy.values()))
                        .withLinkSelection(yes(fields, "link-selection"))
                        .withServerIdOverride(yes(fields, "server-id-override"))
                        .withSourcePort(number(fields, "relay-source-port", 1, 65_535, 0))
                        .withTrustedInterfaces(interfaces(fields, "trusted"));
        AgentInformation circuit = apply(fields, "circuit-id", plain, plain::withCircuitId);
        AgentInformation remote = apply(fields, "remote-id", circuit, circuit::withRemoteId);
        AgentInformation identified =
                apply(
                        fields,
                        "relay-id",
                        remote,
                        text -> remote.withRelayId(RelayValues.relayId(text)));
        return apply(
                fields,
                "vss",
                identified,
                text -> identified.withVirtualSubnet(RelayValues.virtualSubnet(text)));
    }

    private Balance balance(Fields fields, List<ServerName> servers) {
        List<Balance.Canary> canaries = new ArrayList<>();
        for (YamlNode item : values.items(fields.get("canary"))) {
            Balance.Canary canary =
                    values.parsed(item, "canary", text -> RelayValues.canary(text, servers));
            if (canary != null) {
                canaries.add(canary);
            }
        }
        try {
            return new Balance(yes(fields, "balance"), canaries);
        } catch (IllegalArgumentException e) {
            YamlNode node = fields.get("canary");
            problems.add(node == null ? fields.at() : node, "canary: " + e.getMessage());
            return Balance.OFF;
        }
    }

    private RateLimit limit(Fields fields, String key) {
        return apply(fields, key, RateLimit.OFF, RelayValues::rateLimit);
    }

    private int resolveSeconds(Fields fields) {
        YamlNode node = fields.get("resolve-every");
        String text = node == null ? null : values.text(node, "resolve-every", Durations.EXPECTED);
        if (node == null || text == null) {
            return RelaySetup.RESOLVE_SECONDS_DEFAULT;
        }
        long millis = Durations.parseMillis(text);
        if (millis < 1000 || millis % 1000 != 0 || millis / 1000 > RelaySetup.RESOLVE_SECONDS_MAX) {
            problems.expected(node, "resolve-every", "whole seconds from 1s to 24h");
            return RelaySetup.RESOLVE_SECONDS_DEFAULT;
        }
        return (int) (millis / 1000);
    }

    private List<String> interfaces(Fields fields, String key) {
        List<String> names = new ArrayList<>();
        for (YamlNode item : values.items(fields.get(key))) {
            values.interfaceName(item, key, names);
        }
        return names;
    }

    private boolean yes(Fields fields, String key) {
        YamlNode node = fields.get(key);
        Boolean yes = node == null ? null : values.yesNo(node, key);
        return yes != null && yes;
    }

    private int number(Fields fields, String key, int least, int most, int none) {
        YamlNode node = fields.get(key);
        Integer number = node == null ? null : values.number(node, key, least, most);
        return number == null ? none : number;
    }

    /** What a key makes of what there was; that itself where the key is not there or wrong. */
    private <T> T apply(Fields fields, String key, T before, Function<String, T> with) {
        YamlNode node = fields.get(key);
        T after = node == null ? null : values.parsed(node, key, with);
        return after == null ? before : after;
    }
}
