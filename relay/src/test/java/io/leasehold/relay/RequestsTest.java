package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CLIENT;
import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH0;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.UPLINK;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.forwarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From clients to servers: which requests go on, and what they become. */
class RequestsTest {
    private static final Ip4Address OTHER_RELAY = Ip4Address.parse("10.9.0.1");

    private final RelayFixture lab = new RelayFixture();

    /** Rules 1, 2, 13: hops and giaddr change, nothing else. */
    @Test
    void raisesHopsFillsGiaddrAndKeepsEveryOtherByte() {
        byte[] asked = discover().hops(3).option(12, new byte[] {'a', 'b'}).build().toBytes();

        byte[] relayed = lab.relayed(RelayFixture.parse(asked)).toBytes();

        asked[3] = 4;
        System.arraycopy(GIADDR.toBytes(), 0, asked, 24, 4);
        assertThat(relayed).isEqualTo(asked);
    }

    /** Rule 1: a request that has passed the configured number of relays is the last to go on. */
    @Test
    void dropsRequestWhoseHopsPassTheLimit() {
        assertThat(lab.relayed(discover().hops(10).build()).hops()).isEqualTo(11);
        lab.assertDropped(lab.broadcast(discover().hops(11).build(), ETH1), RelayDropReason.HOPS);
    }

    /** Rule 1, RFC 1542 §4.1.1: whatever is configured, 16 is the end. */
    @ParameterizedTest
    @ValueSource(ints = {17, 254, 255})
    void dropsRequestWhoseHopsPassSixteen(int hops) {
        RelayFixture lenient = new RelayFixture(CONFIG.withHopsMax(16));

        lenient.assertDropped(
                lenient.broadcast(discover().hops(hops).build(), ETH1), RelayDropReason.HOPS);
        assertThat(lenient.relayed(discover().hops(16).build()).hops()).isEqualTo(17);
    }

    /** Rule 2. */
    @Test
    void keepsGiaddrOfAnotherRelay() {
        Message relayed =
                forwarded(
                                lab.unicast(
                                        discover().hops(1).giaddr(OTHER_RELAY).build(),
                                        ETH1,
                                        OTHER_RELAY,
                                        GIADDR))
                        .get(0)
                        .message();

        assertThat(relayed.giaddr()).isEqualTo(OTHER_RELAY);
        assertThat(relayed.hops()).isEqualTo(2);
    }

    /** Rule 2: own is every address of this host, also where no request ever came from. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "198.51.100.1", "203.0.113.2", "127.0.0.1"})
    void dropsRequestWhoseGiaddrIsAnAddressOfThisHost(String giaddr) {
        lab.assertDropped(
                lab.broadcast(discover().giaddr(Ip4Address.parse(giaddr)).build(), ETH1),
                RelayDropReason.GIADDR_OWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255.255.255.255",
                "224.0.0.1",
                "127.0.0.2",
                "0.0.0.1",
                "240.0.0.1",
                "192.0.2.255",
                "203.0.113.255"
            })
    void dropsRequestWhoseGiaddrNoRelayCanHave(String giaddr) {
        lab.assertDropped(
                lab.broadcast(discover().giaddr(Ip4Address.parse(giaddr)).build(), ETH1),
                RelayDropReason.GIADDR_INVALID);
    }

    /** Rule 2: the configured address. */
    @Test
    void fillsGiaddrWithTheConfiguredAddress() {
        RelayFixture configured = new RelayFixture(CONFIG.withGiaddr(UPLINK));

        assertThat(configured.relayed(discover().build()).giaddr()).isEqualTo(UPLINK);
    }

    /**
     * RFC 5107: a renewal asks for the network that it is of, also on an interface with several.
     */
    @Test
    void fillsGiaddrWithTheAddressOfTheNetworkThatARenewalIsOf() {
        Ip4Address second = Ip4Address.parse("10.5.0.1");
        lab.relay.interfaces(
                List.of(
                        new RelayInterface(
                                ETH1,
                                "eth1",
                                List.of(
                                        RelayFixture.address("192.0.2.1", 24),
                                        RelayFixture.address("10.5.0.1", 16)),
                                1500)));
        Ip4Address client = Ip4Address.parse("10.5.7.7");
        Message unicast = MessageBuilder.request(CLIENT, 1).type(MessageType.REQUEST).build();
        Message renewal =
                MessageBuilder.request(CLIENT, 1).type(MessageType.REQUEST).ciaddr(client).build();

        assertThat(forwarded(lab.unicast(unicast, ETH1, client, second)).get(0).message().giaddr())
                .isEqualTo(second);
        assertThat(lab.relayed(renewal).giaddr()).isEqualTo(second);
        assertThat(lab.relayed(discover().build()).giaddr()).isEqualTo(GIADDR);
    }

    /** Rule 10: as dhcp-helper, every server gets every request, all in the same bytes. */
    @Test
    void sendsEachRequestToEveryServer() {
        RelayServer second = new RelayServer("dhcp.example", Ip4Address.parse("10.0.0.5"), 1067);
        lab.relay.servers(List.of(RelayFixture.SERVER, second));

        List<Outgoing> outgoings = forwarded(lab.broadcast(discover().build(), ETH1));

        assertThat(outgoings)
                .extracting(outgoing -> outgoing.destination() + ":" + outgoing.port())
                .containsExactly("203.0.113.10:67", "10.0.0.5:1067");
        assertThat(outgoings.get(0).message()).isSameAs(outgoings.get(1).message());
        assertThat(lab.passed)
                .containsExactly(
                        "eth1 to 203.0.113.10:67", "eth1 to dhcp.example at 10.0.0.5:1067");
    }

    @Test
    void letsTheRoutingTableChooseTheWayToServers() {
        Outgoing outgoing = forwarded(lab.broadcast(discover().build(), ETH1)).get(0);

        assertThat(outgoing.interfaceIndex()).isZero();
        assertThat(outgoing.source()).isEqualTo(Ip4Address.ZERO);
        assertThat(outgoing.sourcePort()).isZero();
        assertThat(outgoing.neighbour()).isNull();
    }

    /** Rule 15. */
    @Test
    void broadcastsThroughTheUplinkInterface() {
        RelayFixture uplink = new RelayFixture(CONFIG.withBroadcastInterfaces(List.of("eth0")));
        uplink.relay.servers(List.of());

        List<Outgoing> outgoings = forwarded(uplink.broadcast(discover().build(), ETH1));

        assertThat(outgoings).hasSize(1);
        assertThat(outgoings.get(0).destination()).isEqualTo(Ip4Address.BROADCAST);
        assertThat(outgoings.get(0).port()).isEqualTo(67);
        assertThat(outgoings.get(0).interfaceIndex()).isEqualTo(ETH0);
        assertThat(uplink.passed).containsExactly("eth1 to everyone on eth0");
    }

    /** Rule 15, with several. */
    @Test
    void broadcastsThroughEachUplinkInterface() {
        RelayFixture uplinks =
                new RelayFixture(
                        RelayConfig.DEFAULTS.withBroadcastInterfaces(List.of("eth0", "eth2")));
        uplinks.relay.servers(List.of());

        List<Outgoing> outgoings = forwarded(uplinks.broadcast(discover().build(), ETH1));

        assertThat(outgoings).extracting(Outgoing::destination).containsOnly(Ip4Address.BROADCAST);
        assertThat(uplinks.passed)
                .containsExactly("eth1 to everyone on eth0", "eth1 to everyone on eth2");
    }

    /** Rule 15, also when no interfaces of clients are named. */
    @Test
    void passesNothingOnThatComesInOnTheUplinkInterface() {
        RelayFixture uplink =
                new RelayFixture(RelayConfig.DEFAULTS.withBroadcastInterfaces(List.of("eth0")));

        uplink.assertDropped(
                uplink.broadcast(discover().build(), ETH0), RelayDropReason.UPLINK_INTERFACE);
    }

    @Test
    void servesOnlyTheInterfacesThatAreNamed() {
        lab.assertDropped(
                lab.broadcast(discover().build(), ETH0), RelayDropReason.NOT_A_CLIENT_INTERFACE);
        lab.assertDropped(
                lab.broadcast(discover().build(), 77), RelayDropReason.NOT_A_CLIENT_INTERFACE);
    }

    @Test
    void servesEveryInterfaceButTheExcludedWhenNoneIsNamed() {
        RelayFixture all =
                new RelayFixture(RelayConfig.DEFAULTS.withExcludedInterfaces(List.of("eth1")));

        assertThat(forwarded(all.broadcast(discover().build(), ETH0))).hasSize(1);
        all.assertDropped(
                all.broadcast(discover().build(), ETH1), RelayDropReason.NOT_A_CLIENT_INTERFACE);
    }

    @Test
    void dropsRequestFromAnInterfaceWithoutAddress() {
        lab.relay.interfaces(List.of(new RelayInterface(ETH1, "eth1", List.of(), 1500)));

        lab.assertDropped(
                lab.broadcast(discover().build(), ETH1), RelayDropReason.NO_INTERFACE_ADDRESS);
    }

    /** start_with_uplinks_down: nothing breaks, and it goes on as soon as there is a server. */
    @Test
    void dropsRequestsWhileThereIsNoServer() {
        lab.relay.servers(List.of());
        lab.assertDropped(lab.broadcast(discover().build(), ETH1), RelayDropReason.NO_SERVER);

        lab.relay.servers(List.of(RelayFixture.SERVER));
        assertThat(forwarded(lab.broadcast(discover().build(), ETH1))).hasSize(1);
    }

    /** link_flap: the address is the one that the interface has now. */
    @Test
    void fillsGiaddrWithTheAddressThatTheInterfaceHasNow() {
        lab.relay.interfaces(List.of(RelayFixture.on(ETH1, "eth1", "192.0.2.9", 24)));

        assertThat(lab.relayed(discover().build()).giaddr())
                .isEqualTo(Ip4Address.parse("192.0.2.9"));
    }

    /** Rule 13. */
    @Test
    void relaysBootpWithoutCookieAtItsOwnLength() {
        Message bootp = MessageBuilder.request(CLIENT, 7).bootp().build();

        Message relayed = lab.relayed(bootp);

        assertThat(relayed.length()).isEqualTo(bootp.length());
        assertThat(relayed.hasOptions()).isFalse();
        assertThat(relayed.giaddr()).isEqualTo(GIADDR);
    }

    @Test
    void dropsWhatIsNeitherRequestNorReply() {
        lab.assertDropped(
                lab.broadcast(discover().op(3).build(), ETH1), RelayDropReason.UNKNOWN_OP);
    }
}
