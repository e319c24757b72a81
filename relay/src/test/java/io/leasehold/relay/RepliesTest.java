package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CLIENT;
import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH0;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.ETH2;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.GIADDR_ETH2;
import static io.leasehold.relay.RelayFixture.SERVER;
import static io.leasehold.relay.RelayFixture.YIADDR;
import static io.leasehold.relay.RelayFixture.offer;
import static io.leasehold.relay.RelayFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From servers to clients: which replies go on, and where to. */
class RepliesTest {
    private static final Ip4Address STRANGER = Ip4Address.parse("203.0.113.66");

    private final RelayFixture lab = new RelayFixture();

    private void assertBroadcast(Outgoing outgoing, int interfaceIndex) {
        assertThat(outgoing.destination()).isEqualTo(Ip4Address.BROADCAST);
        assertThat(outgoing.port()).isEqualTo(68);
        assertThat(outgoing.interfaceIndex()).isEqualTo(interfaceIndex);
        assertThat(outgoing.neighbour()).isNull();
    }

    /** Rule 6. */
    @Test
    void sendsToYiaddrByANeighbourEntry() {
        Outgoing outgoing = sent(lab.reply(offer().build()));

        assertThat(outgoing)
                .isEqualTo(new Outgoing(outgoing.message(), YIADDR, 68, GIADDR, ETH1, CLIENT));
        assertThat(lab.passed).containsExactly("203.0.113.10:67 to eth1");
    }

    /** Rule 1: hops is raised on requests only. */
    @Test
    void keepsHopsAndGiaddrOfReplies() {
        byte[] offered = offer().hops(5).build().toBytes();

        assertThat(lab.answered(RelayFixture.parse(offered)).toBytes()).isEqualTo(offered);
    }

    /** Rule 6. */
    @Test
    void sendsToCiaddrWhenItIsSet() {
        Ip4Address ciaddr = Ip4Address.parse("192.0.2.50");

        Outgoing outgoing = sent(lab.reply(offer().ciaddr(ciaddr).broadcast(true).build()));

        assertThat(outgoing.destination()).isEqualTo(ciaddr);
        assertThat(outgoing.interfaceIndex()).isEqualTo(ETH1);
        assertThat(outgoing.neighbour()).isNull();
    }

    @Test
    void letsTheRoutingTableFindACiaddrThatIsNotOnTheInterface() {
        Ip4Address ciaddr = Ip4Address.parse("10.7.7.7");

        Outgoing outgoing = sent(lab.reply(offer().ciaddr(ciaddr).build()));

        assertThat(outgoing.destination()).isEqualTo(ciaddr);
        assertThat(outgoing.interfaceIndex()).isZero();
    }

    /** A ciaddr that no client can have is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {"255.255.255.255", "224.0.0.1", "127.0.0.1", "192.0.2.255", "203.0.113.2"})
    void takesNoCiaddrThatNoClientCanHave(String ciaddr) {
        Outgoing outgoing = sent(lab.reply(offer().ciaddr(Ip4Address.parse(ciaddr)).build()));

        assertThat(outgoing.destination()).isEqualTo(YIADDR);
    }

    /** Rule 6. */
    @Test
    void broadcastsWhereTheClientAsksForIt() {
        assertBroadcast(sent(lab.reply(offer().broadcast(true).build())), ETH1);
    }

    /** Rule 6, on the interface that giaddr names. */
    @Test
    void broadcastsANakOnTheInterfaceThatGiaddrNames() {
        Outgoing outgoing =
                sent(
                        lab.reply(
                                offer().type(MessageType.NAK)
                                        .yiaddr(Ip4Address.ZERO)
                                        .giaddr(GIADDR_ETH2)
                                        .build()));

        assertBroadcast(outgoing, ETH2);
        assertThat(outgoing.source()).isEqualTo(GIADDR_ETH2);
    }

    /** RFC 2131 §4.3.2: the address of who is told NAK is wrong, so nothing is sent to it. */
    @Test
    void broadcastsANakAlsoWhenCiaddrIsSet() {
        assertBroadcast(
                sent(
                        lab.reply(
                                offer().type(MessageType.NAK)
                                        .ciaddr(Ip4Address.parse("192.0.2.50"))
                                        .build())),
                ETH1);
    }

    /** Rule 6. */
    @Test
    void broadcastsWhenYiaddrIsZero() {
        assertBroadcast(sent(lab.reply(offer().yiaddr(Ip4Address.ZERO).build())), ETH1);
    }

    /** Rule 6: sockaddr has room for 14 bytes of hardware address. */
    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16})
    void broadcastsWhereTheHardwareAddressFitsNoNeighbourEntry(int hlen) {
        byte[] offered = offer().build().toBytes();
        offered[2] = (byte) hlen;

        assertBroadcast(sent(lab.reply(RelayFixture.parse(offered))), ETH1);
        assertThat(lab.incidents).containsExactly(RelayIncident.HARDWARE_UNREACHABLE);
    }

    @Test
    void takesAHardwareAddressOfFourteenBytesForANeighbourEntry() {
        byte[] offered = offer().build().toBytes();
        offered[2] = 14;

        HardwareAddress neighbour = sent(lab.reply(RelayFixture.parse(offered))).neighbour();

        assertThat(neighbour).isNotNull();
        assertThat(neighbour.length()).isEqualTo(14);
    }

    /** The kernel would send it elsewhere, or to this host itself. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "198.51.100.7", "192.0.2.1", "192.0.2.255", "224.0.0.5"})
    void broadcastsWhereYiaddrIsNoAddressOfTheInterfacesNetworks(String yiaddr) {
        assertBroadcast(sent(lab.reply(offer().yiaddr(Ip4Address.parse(yiaddr)).build())), ETH1);
        assertThat(lab.incidents).containsExactly(RelayIncident.YIADDR_OFF_LINK);
    }

    /** RFC 3021: both addresses of a network of 31 bits are hosts. */
    @Test
    void sendsToTheOtherAddressOfANetworkOfTwo() {
        lab.relay.interfaces(List.of(RelayFixture.on(ETH1, "eth1", "192.0.2.0", 31)));
        Ip4Address other = Ip4Address.parse("192.0.2.1");

        Outgoing outgoing =
                sent(
                        lab.reply(
                                offer().giaddr(Ip4Address.parse("192.0.2.0"))
                                        .yiaddr(other)
                                        .build()));

        assertThat(outgoing.destination()).isEqualTo(other);
    }

    /** Rule 7, restart_with_stress: the first thing that a new relay sees is a reply. */
    @Test
    void deliversTheFirstReplyThatARestartedRelaySees() {
        RelayFixture restarted = new RelayFixture();

        assertThat(sent(restarted.reply(offer().giaddr(GIADDR_ETH2).build())).interfaceIndex())
                .isEqualTo(ETH2);
    }

    /** Rule 7: kept current. */
    @Test
    void followsAddressesThatMoveToAnotherInterface() {
        lab.relay.interfaces(List.of(RelayFixture.on(ETH2, "eth2", "192.0.2.1", 24)));

        assertThat(sent(lab.reply(offer().build())).interfaceIndex()).isEqualTo(ETH2);
    }

    /** Must survive, unknown_giaddr_from_server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.9.0.1",
                "0.0.0.0",
                "255.255.255.255",
                "224.0.0.1",
                "203.0.113.2",
                "127.0.0.1"
            })
    void dropsReplyWhoseGiaddrIsNoInterfaceOfClients(String giaddr) {
        lab.assertDropped(
                lab.reply(offer().giaddr(Ip4Address.parse(giaddr)).build()),
                RelayDropReason.GIADDR_UNKNOWN);
    }

    /** Rule 8. */
    @Test
    void dropsReplyFromAnAddressThatNoServerHas() {
        lab.assertDropped(lab.reply(offer().build(), STRANGER), RelayDropReason.UNKNOWN_SERVER);
    }

    /** Rule 8. */
    @Test
    void takesRepliesFromAnywhereWhenToldTo() {
        RelayFixture any = new RelayFixture(CONFIG.withAnyServer(true));

        assertThat(sent(any.reply(offer().build(), STRANGER)).destination()).isEqualTo(YIADDR);
        assertThat(any.passed).containsExactly("someone to eth1");
    }

    /** Rule 15: behind -b nobody is configured. */
    @Test
    void takesRepliesFromAnyoneBehindTheUplinkInterface() {
        RelayFixture uplink = new RelayFixture(CONFIG.withBroadcastInterfaces(List.of("eth0")));

        assertThat(sent(uplink.reply(offer().build(), STRANGER)).destination()).isEqualTo(YIADDR);
        uplink.assertDropped(
                uplink.relay.decide(new Arrival(offer().build(), ETH1, STRANGER, 67, GIADDR, 0)),
                RelayDropReason.UNKNOWN_SERVER);
    }

    /** Rule 8, random_sport: NAT and load balancers answer from other ports. */
    @ParameterizedTest
    @ValueSource(ints = {67, 68, 1, 40_000, 65_535})
    void takesRepliesFromAnyPortOfAServer(int port) {
        assertThat(
                        sent(
                                lab.relay.decide(
                                        new Arrival(
                                                offer().build(),
                                                ETH0,
                                                SERVER.address(),
                                                port,
                                                GIADDR,
                                                0))))
                .isNotNull();
    }

    /** Rule 5: out with 300 bytes, in with less. */
    @Test
    void padsAShortReplyToThreeHundredBytes() {
        byte[] offered = offer().build(260).toBytes();
        assertThat(offered).hasSizeLessThan(300);

        assertThat(lab.answered(RelayFixture.parse(offered)).toBytes())
                .isEqualTo(Arrays.copyOf(offered, 300));
    }

    /** Rule 5, an option 82 that is not ours and runs past the end: zeros would complete it. */
    @Test
    void doesNotPadAReplyThatEndsInTheMiddleOfAForeignOption82() {
        byte[] offered = offer().build(260).toBytes();
        byte[] cut = Arrays.copyOf(offered, 243 + 6);
        // 82, 58 bytes of which there are four
        System.arraycopy(new byte[] {82, 58, 6, 1, 4, 101}, 0, cut, 243, 6);

        assertThat(lab.answered(RelayFixture.parse(cut)).toBytes()).isEqualTo(cut);
    }

    /** Rule 5, a BOOTP reply of nothing but its header. */
    @Test
    void padsAReplyOfTheHeaderAlone() {
        byte[] offered = MessageBuilder.request(CLIENT, 7).bootp().build().toBytes();
        offered[0] = 2;
        System.arraycopy(GIADDR.toBytes(), 0, offered, 24, 4);
        System.arraycopy(YIADDR.toBytes(), 0, offered, 16, 4);

        assertThat(lab.answered(RelayFixture.parse(Arrays.copyOf(offered, 236))).toBytes())
                .isEqualTo(offered);
    }

    /** The reply's giaddr is the configured one, which says nothing about the interface. */
    @Test
    void findsTheOnlyInterfaceOfClientsBehindAConfiguredGiaddr() {
        Ip4Address elsewhere = Ip4Address.parse("100.64.0.9");
        RelayFixture configured =
                new RelayFixture(
                        CONFIG.withClientInterfaces(List.of("eth1")).withGiaddr(elsewhere));

        Outgoing outgoing = sent(configured.reply(offer().giaddr(elsewhere).build()));

        assertThat(outgoing.interfaceIndex()).isEqualTo(ETH1);
        assertThat(outgoing.source()).isEqualTo(GIADDR);
    }
}
