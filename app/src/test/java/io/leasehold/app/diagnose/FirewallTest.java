package io.leasehold.app.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of packets, by rules as nft prints them. */
class FirewallTest {
    private static final String DPORT =
            "{'match': {'op': '==', 'left': {'payload': {'protocol': '%s', 'field': 'dport'}},"
                    + " 'right': %s}}";
    private static final String FROM =
            "{'match': {'op': '==', 'left': {'payload': {'protocol': 'ip', 'field': 'saddr'}},"
                    + " 'right': '10.0.0.1'}}";
    private static final String STATE =
            "{'match': {'op': 'in', 'left': {'ct': {'key': 'state'}},"
                    + " 'right': ['established', 'related']}}";
    private static final String STATES =
            "{'vmap': {'key': {'ct': {'key': 'state'}}, 'data': {'set':"
                    + " [['invalid', {'drop': null}], ['new', {'accept': null}]]}}}";

    private static String chains(String policy) {
        return """
        {"chain": {"family": "inet", "table": "filter", "name": "input", "type": "filter",
                   "hook": "input", "prio": 0, "policy": "%s"}},
        {"chain": {"family": "inet", "table": "filter", "name": "boot"}},
        {"set": {"family": "inet", "table": "filter", "name": "ports", "elem": [69, 4011]}}\
        """
                .formatted(policy);
    }

    private static String name(String op, String name) {
        return "{'match': {'op': '%s', 'left': {'meta': {'key': 'iifname'}}, 'right': '%s'}}"
                .formatted(op, name);
    }

    private static Firewall.Answer tftp(String policy, String... rules) {
        StringBuilder json = new StringBuilder("{\"nftables\": [").append(chains(policy));
        for (String rule : rules) {
            String chain = rule.startsWith("boot: ") ? "boot" : "input";
            String parts = rule.replace("boot: ", "").replace('\'', '"');
            json.append(
                    ", {\"rule\": {\"family\": \"inet\", \"table\": \"filter\", \"chain\": \"%s\","
                                    .formatted(chain)
                            + " \"expr\": ["
                            + parts
                            + "]}}");
        }
        json.append("]}");
        return new Firewall(JsonMapper.shared().readTree(json.toString()))
                .of(new Firewall.Packet("eth1", "udp", 69, 0));
    }

    private static Firewall.Fate fate(String policy, String... rules) {
        return tftp(policy, rules).fate();
    }

    private static String dport(String ports) {
        return DPORT.formatted("udp", ports);
    }

    @ParameterizedTest
    @CsvSource({"accept, PASSES", "drop, DROPPED"})
    void doesAsThePolicySaysWithoutRules(String policy, Firewall.Fate fate) {
        assertThat(fate(policy)).isEqualTo(fate);
        assertThat(fate(policy, STATE + ", {'drop': null}")).isEqualTo(fate);
        assertThat(fate(policy, STATE + ", {'accept': null}")).isEqualTo(fate);
        assertThat(fate(policy, DPORT.formatted("tcp", "69") + ", {'drop': null}")).isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "69; PASSES",
                "68; DROPPED",
                "{'set': [67, 69]}; PASSES",
                "{'set': [67, {'range': [60, 70]}]}; PASSES",
                "{'range': [70, 80]}; DROPPED",
                "\"@ports\"; PASSES",
                "\"@others\"; UNKNOWN"
            })
    void knowsPortsSetsAndRanges(String ports, Firewall.Fate fate) {
        assertThat(fate("drop", dport(ports) + ", {'accept': null}")).isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({"==, eth1, PASSES", "==, eth2, DROPPED", "==, eth*, PASSES", "!=, eth2, PASSES"})
    void knowsInterfaces(String op, String name, Firewall.Fate fate) {
        assertThat(fate("drop", name(op, name) + ", {'counter': null}, {'accept': null}"))
                .isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({"accept, drop, UNKNOWN", "accept, accept, PASSES", "drop, drop, DROPPED"})
    void saysWhatItCannotKnow(String verdict, String policy, Firewall.Fate fate) {
        String rule = "{'" + verdict + "': null}";
        assertThat(fate(policy, FROM + ", " + rule)).isEqualTo(fate);
        assertThat(fate(policy, "{'limit': {'rate': 5}}, " + rule)).isEqualTo(fate);
        assertThat(fate(policy, "{'xt': {'name': 'multiport'}}, " + rule)).isEqualTo(fate);
    }

    @ParameterizedTest
    @CsvSource({"jump", "goto"})
    void followsChainsThatAreCalled(String call) {
        String called = dport("69") + ", {'" + call + "': {'target': 'boot'}}";
        assertThat(fate("accept", called, "boot: {'reject': null}"))
                .isEqualTo(Firewall.Fate.DROPPED);
        assertThat(fate("accept", called, "boot: {'return': null}", "boot: {'drop': null}"))
                .isEqualTo(Firewall.Fate.PASSES);
        assertThat(fate("accept", "{'jump': {'target': 'input'}}"))
                .isEqualTo(Firewall.Fate.UNKNOWN);
    }

    @Test
    void followsMapsOfVerdicts() {
        assertThat(fate("drop", STATES)).isEqualTo(Firewall.Fate.PASSES);
    }

    @Test
    void saysWhichChainDrops() {
        assertThat(tftp("drop"))
                .isEqualTo(new Firewall.Answer(Firewall.Fate.DROPPED, "inet filter input"));
    }
}
