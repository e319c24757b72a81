package io.leasehold.app.diagnose;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a host's nftables do with the first packet that comes to a port: iptables of today are among
 * them. What is not understood is taken neither for a yes nor for a no.
 */
final class Firewall {
    /** Chains that call each other in a ring are refused by the kernel; this is for a bad file. */
    private static final int DEPTH_MAX = 16;

    private static final Set<String> HOOKS = Set.of("prerouting", "input");
    private static final Set<String> FAMILIES = Set.of("ip", "inet");
    private static final Set<String> WITHOUT_EFFECT = Set.of("counter", "log", "comment");
    private static final Set<String> VERDICTS =
            Set.of("accept", "drop", "reject", "return", "jump", "goto", "vmap");

    private final List<JsonNode> chains = new ArrayList<>();
    private final Map<String, List<JsonNode>> rules = new HashMap<>();
    private final Map<String, JsonNode> sets = new HashMap<>();

    /** What becomes of a packet. */
    enum Fate {
        PASSES,
        DROPPED,
        UNKNOWN
    }

    /**
     * What becomes of a packet, and where.
     *
     * @param chain the last chain that has a say, {@code inet filter input}
     */
    record Answer(Fate fate, String chain) {}

    /**
     * A packet of a client that has not spoken before.
     *
     * @param sourcePort 0 where any is possible
     */
    record Packet(String interfaceName, String protocol, int port, int sourcePort) {}

    /** Whether a packet is what an expression asks for. */
    private enum Match {
        YES,
        NO,
        MAYBE;

        Match and(Match other) {
            return this == NO || other == NO ? NO : this == YES && other == YES ? YES : MAYBE;
        }

        Match not() {
            return this == YES ? NO : this == NO ? YES : MAYBE;
        }
    }

    /**
     * How a packet may come out of a rule or a chain; more than one where that is not known.
     *
     * @param passes accepted
     * @param drops dropped or rejected
     * @param on goes on to the next
     * @param back goes back to the chain that called this one
     */
    private record Ends(boolean passes, boolean drops, boolean on, boolean back) {
        static final Ends NONE = new Ends(false, false, false, false);
        static final Ends ON = new Ends(false, false, true, false);
        static final Ends ANY = new Ends(true, true, true, false);

        Ends or(Ends other) {
            return new Ends(
                    passes || other.passes,
                    drops || other.drops,
                    on || other.on,
                    back || other.back);
        }
    }

    /**
     * @param ruleset what {@code nft -j list ruleset} prints
     */
    Firewall(JsonNode ruleset) {
        for (JsonNode each : ruleset.path("nftables")) {
            JsonNode chain = each.path("chain");
            JsonNode rule = each.path("rule");
            JsonNode set = each.path("set");
            if (!chain.isMissingNode()) {
                chains.add(chain);
            } else if (!rule.isMissingNode()) {
                rules.computeIfAbsent(key(rule, "chain"), any -> new ArrayList<>())
                        .add(rule.path("expr"));
            } else if (!set.isMissingNode()) {
                sets.put(key(set, "name"), set.path("elem"));
            }
        }
    }

    private static String key(JsonNode of, String name) {
        return of.path("family").asString("")
                + " "
                + of.path("table").asString("")
                + " "
                + of.path(name).asString("");
    }

    /** What becomes of a packet: the worst that any chain of a hook does to it. */
    Answer of(Packet packet) {
        Answer worst = new Answer(Fate.PASSES, "");
        for (JsonNode chain : chains) {
            String family = chain.path("family").asString("");
            boolean hooked =
                    FAMILIES.contains(family)
                            && HOOKS.contains(chain.path("hook").asString(""))
                            && !"nat".equals(chain.path("type").asString(""));
            if (!hooked) {
                continue;
            }
            String key = key(chain, "name");
            Ends ends = new Reading(packet, table(chain)).chain(key, 0);
            boolean policyDrops = "drop".equals(chain.path("policy").asString(""));
            boolean drops = ends.drops() || ends.on() && policyDrops;
            boolean passes = ends.passes() || ends.on() && !policyDrops;
            Fate end = drops && passes ? Fate.UNKNOWN : drops ? Fate.DROPPED : Fate.PASSES;
            if (end == Fate.DROPPED || end == Fate.UNKNOWN && worst.fate() == Fate.PASSES) {
                worst = new Answer(end, key);
            }
            if (end == Fate.DROPPED) {
                return worst;
            }
        }
        return worst;
    }

    private static String table(JsonNode chain) {
        return chain.path("family").asString("") + " " + chain.path("table").asString("") + " ";
    }

    /** One packet on its way through the chains of one table. */
    private final class Reading {
        private final Packet packet;
        private final String table;

        Reading(Packet packet, String table) {
            this.packet = packet;
            this.table = table;
        }

        Ends chain(String key, int depth) {
            if (depth > DEPTH_MAX) {
                return Ends.ANY;
            }
            Ends found = Ends.NONE;
            boolean open = true;
            for (JsonNode rule : rules.getOrDefault(key, List.of())) {
                Ends ends = rule(rule, depth);
                found = found.or(ends);
                open = ends.on();
                if (!open) {
                    break;
                }
            }
            return new Ends(found.passes(), found.drops(), open || found.back(), false);
        }

        private Ends rule(JsonNode rule, int depth) {
            Match match = Match.YES;
            Ends ends = Ends.ON;
            for (JsonNode part : rule) {
                String kind = part.propertyNames().iterator().next();
                JsonNode value = part.path(kind);
                if (kind.equals("match")) {
                    match = match.and(match(value));
                } else if (VERDICTS.contains(kind)) {
                    ends = verdict(kind, value, depth);
                } else if (!WITHOUT_EFFECT.contains(kind)) {
                    match = match.and(Match.MAYBE);
                }
            }
            return switch (match) {
                case YES -> ends;
                case NO -> Ends.ON;
                case MAYBE -> ends.or(Ends.ON);
            };
        }

        private Ends verdict(String kind, JsonNode value, int depth) {
            return switch (kind) {
                case "accept" -> new Ends(true, false, false, false);
                case "drop", "reject" -> new Ends(false, true, false, false);
                case "return" -> new Ends(false, false, false, true);
                case "vmap" -> map(value, depth);
                case "goto" -> {
                    Ends there = called(value, depth);
                    yield new Ends(there.passes(), there.drops(), false, there.on());
                }
                default -> called(value, depth);
            };
        }

        private Ends called(JsonNode value, int depth) {
            return chain(table + value.path("target").asString(""), depth + 1);
        }

        private Ends map(JsonNode map, int depth) {
            Ends found = Ends.NONE;
            for (JsonNode pair : map.path("data").path("set")) {
                Match match = compare(map.path("key"), pair.path(0));
                if (match != Match.NO) {
                    String kind = pair.path(1).propertyNames().iterator().next();
                    found = found.or(verdict(kind, pair.path(1).path(kind), depth));
                }
                if (match == Match.YES) {
                    return found;
                }
            }
            return found.or(Ends.ON);
        }

        private Match match(JsonNode match) {
            Match found = compare(match.path("left"), match.path("right"));
            return switch (match.path("op").asString("")) {
                case "==", "in" -> found;
                case "!=" -> found.not();
                default -> Match.MAYBE;
            };
        }

        private Match compare(JsonNode left, JsonNode right) {
            JsonNode payload = left.path("payload");
            String field = payload.path("field").asString("");
            String protocol = payload.path("protocol").asString("");
            String meta = left.path("meta").path("key").asString("");
            if (field.equals("dport") || field.equals("sport")) {
                boolean theirs = protocol.equals(packet.protocol()) || protocol.equals("th");
                int port = field.equals("dport") ? packet.port() : packet.sourcePort();
                return !theirs
                        ? Match.NO
                        : port == 0 ? Match.MAYBE : is(String.valueOf(port), right);
            }
            if (meta.equals("l4proto") || protocol.equals("ip") && field.equals("protocol")) {
                return is(packet.protocol(), right);
            }
            if (meta.equals("iifname") || meta.equals("iif")) {
                return is(packet.interfaceName(), right);
            }
            if (meta.equals("nfproto")) {
                return is("ipv4", right);
            }
            if (left.path("ct").path("key").asString("").equals("state")) {
                return is("new", right);
            }
            return protocol.equals("ip6") ? Match.NO : Match.MAYBE;
        }

        private Match is(String value, JsonNode right) {
            if (right.isArray()) {
                return any(value, right);
            }
            if (right.has("set")) {
                return any(value, right.path("set"));
            }
            JsonNode range = right.path("range");
            if (range.isArray()) {
                int number = Integer.parseInt(value);
                boolean within = number >= range.path(0).asInt() && number <= range.path(1).asInt();
                return within ? Match.YES : Match.NO;
            }
            String text = right.isValueNode() ? right.asString("") : "@";
            if (text.startsWith("@")) {
                JsonNode set = sets.get(table + text.substring(1));
                return set == null ? Match.MAYBE : any(value, set);
            }
            boolean same =
                    text.endsWith("*")
                            ? value.startsWith(text.substring(0, text.length() - 1))
                            : value.equals(text);
            return same ? Match.YES : Match.NO;
        }

        private Match any(String value, JsonNode list) {
            Match found = Match.NO;
            for (JsonNode each : list) {
                Match one = is(value, each.has("elem") ? each.path("elem").path("val") : each);
                if (one == Match.YES) {
                    return Match.YES;
                }
                found = one == Match.MAYBE ? Match.MAYBE : found;
            }
            return found;
        }
    }
}
