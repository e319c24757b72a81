package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every datagram of the corpus, sent to the server that its README describes. */
class CorpusServerTest {
    private static final HardwareAddress GOOD = HardwareAddress.parse("02:00:00:00:00:99");
    private static final int SAME_QUERY_TIMES = 200_000;
    private static final int FAKE_CLIENTS = 1_000_000;

    static List<Corpus.Case> all() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBadDatagramIsAnsweredOrDroppedAsItsFileSays(Corpus.Case bad) {
        if (!(Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed)) {
            assertThat(bad.server()).isEqualTo("never sees it");
            return;
        }
        CorpusServer lab = new CorpusServer();
        Decision<List<LeaseChange>> decision = lab.arrive(parsed.message(), bad.sentTo());

        if (decision instanceof Decision.Drop<List<LeaseChange>> drop) {
            assertThat(bad.drops()).contains(((ServerDrop) drop.reason()).name());
        } else {
            assertThat(ServerFixture.sent(decision).message().type()).isEqualTo(bad.answer());
        }
    }

    /**
     * Forwards, backwards and in three other orders: none leaves behind what another trips over.
     */
    @Test
    void aWellBehavedClientGetsItsLeaseAfterEachOfThemInAnyOrder() {
        List<Corpus.Case> cases = new ArrayList<>(Corpus.all());
        for (int round = 0; round < 5; round++) {
            CorpusServer lab = new CorpusServer();
            Ip4Address kept = lab.lease(GOOD);
            for (Corpus.Case bad : cases) {
                if (Message.parse(bad.bytes()) instanceof ParseResult.Parsed parsed) {
                    lab.arrive(parsed.message(), bad.sentTo());
                    lab.arrive(parsed.message(), bad.sentTo());
                }
                lab.nowMillis += 1000;
                assertThat(lab.lease(GOOD)).as("after " + bad).isEqualTo(kept);
            }
            if (round == 0) {
                Collections.reverse(cases);
            } else {
                Collections.shuffle(cases, new Random(round));
            }
        }
    }

    /**
     * Row 16, ISC CVE-2022-2928: what one query leaves behind is there once, however often it
     * comes.
     */
    @Test
    void theSameQueryAgainAndAgainHoldsOneAddressAndNoLease() {
        CorpusServer lab = new CorpusServer();
        Message query = message("16-the-same-again");
        Ip4Address first =
                ServerFixture.sent(lab.arrive(query, Ip4Address.BROADCAST)).message().yiaddr();
        for (int i = 0; i < SAME_QUERY_TIMES; i++) {
            Message offer = ServerFixture.sent(lab.arrive(query, Ip4Address.BROADCAST)).message();
            if (!offer.yiaddr().equals(first)) {
                throw new AssertionError(offer.yiaddr() + " was offered after " + first);
            }
        }

        assertThat(lab.server.offersHeld()).isEqualTo(1);
        assertThat(lab.table.size()).isZero();
    }

    /** Row 33: offers are bounded, and who has a lease keeps and renews it. */
    @Test
    void aMillionFakeClientsTakeNoLeaseFromAKnownOne() {
        CorpusServer lab = new CorpusServer();
        Ip4Address kept = lab.lease(GOOD);
        byte[] fake = fake();
        for (int i = 0; i < FAKE_CLIENTS; i++) {
            number(fake, i);
            lab.arrive(ServerFixture.parse(fake), Ip4Address.BROADCAST);
            lab.nowMillis += i % 4 == 0 ? 1 : 0;
        }

        assertThat(lab.server.offersHeld()).isLessThanOrEqualTo(Offers.OFFERS_MAX);
        assertThat(lab.table.size()).isEqualTo(1);
        assertThat(ServerFixture.sent(lab.renew(GOOD, kept)).message().type())
                .isEqualTo(MessageType.ACK);
        assertThat(lab.lease(GOOD)).isEqualTo(kept);
    }

    /**
     * Row 33: offers alone keep no address from a stranger, though they come as fast as it asks.
     */
    @Test
    void aFloodOfDiscoversRefusesNobodyAnAddress() {
        CorpusServer lab = new CorpusServer();
        byte[] fake = fake();
        flood(lab, fake, 0, 1000);
        Message offer = ServerFixture.sent(lab.discover(GOOD)).message();
        flood(lab, fake, 1000, 2000);

        assertThat(ServerFixture.sent(lab.request(GOOD, offer.yiaddr())).message().type())
                .isEqualTo(MessageType.ACK);
    }

    private static void flood(CorpusServer lab, byte[] fake, int from, int to) {
        for (int i = from; i < to; i++) {
            number(fake, i);
            lab.arrive(ServerFixture.parse(fake), Ip4Address.BROADCAST);
        }
    }

    /** Row 33: one port that claims every address by INIT-REBOOT gets none, and nothing is kept. */
    @Test
    void claimingEveryAddressByInitRebootGetsNone() {
        CorpusServer lab = new CorpusServer();
        Ip4Address kept = lab.lease(GOOD);
        byte[] claim = message("33-address-of-another").toBytes();
        for (int host = 0; host < 256; host++) {
            // The requested address is the last option before END.
            claim[claim.length - 2] = (byte) host;
            ServerFixture.assertDropped(
                    lab.arrive(ServerFixture.parse(claim), Ip4Address.BROADCAST),
                    ServerDrop.NO_RECORD);
        }

        assertThat(lab.table.size()).isEqualTo(1);
        assertThat(lab.lease(GOOD)).isEqualTo(kept);
    }

    private static Message message(String name) {
        for (Corpus.Case one : Corpus.all()) {
            if (one.name().equals(name)) {
                return ServerFixture.parse(one.bytes());
            }
        }
        throw new AssertionError("the corpus has no " + name);
    }

    private static byte[] fake() {
        return message("33-fake-hardware").toBytes();
    }

    /** Writes a number into the last three bytes of xid and of a hardware address of six. */
    private static void number(byte[] message, int number) {
        for (int i = 0; i < 3; i++) {
            message[7 - i] = (byte) (number >>> 8 * i);
            message[28 + 5 - i] = (byte) (number >>> 8 * i);
        }
    }
}
