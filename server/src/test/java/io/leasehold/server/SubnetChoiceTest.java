package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ANYCAST;
import static io.leasehold.server.ServerFixture.INTERFACE;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.RELAY;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.addressIn;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which subnet a client is in, and which server it takes us for. */
class SubnetChoiceTest {
    private static final Ip4Address OVERRIDE = ip("10.20.0.1");

    private final ServerFixture lab = new ServerFixture();

    private static MessageBuilder discover() {
        return message(MessageType.DISCOVER, ONE);
    }

    private static byte[] subOption(int code, Ip4Address address) {
        byte[] bytes = new byte[6];
        bytes[0] = (byte) code;
        bytes[1] = 4;
        System.arraycopy(address.toBytes(), 0, bytes, 2, 4);
        return bytes;
    }

    private static String networkOf(Decision<List<LeaseChange>> decision) {
        String address = sent(decision).message().yiaddr().toString();
        return address.substring(0, address.indexOf('.', address.indexOf('.') + 1));
    }

    @Test
    void withoutAnythingElseTheArrivalInterfaceSaysTheSubnet() {
        assertThat(networkOf(lab.broadcast(discover()))).isEqualTo("192.168");
    }

    @Test
    void giaddrPrecedesTheInterface() {
        assertThat(networkOf(lab.relayed(discover()))).isEqualTo("10.20");
    }

    /** RFC 3011 §2: and the reply says so. */
    @Test
    void subnetSelectionPrecedesGiaddrAndIsEchoed() {
        byte[] local = ip("192.168.50.0").toBytes();
        Decision<List<LeaseChange>> decision =
                lab.relayed(discover().option(OptionCode.SUBNET_SELECTION, local));

        assertThat(networkOf(decision)).isEqualTo("192.168");
        assertThat(sent(decision).message().raw(OptionCode.SUBNET_SELECTION)).isEqualTo(local);
    }

    /** RFC 3527 §3. */
    @Test
    void linkSelectionPrecedesSubnetSelection() {
        Decision<List<LeaseChange>> decision =
                lab.relayed(
                        discover()
                                .option(OptionCode.SUBNET_SELECTION, ip("192.168.50.0").toBytes())
                                .option(
                                        OptionCode.RELAY_AGENT_INFORMATION,
                                        subOption(5, ip("10.20.0.0"))));

        assertThat(networkOf(decision)).isEqualTo("10.20");
    }

    /** The reply goes to the relay all the same, which may stand in no subnet of ours. */
    @Test
    void linkSelectionServesARelayThatStandsElsewhere() {
        Message message =
                discover()
                        .giaddr(ip("172.31.0.1"))
                        .option(OptionCode.RELAY_AGENT_INFORMATION, subOption(5, ip("10.20.0.0")))
                        .build();
        Decision<List<LeaseChange>> decision = lab.arrive(message, ip("172.31.0.1"), SERVER);

        assertThat(networkOf(decision)).isEqualTo("10.20");
        assertThat(sent(decision).destination()).isEqualTo(ip("172.31.0.1"));
    }

    @Test
    void anUnknownNetworkIsMetWithSilence() {
        assertDropped(
                lab.arrive(discover().giaddr(ip("172.31.0.1")).build(), ip("172.31.0.1"), SERVER),
                ServerDrop.UNKNOWN_NETWORK);
        assertDropped(
                lab.broadcast(
                        discover().option(OptionCode.SUBNET_SELECTION, ip("172.31.0.0").toBytes())),
                ServerDrop.UNKNOWN_NETWORK);
        assertDropped(
                lab.server.decide(
                        new Arrival(
                                discover().build(),
                                99,
                                Ip4Address.ZERO,
                                68,
                                Ip4Address.BROADCAST,
                                lab.nowMillis)),
                ServerDrop.UNKNOWN_NETWORK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.50.1",
                "10.255.0.53",
                "127.0.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "192.168.50.255",
                "192.168.50.0",
                "10.20.255.255",
                "10.20.0.0",
                "0.0.0.1",
                "240.0.0.1"
            })
    void aGiaddrThatIsNoRelaysIsDropped(String giaddr) {
        assertDropped(
                lab.arrive(discover().giaddr(ip(giaddr)).build(), ip("10.20.0.1"), SERVER),
                ServerDrop.INVALID_RELAY_ADDRESS);
    }

    /** No client and no relay can answer to 0.0.0.0. */
    @Test
    void whatComesByAnInterfaceWithoutAddressIsNotAnswered() {
        HostInterface.Address anycast =
                new HostInterface.Address(ANYCAST, Ip4Network.containing(ANYCAST, 32));
        lab.server.interfaces(
                List.of(
                        new HostInterface(1, "lo", List.of(anycast)),
                        new HostInterface(INTERFACE, "eth1", List.of())));
        byte[] local = ip("192.168.50.0").toBytes();

        assertDropped(
                lab.broadcast(discover().option(OptionCode.SUBNET_SELECTION, local)),
                ServerDrop.NO_SERVER_ADDRESS);
        assertDropped(lab.broadcast(discover().giaddr(RELAY)), ServerDrop.NO_SERVER_ADDRESS);
        assertThat(sent(lab.unicast(discover().giaddr(RELAY), ANYCAST)).source())
                .isEqualTo(ANYCAST);
    }

    @Test
    void aSharedNetworkGivesFromItsOtherSubnetsWhenTheFirstIsFull() {
        ServerFixture shared =
                new TestConfig()
                        .pool("192.168.50.100", "192.168.50.100")
                        .onSameWire("192.168.60.0/24", "192.168.60.20", "192.168.60.20")
                        .start();

        assertThat(shared.lease(ONE)).isEqualTo(ip("192.168.50.100"));
        assertThat(shared.lease(TWO)).isEqualTo(ip("192.168.60.20"));
        assertDropped(
                shared.broadcast(message(MessageType.DISCOVER, ServerFixture.client(3))),
                ServerDrop.POOL_EXHAUSTED);
    }

    @Test
    void anAddressOfAnyOfItsSubnetsIsRightForASharedNetwork() {
        ServerFixture shared =
                new TestConfig()
                        .pool("192.168.50.100", "192.168.50.100")
                        .onSameWire("192.168.60.0/24", "192.168.60.20", "192.168.60.20")
                        .start();
        shared.lease(ONE);
        Ip4Address second = shared.lease(TWO);

        assertAck(shared.broadcast(ServerFixture.rebooting(TWO, second)));
        assertAck(shared.broadcast(renewing(TWO, second)));
        Message ack = sent(shared.unicast(renewing(TWO, second), SERVER)).message();
        assertThat(addressIn(ack, OptionCode.SUBNET_MASK)).isEqualTo(ip("255.255.255.0"));
    }

    /** A client that moved keeps no address of the wire that it left. */
    @Test
    void aLeaseOfOneNetworkIsWrongInAnother() {
        Ip4Address local = lab.lease(ONE);

        assertNak(lab.relayed(ServerFixture.rebooting(ONE, local)));
        assertThat(networkOf(lab.relayed(discover()))).isEqualTo("10.20");
    }

    /** RENEWING is sent to us through a router, and no giaddr tells where the client is. */
    @Test
    void aRenewalOfARelayedClientFindsItsNetworkByCiaddr() {
        Ip4Address address = sent(lab.relayed(discover())).message().yiaddr();
        assertAck(lab.relayed(selecting(ONE, address)));

        assertAck(lab.unicast(renewing(ONE, address), SERVER));
    }

    /** RFC 5107 §4: the relay stands in for the server, so that renewals pass it. */
    @Test
    void theOverriddenServerIdIsOption54OfTheReply() {
        Decision<List<LeaseChange>> decision =
                lab.relayed(
                        discover()
                                .option(
                                        OptionCode.RELAY_AGENT_INFORMATION,
                                        subOption(11, OVERRIDE)));

        assertThat(addressIn(sent(decision).message(), OptionCode.SERVER_ID)).isEqualTo(OVERRIDE);
    }

    private Ip4Address leaseWithOverride() {
        byte[] agent = subOption(11, OVERRIDE);
        Ip4Address address =
                sent(lab.relayed(discover().option(OptionCode.RELAY_AGENT_INFORMATION, agent)))
                        .message()
                        .yiaddr();
        Message ack =
                sent(lab.relayed(
                                message(MessageType.REQUEST, ONE)
                                        .option(OptionCode.SERVER_ID, OVERRIDE.toBytes())
                                        .option(OptionCode.REQUESTED_ADDRESS, address.toBytes())
                                        .option(OptionCode.RELAY_AGENT_INFORMATION, agent)))
                        .message();
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(addressIn(ack, OptionCode.SERVER_ID)).isEqualTo(OVERRIDE);
        return address;
    }

    @Test
    void theOverriddenServerIdIsAcceptedAsOurs() {
        assertThat(lab.record(leaseWithOverride())).isNotNull();
    }

    @Test
    void theOverriddenServerIdSurvivesRenewalsThatComeWithoutARelay() {
        Ip4Address address = leaseWithOverride();
        for (int i = 0; i < 3; i++) {
            lab.passSeconds(1800);
            Message ack = sent(lab.unicast(renewing(ONE, address), SERVER)).message();

            assertThat(ack.type()).isEqualTo(MessageType.ACK);
            assertThat(addressIn(ack, OptionCode.SERVER_ID)).isEqualTo(OVERRIDE);
        }
    }

    @Test
    void aReleaseToTheOverriddenServerIdIsTaken() {
        Ip4Address address = leaseWithOverride();
        lab.unicast(
                message(MessageType.RELEASE, ONE)
                        .ciaddr(address)
                        .option(OptionCode.SERVER_ID, OVERRIDE.toBytes()),
                SERVER);

        assertThat(lab.record(address).holds(lab.nowMillis / 1000)).isFalse();
    }

    /**
     * A client that came back without the relay chose us by our own id, and must be ACKed by it.
     */
    @Test
    void theServerIdOfAnAckIsTheOneOfItsOffer() {
        byte[] agent = subOption(11, ip("10.9.9.9"));
        Ip4Address address =
                sent(lab.broadcast(discover().option(OptionCode.RELAY_AGENT_INFORMATION, agent)))
                        .message()
                        .yiaddr();
        assertAck(
                lab.broadcast(
                        selecting(ONE, address).option(OptionCode.RELAY_AGENT_INFORMATION, agent)));
        Message offer = sent(lab.broadcast(discover())).message();
        Message ack = sent(lab.broadcast(selecting(ONE, offer.yiaddr()))).message();

        assertThat(addressIn(offer, OptionCode.SERVER_ID)).isEqualTo(SERVER);
        assertThat(addressIn(ack, OptionCode.SERVER_ID)).isEqualTo(SERVER);
    }

    @Test
    void theServerIdIsTheAddressThatWasAsked() {
        Message offer = sent(lab.unicast(discover().giaddr(RELAY), ANYCAST)).message();

        assertThat(addressIn(offer, OptionCode.SERVER_ID)).isEqualTo(ANYCAST);
        assertThat(addressIn(sent(lab.broadcast(discover())).message(), OptionCode.SERVER_ID))
                .isEqualTo(SERVER);
    }
}
