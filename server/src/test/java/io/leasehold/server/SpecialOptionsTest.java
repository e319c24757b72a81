package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.asking;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.codes;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options that change what the server does: 80, 108, 116. */
class SpecialOptionsTest {
    private static final byte[] NOTHING = {};

    private static TestConfig rapid() {
        TestConfig config = new TestConfig();
        config.rapidCommit = true;
        return config;
    }

    private static MessageBuilder rapidDiscover() {
        return message(MessageType.DISCOVER, ONE).option(OptionCode.RAPID_COMMIT, NOTHING);
    }

    /** RFC 4039 §3.1: bound at once, and the ACK says so with option 80 of its own. */
    @Test
    void rapidCommitIsAckedAtOnceWhereTheSubnetAllowsIt() {
        ServerFixture lab = rapid().start();

        Decision<List<LeaseChange>> decision = lab.broadcast(rapidDiscover());

        assertThat(decision).isInstanceOf(Decision.CommitThenReply.class);
        Message ack = sent(decision).message();
        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(codes(ack)).contains(OptionCode.RAPID_COMMIT, OptionCode.LEASE_TIME);
        assertThat(lab.record(ack.yiaddr())).isNotNull();
    }

    @Test
    void rapidCommitIsAnsweredByAnOfferWhereTheSubnetDoesNotAllowIt() {
        Message offer = sent(new ServerFixture().broadcast(rapidDiscover())).message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(codes(offer)).doesNotContain(OptionCode.RAPID_COMMIT);
    }

    @Test
    void aClientThatDoesNotAskForRapidCommitIsOffered() {
        Message offer =
                sent(rapid().start().broadcast(message(MessageType.DISCOVER, ONE))).message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(codes(offer)).doesNotContain(OptionCode.RAPID_COMMIT);
    }

    /**
     * RFC 4039 §3: what cannot be given is met with silence, and an address wrongly wished is not.
     */
    @Test
    void thereIsNoNakInThePathOfRapidCommit() {
        ServerFixture lab = rapid().pool("192.168.50.100", "192.168.50.100").start();

        assertAck(
                lab.broadcast(
                        rapidDiscover()
                                .option(OptionCode.REQUESTED_ADDRESS, ip("172.16.0.5").toBytes())));
        assertDropped(
                lab.broadcast(
                        message(MessageType.DISCOVER, TWO)
                                .option(OptionCode.RAPID_COMMIT, NOTHING)),
                ServerDrop.POOL_EXHAUSTED);
    }

    /** RFC 4039 §4: the option has no value; what has one is ignored, and told. */
    @Test
    void aMalformedRapidCommitIsAnsweredByAnOffer() {
        ServerFixture lab = rapid().start();
        Message offer =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, ONE)
                                        .option(OptionCode.RAPID_COMMIT, new byte[4])))
                        .message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(lab.heard).containsExactly("ignored 80");
    }

    @Test
    void rapidCommitWaitsForThePing() {
        TestConfig config = rapid();
        config.pingCheckMillis = 500;
        ServerFixture lab = config.start();

        Decision<List<LeaseChange>> decision = lab.answer(lab.broadcast(rapidDiscover()), false);

        assertThat(decision).isInstanceOf(Decision.CommitThenReply.class);
        assertAck(decision);
    }

    private static TestConfig ipv6Only() {
        // Wait 1800 s before asking for IPv4 again.
        return new TestConfig().option(OptionCode.IPV6_ONLY_PREFERRED, 0, 0, 7, 8);
    }

    /** RFC 8925 §3.3: 0.0.0.0 is offered, and nothing is held. */
    @Test
    void anIpv6OnlyClientIsOfferedNoAddressOfThePool() {
        ServerFixture lab = ipv6Only().start();
        Message offer = lab.offerOf(1, 108);

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.raw(OptionCode.IPV6_ONLY_PREFERRED)).containsExactly(0, 0, 7, 8);
        assertThat(ServerFixture.addressIn(offer, OptionCode.SERVER_ID)).isEqualTo(SERVER);
        assertThat(lab.server.offersHeld()).isZero();
    }

    /** RFC 8925 §3.3: MUST NOT be sent to a client that does not ask. */
    @Test
    void ipv6OnlyPreferredIsNotSentUnasked() {
        ServerFixture lab = ipv6Only().start();
        Message asked = lab.offerOf(1, 3);
        Message withoutList = sent(lab.broadcast(message(MessageType.DISCOVER, TWO))).message();

        assertThat(codes(asked)).doesNotContain(OptionCode.IPV6_ONLY_PREFERRED);
        assertThat(asked.yiaddr()).isNotEqualTo(Ip4Address.ZERO);
        assertThat(codes(withoutList)).doesNotContain(OptionCode.IPV6_ONLY_PREFERRED);
    }

    @Test
    void aClientThatAsksForIpv6OnlyGetsAnAddressWhereItIsNotConfigured() {
        Message offer = new ServerFixture().offerOf(1, 108);

        assertThat(offer.yiaddr()).isNotEqualTo(Ip4Address.ZERO);
        assertThat(codes(offer)).doesNotContain(OptionCode.IPV6_ONLY_PREFERRED);
    }

    /** A REQUEST is answered as any other, and told: the client decides (RFC 8925 §3.2). */
    @Test
    void ipv6OnlyPreferredIsToldInTheAckToo() {
        ServerFixture lab = ipv6Only().start();
        Message ack =
                sent(lab.broadcast(
                                selecting(ONE, ip("192.168.50.150"))
                                        .option(OptionCode.PARAMETER_LIST, new byte[] {108})))
                        .message();

        assertThat(ack.type()).isEqualTo(MessageType.ACK);
        assertThat(codes(ack)).contains(OptionCode.IPV6_ONLY_PREFERRED);
    }

    /** The subnet counts whose address the client would have. */
    @Test
    void anIpv6OnlyClientIsToldByTheSubnetOfTheWireThatWouldHaveItsAddress() {
        ServerFixture lab =
                exhausted()
                        .onSameWire(
                                "192.168.60.0/24",
                                "192.168.60.20",
                                "192.168.60.20",
                                OptionCode.IPV6_ONLY_PREFERRED,
                                new byte[] {0, 0, 7, 8})
                        .start();

        assertThat(lab.offerOf(1, 108).yiaddr()).isEqualTo(ip("192.168.50.100"));
        lab.passSeconds(31);
        assertThat(lab.lease(TWO)).isEqualTo(ip("192.168.50.100"));
        Message offer = lab.offerOf(1, 108);

        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.raw(OptionCode.IPV6_ONLY_PREFERRED)).containsExactly(0, 0, 7, 8);
        assertThat(lab.lease(ServerFixture.client(3))).isEqualTo(ip("192.168.60.20"));
        assertThat(lab.offerOf(1, 108).yiaddr()).isEqualTo(Ip4Address.ZERO);
    }

    @Test
    void aClientThatGetsNoAddressIsToldByAnySubnetOfTheWireNotToConfigureItself() {
        ServerFixture lab =
                exhausted()
                        .onSameWire(
                                "192.168.60.0/24",
                                "192.168.60.20",
                                "192.168.60.20",
                                OptionCode.AUTO_CONFIGURE,
                                new byte[] {0})
                        .start();
        lab.lease(TWO);
        lab.lease(ServerFixture.client(3));

        Message offer =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, ONE)
                                        .option(OptionCode.AUTO_CONFIGURE, new byte[] {1})))
                        .message();

        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.raw(OptionCode.AUTO_CONFIGURE)).containsExactly(0);
    }

    private static TestConfig exhausted() {
        return new TestConfig().pool("192.168.50.100", "192.168.50.100");
    }

    /** RFC 2563 §2.3: no address, and the client must not choose one by itself. */
    @Test
    void aClientThatGetsNoAddressIsToldNotToConfigureItself() {
        ServerFixture lab = exhausted().option(OptionCode.AUTO_CONFIGURE, 0).start();
        lab.lease(TWO);
        Message offer =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, ONE)
                                        .option(OptionCode.AUTO_CONFIGURE, new byte[] {1})))
                        .message();

        assertThat(offer.type()).isEqualTo(MessageType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.raw(OptionCode.AUTO_CONFIGURE)).containsExactly(0);
    }

    /** RFC 2563 §2.3: only a client that sends the option understands such an offer. */
    @Test
    void aClientWithoutAutoConfigureIsMetWithSilence() {
        ServerFixture lab = exhausted().option(OptionCode.AUTO_CONFIGURE, 0).start();
        lab.lease(TWO);

        assertDropped(lab.broadcast(asking(MessageType.DISCOVER, 116)), ServerDrop.POOL_EXHAUSTED);
    }

    /** RFC 2563 §2: the option has one octet; what has none is ignored, and told. */
    @Test
    void aMalformedAutoConfigureIsNotAnswered() {
        ServerFixture lab = exhausted().option(OptionCode.AUTO_CONFIGURE, 0).start();
        MessageBuilder discover =
                message(MessageType.DISCOVER, ONE).option(OptionCode.AUTO_CONFIGURE, NOTHING);

        assertThat(codes(sent(lab.broadcast(discover)).message()))
                .doesNotContain(OptionCode.AUTO_CONFIGURE);
        lab.passSeconds(31);
        lab.lease(TWO);
        assertDropped(lab.broadcast(discover), ServerDrop.POOL_EXHAUSTED);
        assertThat(lab.heard).contains("ignored 116");
    }

    @Test
    void autoConfigureIsNotAnsweredWhereItIsNotConfigured() {
        ServerFixture lab = exhausted().start();
        lab.lease(TWO);

        assertDropped(
                lab.broadcast(
                        message(MessageType.DISCOVER, ONE)
                                .option(OptionCode.AUTO_CONFIGURE, new byte[] {1})),
                ServerDrop.POOL_EXHAUSTED);
    }
}
