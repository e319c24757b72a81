package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.relay.AgentPolicy;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RelayReaderTest {
    private static final String EVERY_KEY =
            """
            relay:
              interfaces: [eth1, eth2]
              except: eth3
              broadcast: eth0
              servers: [dhcp.example.com, "10.0.0.5:1067"]
              alternative-ports: true
              resolve-every: 1m
              agent-information: replace
              circuit-id: "%i"
              remote-id: 0x0102
              link-selection: true
              server-id-override: true
              vss: 0x00005e00000007
              relay-id: 0x00030001aabb
              relay-source-port: 1700
              trusted: [eth2]
              giaddr: 10.9.0.1
              max-hops: 4
              smart: true
              balance: true
              canary: dhcp.example.com=5
              any-server: true
              client-rate-limit: 5
              interface-rate-limit: 500/900
            """;

    private static AppConfig read(String yaml) {
        ConfigResult result = ConfigReader.read("f.yaml", yaml);
        assertThat(result).as(result.toString()).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result).config();
    }

    private static List<String> errors(String yaml) {
        ConfigResult result = ConfigReader.read("f.yaml", yaml);
        return result instanceof ConfigResult.Refused refused ? refused.errors() : List.of();
    }

    @Test
    void readsAPlainRelay() {
        AppConfig config = read("relay: {servers: 10.0.0.5}\n");

        assertThat(config.hasServer()).isFalse();
        RelaySetup relay = config.relays().getFirst();
        assertThat(relay.servers()).containsExactly(new ServerName("10.0.0.5", 0));
        assertThat(relay.resolveSeconds()).isEqualTo(30);
        assertThat(relay.rules()).isEqualTo(io.leasehold.relay.RelayConfig.DEFAULTS);
    }

    @Test
    void readsEveryKey() {
        RelaySetup relay = read(EVERY_KEY).relays().getFirst();

        assertThat(relay.servers()).hasToString("[dhcp.example.com, 10.0.0.5:1067]");
        assertThat(relay.resolveSeconds()).isEqualTo(60);
        var rules = relay.rules();
        assertThat(rules.clientInterfaces()).containsExactly("eth1", "eth2");
        assertThat(rules.excludedInterfaces()).containsExactly("eth3");
        assertThat(rules.broadcastInterfaces()).containsExactly("eth0");
        assertThat(rules.serverPort()).isEqualTo(1067);
        assertThat(rules.clientPort()).isEqualTo(1068);
        assertThat(rules.giaddr()).isEqualTo(Ip4Address.parse("10.9.0.1"));
        assertThat(rules.hopsMax()).isEqualTo(4);
        assertThat(rules.smart()).isTrue();
        assertThat(rules.anyServer()).isTrue();
        assertThat(rules.balance())
                .isEqualTo(new Balance(true, List.of(new Balance.Canary("dhcp.example.com", 5))));
        assertThat(rules.clientLimit()).isEqualTo(new RateLimit(5, 10));
        assertThat(rules.interfaceLimit()).isEqualTo(new RateLimit(500, 900));
    }

    @Test
    void readsEveryKeyOfAgentInformation() {
        var agent = read(EVERY_KEY).relays().getFirst().rules().agentInformation();

        assertThat(agent.policy()).isEqualTo(AgentPolicy.REPLACE);
        assertThat(agent.circuitId()).isEqualTo("%i");
        assertThat(agent.remoteId()).isEqualTo("0x0102");
        assertThat(agent.linkSelection()).isTrue();
        assertThat(agent.serverIdOverride()).isTrue();
        assertThat(agent.virtualSubnet()).hasToString("1 00:00:5e:00:00:00:07");
        assertThat(agent.relayId()).isEqualTo(Octets.parseHex("00030001aabb"));
        assertThat(agent.sourcePort()).isEqualTo(1700);
        assertThat(agent.trustedInterfaces()).containsExactly("eth2");
    }

    @Test
    void readsSeveralRelaysBesideAServer() {
        AppConfig config =
                read(
                        """
                        interfaces: [eth0]
                        server: {subnets: [{subnet: 10.0.0.0/24}]}
                        relay:
                          - {interfaces: eth1, servers: 10.9.0.1}
                          - {interfaces: eth2, servers: 10.9.0.2}
                        """);

        assertThat(config.hasServer()).isTrue();
        assertThat(config.relays()).hasSize(2);
    }

    @Test
    void saysWhereEachMistakeStands() {
        assertThat(
                        errors(
                                """
                                relay:
                                  interfaces: [eth1, a/b]
                                  servers: [dhcp..example, "10.0.0.5:0"]
                                  resolve-every: 0s
                                  agent-information: add
                                  circuit-id: "%q"
                                  vss: 0x01
                                  relay-id: duid
                                  relay-source-port: 70000
                                  giaddr: 10.9.0.300
                                  max-hops: 17
                                  smart: maybe
                                  canary: other=5
                                  client-rate-limit: fast
                                  smrat: true
                                """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("f.yaml:2:22: interfaces: found"),
                        line -> assertThat(line).startsWith("f.yaml:3:13: servers: found"),
                        line -> assertThat(line).startsWith("f.yaml:3:28: servers: found"),
                        line -> assertThat(line).startsWith("f.yaml:4:18: resolve-every: found"),
                        line ->
                                assertThat(line)
                                        .startsWith("f.yaml:5:22: agent-information: found")
                                        .endsWith("one of none, append, replace, discard"),
                        line -> assertThat(line).startsWith("f.yaml:6:15: circuit-id: "),
                        line -> assertThat(line).startsWith("f.yaml:7:8: vss: found \"0x01\""),
                        line -> assertThat(line).startsWith("f.yaml:8:13: relay-id: found"),
                        line -> assertThat(line).startsWith("f.yaml:9:22: relay-source-port: "),
                        line -> assertThat(line).startsWith("f.yaml:10:11: giaddr: "),
                        line -> assertThat(line).startsWith("f.yaml:11:13: max-hops: found"),
                        line -> assertThat(line).startsWith("f.yaml:12:10: smart: found"),
                        line -> assertThat(line).startsWith("f.yaml:13:11: canary: found"),
                        line -> assertThat(line).startsWith("f.yaml:14:22: client-rate-limit: "),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "f.yaml:15:3: smrat: unknown key, did you mean"
                                                        + " smart?"));
    }

    @Test
    void refusesTwoForOneInterface() {
        assertThat(
                        errors(
                                """
                                interfaces: [eth0]
                                server: {subnets: [{subnet: 10.0.0.0/24}]}
                                relay:
                                  - {interfaces: eth0, servers: 10.9.0.1}
                                  - {interfaces: [eth1], servers: 10.9.0.1}
                                  - {interfaces: [eth1], servers: 10.9.0.1}
                                """))
                .containsExactly(
                        "f.yaml:4:18: interfaces: eth0 has a server or another relay",
                        "f.yaml:6:18: interfaces: eth1 has a server or another relay");
    }

    /** A reply whose giaddr is that of two relays could be for the clients of either. */
    @Test
    void refusesTwoRelaysWithOneGiaddr() {
        assertThat(
                        errors(
                                """
                                relay:
                                  - {interfaces: eth1, servers: 10.9.0.1, giaddr: 10.9.0.7}
                                  - {interfaces: eth2, servers: 10.9.0.2}
                                  - {interfaces: eth3, servers: 10.9.0.3}
                                  - {interfaces: eth4, servers: 10.9.0.4, giaddr: 10.9.0.7}
                                """))
                .containsExactly(
                        "f.yaml:5:51: giaddr: found \"10.9.0.7\", expected one that no other relay"
                                + " of this file has");
    }

    @Test
    void wantsInterfacesOfARelayThatIsNotAlone() {
        assertThat(
                        errors(
                                """
                                relay:
                                  - {servers: 10.9.0.1}
                                  - {interfaces: [eth1], servers: 10.9.0.1}
                                """))
                .containsExactly(
                        "f.yaml:2:5: interfaces: missing, expected the interfaces of this relay,"
                                + " since it is not alone");
    }

    @Test
    void refusesAnInterfaceThatIsOfClientsAndIsNot() {
        assertThat(
                        errors(
                                """
                                relay:
                                  interfaces: [eth1, eth2]
                                  except: eth1
                                  broadcast: eth2
                                """))
                .containsExactly(
                        "f.yaml:3:11: except: eth1 is named as an interface of clients too",
                        "f.yaml:4:14: broadcast: eth2 is named as an interface of clients too");
    }

    @Test
    void refusesAFileOfNoRelay() {
        assertThat(errors("relay: []\n"))
                .containsExactly(
                        "f.yaml:1:8: relay: found an empty list, expected a relay or several");
    }

    @Test
    void wantsSomewhereToRelayTo() {
        assertThat(errors("relay: {interfaces: eth1}\n"))
                .containsExactly(
                        "f.yaml:1:8: servers: missing, expected where to relay to, or broadcast"
                                + " with an interface");
    }

    @Test
    void refusesWhatIsAServersWhereThereIsNone() {
        assertThat(errors("interfaces: [eth0]\nrelay: {servers: 10.0.0.5}\n"))
                .containsExactly(
                        "f.yaml:1:13: interfaces: is the server's, and there is no server");
    }

    @Test
    void readsWhereRelaysTellOfThemselves() {
        String relay = "relay: {interfaces: eth1, servers: 10.0.0.5}\n";

        assertThat(ConfigReader.read("a.yaml", "admin: 127.0.0.1:9067\n" + relay))
                .isInstanceOfSatisfying(
                        ConfigResult.Loaded.class,
                        loaded ->
                                assertThat(loaded.config().admin()).hasToString("/127.0.0.1:9067"));
        assertThat(ConfigReader.read("a.yaml", "admin: 9067\n" + relay))
                .isEqualTo(
                        new ConfigResult.Refused(
                                List.of(
                                        "a.yaml:1:8: admin: found \"9067\", expected ADDRESS:PORT"
                                                + " such as 127.0.0.1:9067")));
    }
}
