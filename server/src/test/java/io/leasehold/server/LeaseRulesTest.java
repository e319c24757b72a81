package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.client;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.secondsIn;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a lease is written, how long it is, and when it is over. */
class LeaseRulesTest {
    private final ServerFixture lab = new ServerFixture();

    static MessageBuilder wishing(MessageBuilder message, long seconds) {
        return message.option(
                OptionCode.LEASE_TIME,
                new byte[] {
                    (byte) (seconds >>> 24),
                    (byte) (seconds >>> 16),
                    (byte) (seconds >>> 8),
                    (byte) seconds
                });
    }

    /** The reply is part of the decision to commit: whoever carries it out sends it afterwards. */
    @Test
    void anAckOfANewLeaseWaitsForItsCommit() {
        Decision<List<LeaseChange>> decision = lab.broadcast(selecting(ONE, lab.offered(ONE)));

        assertThat(decision).isInstanceOf(Decision.CommitThenReply.class);
        if (decision instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            Ip4Address address = both.outgoing().message().yiaddr();
            assertThat(both.change()).containsExactly(new LeaseChange.Put(lab.record(address)));
        }
    }

    @ParameterizedTest
    @CsvSource({"7200, 7200", "30, 60", "0, 60", "999999, 86400", "4294967295, 86400"})
    void theClientsWishIsGrantedWithinMinimumAndMaximum(long wish, long granted) {
        Message offer =
                sent(lab.broadcast(wishing(message(MessageType.DISCOVER, ONE), wish))).message();

        assertThat(secondsIn(offer, OptionCode.LEASE_TIME)).isEqualTo(granted);
    }

    @Test
    void withoutAWishTheLeaseIsAsLongAsConfigured() {
        assertThat(secondsIn(lab.offerOf(51), OptionCode.LEASE_TIME)).isEqualTo(3600);
    }

    @Test
    void aWishForALeaseWithoutAnEndIsGrantedWhereTheMaximumAllowsIt() {
        TestConfig config = new TestConfig();
        config.maxLeaseSeconds = Settings.INFINITE;
        ServerFixture endless = config.start();
        Ip4Address address = endless.offered(ONE);

        assertAck(endless.broadcast(wishing(selecting(ONE, address), Settings.INFINITE)));
        assertThat(endless.record(address).endSeconds()).isEqualTo(Lease.FOREVER);
    }

    @Test
    void aRenewalWithinTheFirstQuarterGetsTheRemainingTimeWithoutAWrite() {
        Ip4Address address = lab.lease(ONE);
        Lease before = lab.record(address);
        lab.passSeconds(899);
        Decision<List<LeaseChange>> decision = lab.unicast(renewing(ONE, address), SERVER);

        assertThat(decision).isInstanceOf(Decision.Reply.class);
        Message ack = sent(decision).message();
        assertThat(secondsIn(ack, OptionCode.LEASE_TIME)).isEqualTo(3600 - 899);
        assertThat(secondsIn(ack, OptionCode.REBINDING_TIME)).isLessThan(3600 - 899);
        assertThat(lab.record(address)).isEqualTo(before);
    }

    @Test
    void aRenewalAfterTheFirstQuarterIsWritten() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(900);
        Decision<List<LeaseChange>> decision = lab.unicast(renewing(ONE, address), SERVER);

        assertThat(decision).isInstanceOf(Decision.CommitThenReply.class);
        assertThat(secondsIn(sent(decision).message(), OptionCode.LEASE_TIME)).isEqualTo(3600);
    }

    /** The ACK that shortens it may be lost, and its client goes on until the end it was told. */
    @Test
    void aLeaseThatIsShortenedIsHeldForItsFirstTime() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(1800);
        Decision<List<LeaseChange>> renewed =
                lab.unicast(wishing(renewing(ONE, address), 60), SERVER);
        assertThat(secondsIn(sent(renewed).message(), OptionCode.LEASE_TIME)).isEqualTo(60);
        Decision<List<LeaseChange>> again =
                lab.unicast(wishing(renewing(ONE, address), 60), SERVER);
        assertThat(secondsIn(sent(again).message(), OptionCode.LEASE_TIME)).isEqualTo(60);
        lab.passSeconds(1799);

        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(1);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void aYoungLeaseWithOtherFactsIsWritten() {
        Ip4Address address = lab.lease(ONE);

        assertThat(
                        lab.unicast(
                                renewing(ONE, address)
                                        .option(OptionCode.HOST_NAME, new byte[] {'p', 'c'}),
                                SERVER))
                .isInstanceOf(Decision.CommitThenReply.class);
        assertThat(lab.record(address).hostName()).isEqualTo("pc");
        assertThat(lab.unicast(wishing(renewing(ONE, address), 7200), SERVER))
                .isInstanceOf(Decision.CommitThenReply.class);
    }

    @Test
    void aClientHasOneLeaseInANetwork() {
        Ip4Address first = lab.lease(ONE);
        assertAck(lab.broadcast(selecting(ONE, ip("192.168.50.177"))));

        assertThat(lab.record(first).holds(lab.nowMillis / 1000)).isFalse();
        assertThat(lab.record(ip("192.168.50.177")).holds(lab.nowMillis / 1000)).isTrue();
    }

    @Test
    void ofAClientThatWalksThroughThePoolTheLatestLeasesAreRemembered() {
        Ip4Address last = Ip4Address.ZERO;
        for (int i = 0; i < 40; i++) {
            last = ip("192.168.50." + (140 + i));
            assertAck(lab.broadcast(selecting(ONE, last)));
            lab.passSeconds(1);
        }

        assertThat(lab.table.size()).isLessThanOrEqualTo(10);
        assertThat(lab.record(last).holds(lab.nowMillis / 1000)).isTrue();
        assertThat(lab.table.get(ip("192.168.50.140"))).isNull();
        assertThat(lab.table.get(ip("192.168.50.178"))).isNotNull();
        assertAck(lab.broadcast(selecting(TWO, ip("192.168.50.140"))));
    }

    /** The client counts from its REQUEST, in the middle of a second of ours. */
    @Test
    void aLeaseIsNotOverBeforeItsClientsSecondsAre() {
        lab.nowMillis += 970;
        Ip4Address address = lab.lease(ONE);
        lab.nowMillis += 3_599_100;
        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.nowMillis += 1000;

        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void anAddressIsFreeForOthersOnceItsLeaseIsOver() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(3599);
        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(1);

        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    /** The store is told to move all by as much, so that a restart sees the same. */
    @Test
    void aClockThatJumpsForwardDoesNotFreeABoundAddress() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(100_000);

        assertThat(lab.server.shift(100_000)).isEqualTo(new LeaseChange.Shift(100_000));
        assertNak(lab.broadcast(selecting(TWO, address)));
        assertThat(lab.offered(TWO)).isNotEqualTo(address);
        Message ack = sent(lab.unicast(renewing(ONE, address), SERVER)).message();
        assertThat(secondsIn(ack, OptionCode.LEASE_TIME)).isEqualTo(3600);
    }

    @Test
    void aClockThatJumpsBackDoesNotKeepAnAddressForLonger() {
        ServerFixture one = new TestConfig().pool("192.168.50.100", "192.168.50.100").start();
        one.lease(ONE);
        one.passSeconds(-100_000);
        one.server.shift(-100_000);
        one.passSeconds(3601);

        assertThat(one.offered(TWO)).isEqualTo(ip("192.168.50.100"));
    }

    @Test
    void anExhaustedPoolIsMetWithSilenceAndTold() {
        ServerFixture one = new TestConfig().pool("192.168.50.100", "192.168.50.100").start();
        one.lease(ONE);

        assertDropped(one.broadcast(message(MessageType.DISCOVER, TWO)), ServerDrop.POOL_EXHAUSTED);
        assertThat(one.heard).containsExactly("exhausted local");
    }

    @Test
    void whoHasALeaseIsServedWhenThePoolIsExhausted() {
        ServerFixture one = new TestConfig().pool("192.168.50.100", "192.168.50.100").start();
        Ip4Address address = one.lease(ONE);
        one.broadcast(message(MessageType.DISCOVER, TWO));
        one.passSeconds(1800);

        assertThat(one.offered(ONE)).isEqualTo(address);
        assertAck(one.unicast(renewing(ONE, address), SERVER));
    }

    private static ServerFixture withKnownShare() {
        TestConfig config = new TestConfig().pool("192.168.50.100", "192.168.50.103");
        config.knownSharePercent = 25;
        return config.start();
    }

    /** A quarter of four addresses is one. */
    @Test
    void theShareOfKnownClientsIsNotGivenToStrangers() {
        ServerFixture share = withKnownShare();
        share.lease(client(1));
        share.lease(client(2));
        share.lease(client(3));

        assertDropped(
                share.broadcast(message(MessageType.DISCOVER, client(4))),
                ServerDrop.POOL_EXHAUSTED);
    }

    @Test
    void theShareOfKnownClientsIsGivenToAClientThatHadALease() {
        ServerFixture share = withKnownShare();
        assertAck(share.broadcast(selecting(client(1), ip("192.168.50.100"))));
        share.passSeconds(3601);
        for (int i = 1; i <= 3; i++) {
            assertAck(share.broadcast(selecting(client(1 + i), ip("192.168.50.10" + i))));
        }

        assertDropped(
                share.broadcast(message(MessageType.DISCOVER, client(5))),
                ServerDrop.POOL_EXHAUSTED);
        assertThat(share.lease(client(1))).isEqualTo(ip("192.168.50.100"));
    }

    /** Nor by asking for an address outright, without an offer. */
    @Test
    void aStrangerCannotTakeTheShareByARequestWithoutAnOffer() {
        ServerFixture share = withKnownShare();
        share.lease(client(1));
        share.lease(client(2));
        share.lease(client(3));
        for (int host = 100; host <= 103; host++) {
            assertNak(share.broadcast(selecting(client(4), ip("192.168.50." + host))));
            assertDropped(
                    share.broadcast(rebooting(client(4), ip("192.168.50." + host))),
                    ServerDrop.NO_RECORD);
        }
    }
}
