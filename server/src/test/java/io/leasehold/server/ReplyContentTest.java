package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.RELAY;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.codes;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.secondsIn;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reply carries in its header and in the options of the protocol (RFC 2131, Table 3). */
class ReplyContentTest {
    private static final byte[] CLIENT_ID = {0, 'm', 'e'};

    /** Circuit id "e0", and a sub-option 200 that nobody knows. */
    private static final byte[] AGENT = {1, 2, 'e', '0', (byte) 200, 1, 7};

    private final ServerFixture lab = new ServerFixture();

    /** An OFFER, an ACK, a NAK and the ACK to an INFORM, to relayed clients. */
    private static List<Message> everyKind(ServerFixture lab) {
        List<Message> replies = new ArrayList<>();
        Message offer = sent(lab.relayed(dressed(message(MessageType.DISCOVER, ONE)))).message();
        replies.add(offer);
        replies.add(sent(lab.relayed(dressed(selecting(ONE, offer.yiaddr())))).message());
        replies.add(sent(lab.relayed(dressed(rebooting(ONE, ip("172.16.0.5"))))).message());
        replies.add(
                sent(lab.relayed(dressed(message(MessageType.INFORM, ONE).ciaddr(ip("10.20.0.9")))))
                        .message());
        assertThat(replies)
                .extracting(Message::type)
                .containsExactly(
                        MessageType.OFFER, MessageType.ACK, MessageType.NAK, MessageType.ACK);
        return replies;
    }

    private static MessageBuilder dressed(MessageBuilder message) {
        return message.hops(3)
                .secs(77)
                .flags(0x0001)
                .option(OptionCode.CLIENT_ID, CLIENT_ID)
                .option(OptionCode.RELAY_AGENT_INFORMATION, AGENT);
    }

    @Test
    void hopsAndSecsAreZeroAndXidFlagsGiaddrAndChaddrAreCopied() {
        for (Message reply : everyKind(lab)) {
            assertThat(reply.op()).isEqualTo(Message.BOOTREPLY);
            assertThat(reply.hops()).isZero();
            assertThat(reply.secs()).isZero();
            assertThat(reply.xid()).isEqualTo(0x11223344);
            assertThat(reply.flags() & 0x7fff).isEqualTo(0x0001);
            assertThat(reply.giaddr()).isEqualTo(RELAY);
            assertThat(reply.hardware()).isEqualTo(ONE);
        }
    }

    @Test
    void ciaddrIsTheRequestsInAnAckAndZeroInOfferAndNak() {
        Ip4Address address = lab.lease(ONE);

        assertThat(sent(lab.unicast(renewing(ONE, address), SERVER)).message().ciaddr())
                .isEqualTo(address);
        assertThat(sent(lab.unicast(renewing(ONE, ip("192.168.50.7")), SERVER)).message().ciaddr())
                .isEqualTo(Ip4Address.ZERO);
        assertThat(
                        sent(lab.broadcast(message(MessageType.DISCOVER, ONE).ciaddr(address)))
                                .message()
                                .ciaddr())
                .isEqualTo(Ip4Address.ZERO);
    }

    @Test
    void yiaddrIsZeroInANakAndInTheAckToAnInform() {
        List<Message> replies = everyKind(lab);

        assertThat(replies.get(0).yiaddr()).isNotEqualTo(Ip4Address.ZERO);
        assertThat(replies.get(1).yiaddr()).isEqualTo(replies.get(0).yiaddr());
        assertThat(replies.get(2).yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(replies.get(3).yiaddr()).isEqualTo(Ip4Address.ZERO);
    }

    @Test
    void aNakCarriesNothingButTypeServerIdMessageClientIdAndAgentInformation() {
        TestConfig config = new TestConfig();
        config.nextServer = SERVER;
        config.bootFile = "pxelinux.0";
        config.option(OptionCode.ROUTERS, 192, 168, 50, 1);
        Message nak = everyKind(config.start()).get(2);

        assertThat(codes(nak))
                .containsExactly(
                        OptionCode.MESSAGE_TYPE,
                        OptionCode.SERVER_ID,
                        OptionCode.MESSAGE_TEXT,
                        OptionCode.CLIENT_ID,
                        OptionCode.RELAY_AGENT_INFORMATION);
        assertThat(nak.siaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(nak.file()).containsOnly(0);
        assertThat(nak.sname()).containsOnly(0);
    }

    @Test
    void aNakWithoutClientIdAndRelayCarriesTypeServerIdAndMessageAlone() {
        assertThat(codes(sent(lab.broadcast(rebooting(ONE, ip("172.16.0.5")))).message()))
                .containsExactly(
                        OptionCode.MESSAGE_TYPE, OptionCode.SERVER_ID, OptionCode.MESSAGE_TEXT);
    }

    /** RFC 2131 §4.3.5. */
    @Test
    void theAckToAnInformHasNoLeaseTime() {
        assertThat(codes(everyKind(lab).get(3)))
                .contains(OptionCode.SERVER_ID, OptionCode.SUBNET_MASK)
                .doesNotContain(
                        OptionCode.LEASE_TIME, OptionCode.RENEWAL_TIME, OptionCode.REBINDING_TIME);
    }

    @Test
    void nextServerAndBootFileStandInTheHeader() {
        TestConfig config = new TestConfig();
        config.nextServer = ip("192.168.50.4");
        config.bootFile = "pxelinux.0";
        Message offer = everyKind(config.start()).get(0);

        assertThat(offer.siaddr()).isEqualTo(ip("192.168.50.4"));
        assertThat(new String(offer.file(), StandardCharsets.US_ASCII)).startsWith("pxelinux.0\0");
    }

    /** Not even when the client sent them, asks for them, and somebody configured them. */
    @Test
    void requestedAddressParameterListAndMaximumSizeAreNeverSent() {
        TestConfig config = new TestConfig();
        config.option(OptionCode.REQUESTED_ADDRESS, 10, 0, 0, 1)
                .option(OptionCode.PARAMETER_LIST, 1, 3)
                .option(OptionCode.MAX_MESSAGE_SIZE, 2, 64)
                .option(OptionCode.MESSAGE_TYPE, 6)
                .option(OptionCode.OVERLOAD, 3);
        Message offer =
                sent(config.start()
                                .broadcast(
                                        ServerFixture.asking(
                                                        MessageType.DISCOVER, 50, 52, 53, 55, 57)
                                                .option(
                                                        OptionCode.MAX_MESSAGE_SIZE,
                                                        new byte[] {2, 64})))
                        .message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(codes(offer))
                .doesNotContain(
                        OptionCode.REQUESTED_ADDRESS,
                        OptionCode.PARAMETER_LIST,
                        OptionCode.MAX_MESSAGE_SIZE,
                        OptionCode.OVERLOAD);
    }

    @Test
    void theMessageTypeComesFirstAndAgentInformationLast() {
        for (Message reply : everyKind(lab)) {
            List<Integer> codes = codes(reply);

            assertThat(codes.getFirst()).isEqualTo(OptionCode.MESSAGE_TYPE);
            assertThat(codes.getLast()).isEqualTo(OptionCode.RELAY_AGENT_INFORMATION);
        }
    }

    /** RFC 3046 §2.2: as it came, also what nobody knows in it. */
    @Test
    void agentInformationIsEchoedAsItCame() {
        for (Message reply : everyKind(lab)) {
            assertThat(reply.raw(OptionCode.RELAY_AGENT_INFORMATION)).isEqualTo(AGENT);
        }
    }

    /** RFC 6842 §3: in every reply, NAK included. */
    @Test
    void theClientIdIsEchoedWheneverItWasSent() {
        for (Message reply : everyKind(lab)) {
            assertThat(reply.raw(OptionCode.CLIENT_ID)).isEqualTo(CLIENT_ID);
        }
    }

    @Test
    void theClientIdIsNotSentToAClientThatSentNone() {
        assertThat(codes(lab.offerOf(1, 61))).doesNotContain(OptionCode.CLIENT_ID);
    }

    /** RFC 2131 §4.4.5: half, and seven eighths. */
    @Test
    void t1AndT2AreSentInOrder() {
        for (Message reply : everyKind(lab).subList(0, 2)) {
            assertThat(secondsIn(reply, OptionCode.LEASE_TIME)).isEqualTo(3600);
            assertThat(secondsIn(reply, OptionCode.RENEWAL_TIME)).isEqualTo(1800);
            assertThat(secondsIn(reply, OptionCode.REBINDING_TIME)).isEqualTo(3150);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3600, 0, 0",
        "3600, 900, 0",
        "3600, 900, 1800",
        "3600, 1800, 900",
        "3600, 3600, 3600",
        "3600, 9000, 8000",
        "3600, 0, 10",
        "60, 59, 2",
        "3, 0, 0"
    })
    void t1IsBeforeT2AndT2BeforeTheEndWhateverIsConfigured(long lease, long t1, long t2) {
        TestConfig config = new TestConfig();
        config.leaseSeconds = lease;
        config.t1Seconds = t1;
        config.t2Seconds = t2;
        Message offer = config.start().offerOf(51, 58, 59);

        assertThat(secondsIn(offer, OptionCode.RENEWAL_TIME))
                .isBetween(1L, secondsIn(offer, OptionCode.REBINDING_TIME) - 1);
        assertThat(secondsIn(offer, OptionCode.REBINDING_TIME)).isLessThan(lease);
    }

    /** Some times are too short for an order: a T1 of 0 would have the client renew without end. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "60, 1"})
    void t1AndT2AreNotSentWhereT1WouldBeZero(long lease, long t2) {
        TestConfig config = new TestConfig();
        config.leaseSeconds = lease;
        config.t2Seconds = t2;

        assertThat(codes(config.start().offerOf(51, 58, 59)))
                .contains(OptionCode.LEASE_TIME)
                .doesNotContain(OptionCode.RENEWAL_TIME, OptionCode.REBINDING_TIME);
    }

    /** RFC 2131 §3.3: 0xffffffff is infinity, in T1 and T2 too. */
    @Test
    void aLeaseWithoutAnEndIsNeverRenewed() {
        TestConfig config = new TestConfig();
        config.leaseSeconds = Settings.INFINITE;
        Message offer = config.start().offerOf(51, 58, 59);

        assertThat(secondsIn(offer, OptionCode.LEASE_TIME)).isEqualTo(0xffff_ffffL);
        assertThat(secondsIn(offer, OptionCode.RENEWAL_TIME)).isEqualTo(0xffff_ffffL);
        assertThat(secondsIn(offer, OptionCode.REBINDING_TIME)).isEqualTo(0xffff_ffffL);
    }
}
