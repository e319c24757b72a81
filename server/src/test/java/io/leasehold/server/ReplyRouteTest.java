package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ALIAS;
import static io.leasehold.server.ServerFixture.ANYCAST;
import static io.leasehold.server.ServerFixture.INTERFACE;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.RELAY;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reply goes, and which address it leaves from (RFC 2131 §4.1). */
class ReplyRouteTest {
    private static final Ip4Address EVERYONE = Ip4Address.BROADCAST;

    private final ServerFixture lab = new ServerFixture();

    private static void assertBroadcast(Outgoing reply) {
        assertThat(reply.destination()).isEqualTo(EVERYONE);
        assertThat(reply.port()).isEqualTo(68);
        assertThat(reply.interfaceIndex()).isEqualTo(INTERFACE);
        assertThat(reply.neighbour()).isNull();
    }

    @Test
    void aRelayedReplyGoesToGiaddrPort67() {
        Outgoing offer = sent(lab.relayed(message(MessageType.DISCOVER, ONE)));

        assertThat(offer.destination()).isEqualTo(RELAY);
        assertThat(offer.port()).isEqualTo(67);
        assertThat(offer.neighbour()).isNull();
    }

    /** Giaddr comes first: neither ciaddr nor the broadcast bit turns the reply away from it. */
    @Test
    void aRelayedReplyGoesToGiaddrAlsoWithCiaddrAndBroadcastBit() {
        Ip4Address address =
                sent(lab.relayed(message(MessageType.DISCOVER, ONE).broadcast(true)))
                        .message()
                        .yiaddr();
        lab.relayed(ServerFixture.selecting(ONE, address));

        Outgoing ack = sent(lab.relayed(renewing(ONE, address).broadcast(true)));

        assertThat(ack.message().type()).isEqualTo(MessageType.ACK);
        assertThat(ack.destination()).isEqualTo(RELAY);
    }

    /** RFC 8357 §5.4: the port that the relay sent from. */
    @Test
    void aRelayedReplyGoesToTheSourcePortWhenTheRelayAsksForIt() {
        Outgoing offer =
                sent(
                        lab.relayed(
                                message(MessageType.DISCOVER, ONE)
                                        .option(
                                                OptionCode.RELAY_AGENT_INFORMATION,
                                                // Sub-option 19, without a value.
                                                new byte[] {19, 0})));

        assertThat(offer.destination()).isEqualTo(RELAY);
        assertThat(offer.port()).isEqualTo(6700);
    }

    /** RFC 2131 §4.3.2: the relay must broadcast it, the client may have no right address. */
    @Test
    void aNakThroughARelayHasTheBroadcastBit() {
        Outgoing nak = sent(lab.relayed(rebooting(ONE, ip("172.16.0.5"))));

        assertThat(nak.message().type()).isEqualTo(MessageType.NAK);
        assertThat(nak.destination()).isEqualTo(RELAY);
        assertThat(nak.message().broadcast()).isTrue();
    }

    @Test
    void aNakIsBroadcastAlsoWhenCiaddrIsSet() {
        Outgoing nak = sent(lab.unicast(renewing(ONE, ip("192.168.50.150")), SERVER));

        assertThat(nak.message().type()).isEqualTo(MessageType.NAK);
        assertBroadcast(nak);
    }

    @Test
    void anAckWithCiaddrGoesToCiaddr() {
        Ip4Address address = lab.lease(ONE);
        Outgoing renewed = sent(lab.unicast(renewing(ONE, address), SERVER));
        Outgoing rebound = sent(lab.broadcast(renewing(ONE, address)));

        assertThat(renewed.destination()).isEqualTo(address);
        assertThat(renewed.port()).isEqualTo(68);
        assertThat(renewed.neighbour()).isNull();
        assertThat(rebound.destination()).isEqualTo(address);
    }

    @Test
    void theBroadcastBitIsHonoured() {
        Outgoing offer = sent(lab.broadcast(message(MessageType.DISCOVER, ONE).broadcast(true)));

        assertBroadcast(offer);
        assertThat(offer.message().broadcast()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "1, 15", "1, 16", "1, 0"})
    void aClientWhoseHardwareAddressNoEntryCanHoldIsAnsweredByBroadcast(int htype, int hlen) {
        MessageBuilder discover =
                message(MessageType.DISCOVER, HardwareAddress.of(htype, new byte[hlen]))
                        .option(OptionCode.CLIENT_ID, new byte[] {1, 2, 3});

        assertBroadcast(sent(lab.broadcast(discover)));
    }

    /** An INFORM without ciaddr has neither an address to answer to nor one to be given. */
    @Test
    void aReplyWithoutYiaddrIsBroadcast() {
        assertBroadcast(sent(lab.broadcast(message(MessageType.INFORM, ONE))));
    }

    @Test
    void anyOtherReplyGoesToYiaddrAtChaddr() {
        Outgoing offer = sent(lab.broadcast(message(MessageType.DISCOVER, ONE)));

        assertThat(offer.destination()).isEqualTo(offer.message().yiaddr());
        assertThat(offer.port()).isEqualTo(68);
        assertThat(offer.neighbour()).isEqualTo(ONE);
        assertThat(offer.interfaceIndex()).isEqualTo(INTERFACE);
    }

    /**
     * A subnet of the wire in which this host has no address: the kernel would send to a router.
     */
    @Test
    void aYiaddrThatIsNotOnTheLinkIsAnsweredByBroadcast() {
        ServerFixture two =
                new TestConfig()
                        .pool("192.168.50.100", "192.168.50.100")
                        .onSameWire("192.168.60.0/24", "192.168.60.20", "192.168.60.29")
                        .start();
        two.lease(ONE);

        Outgoing offer = sent(two.broadcast(message(MessageType.DISCOVER, TWO)));

        assertThat(offer.message().yiaddr().toString()).startsWith("192.168.60.");
        assertBroadcast(offer);
    }

    /** Routers turn it into a broadcast there, or into one of their own address. */
    @ParameterizedTest
    @CsvSource({
        "INFORM, 10.20.255.255",
        "INFORM, 10.20.0.0",
        "DISCOVER, 10.20.255.255",
        "RELEASE, 10.20.255.255"
    })
    void nothingGoesToTheNetworkOrBroadcastAddressOfASubnetElsewhere(
            MessageType type, String ciaddr) {
        MessageBuilder message = message(type, ONE).ciaddr(ip(ciaddr));

        assertDropped(lab.unicast(message, SERVER), ServerDrop.INVALID_CLIENT_ADDRESS);
        assertDropped(lab.relayed(message), ServerDrop.INVALID_CLIENT_ADDRESS);
    }

    @Test
    void aSelectingClientIsNotAnsweredAtABroadcastAddressElsewhere() {
        MessageBuilder request = selecting(ONE, ip("192.168.50.150")).ciaddr(ip("10.20.255.255"));

        assertDropped(lab.broadcast(request), ServerDrop.INVALID_CLIENT_ADDRESS);
    }

    /** RFC 2131 §4.3.5. */
    @Test
    void theAckToAnInformGoesToCiaddrAlsoThroughARelay() {
        Ip4Address own = ip("10.20.0.77");

        assertThat(sent(lab.relayed(message(MessageType.INFORM, ONE).ciaddr(own))).destination())
                .isEqualTo(own);
        assertThat(
                        sent(lab.unicast(message(MessageType.INFORM, ONE).ciaddr(own), SERVER))
                                .destination())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255.255.255.255",
                "192.168.50.255",
                "224.0.0.1",
                "0.0.0.9",
                "127.0.0.1",
                "192.168.50.1",
                "192.168.50.2",
                "10.255.0.53"
            })
    void aCiaddrThatNoHostCanHaveIsNotSentTo(String ciaddr) {
        Outgoing ack = sent(lab.broadcast(message(MessageType.INFORM, ONE).ciaddr(ip(ciaddr))));

        assertBroadcast(ack);
    }

    /** Nor is it renewed. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.168.50.1", "10.255.0.53"})
    void aRenewalOfACiaddrThatNoClientCanHaveIsNaked(String ciaddr) {
        Outgoing nak = sent(lab.unicast(renewing(ONE, ip(ciaddr)), SERVER));

        assertThat(nak.message().type()).isEqualTo(MessageType.NAK);
        assertBroadcast(nak);
    }

    @Test
    void aReplyLeavesFromTheAddressThatWasAsked() {
        Ip4Address address = lab.lease(ONE);

        assertThat(sent(lab.unicast(renewing(ONE, address), ALIAS)).source()).isEqualTo(ALIAS);
        assertThat(sent(lab.unicast(renewing(ONE, address), ANYCAST)).source()).isEqualTo(ANYCAST);
        assertThat(
                        sent(lab.unicast(message(MessageType.DISCOVER, TWO).giaddr(RELAY), ANYCAST))
                                .source())
                .isEqualTo(ANYCAST);
    }

    @Test
    void aNakLeavesFromTheAddressThatWasAsked() {
        assertThat(sent(lab.unicast(renewing(ONE, ip("192.168.50.150")), ALIAS)).source())
                .isEqualTo(ALIAS);
    }

    @Test
    void theReplyToABroadcastLeavesFromTheInterfacesPrimaryAddress() {
        Ip4Address address = lab.lease(ONE);

        assertThat(sent(lab.broadcast(message(MessageType.DISCOVER, TWO))).source())
                .isEqualTo(SERVER);
        // Routing chooses the way to ciaddr; it must not choose the source.
        assertThat(sent(lab.broadcast(renewing(ONE, address))).source()).isEqualTo(SERVER);
    }

    @Test
    void anOfferThatWaitedForAPingLeavesFromTheAddressThatWasAsked() {
        TestConfig config = new TestConfig();
        config.pingCheckMillis = 500;
        ServerFixture pinging = config.start();

        var question = pinging.unicast(message(MessageType.DISCOVER, ONE), ANYCAST);
        Outgoing offer = sent(pinging.answer(question, false));

        assertThat(offer.source()).isEqualTo(ANYCAST);
        assertThat(ServerFixture.addressIn(offer.message(), OptionCode.SERVER_ID))
                .isEqualTo(ANYCAST);
    }
}
