package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.ask;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.client;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An OFFER holds its address, in memory alone, while there are others to offer. */
class OfferHoldTest {
    private static final Ip4Address FIRST = ip("192.168.50.100");

    private final ServerFixture lab = new ServerFixture();

    private static TestConfig poolOf(int addresses) {
        return new TestConfig().pool(FIRST.toString(), "192.168.50." + (99 + addresses));
    }

    /** DISCOVERs from hardware addresses that nobody has. */
    private static void flood(ServerFixture lab, int from, int to) {
        for (int i = from; i < to; i++) {
            lab.broadcast(message(MessageType.DISCOVER, client(i)));
        }
    }

    @Test
    void anOfferIsNotWritten() {
        assertThat(lab.broadcast(message(MessageType.DISCOVER, ONE)))
                .isInstanceOf(Decision.Reply.class);
        assertThat(lab.table.size()).isZero();
    }

    @Test
    void anOfferHoldsItsAddressForTheOfferHold() {
        Ip4Address offered = lab.offered(ONE);
        lab.passSeconds(29);
        assertNak(lab.broadcast(selecting(TWO, offered)));
        assertThat(lab.offered(TWO)).isNotEqualTo(offered);
        lab.passSeconds(2);

        assertAck(lab.broadcast(selecting(TWO, offered)));
    }

    @Test
    void aClientThatAsksAgainIsOfferedTheSameAddress() {
        Ip4Address first = lab.offered(ONE);
        lab.passSeconds(5);

        assertThat(lab.offered(ONE)).isEqualTo(first);
        assertThat(lab.server.offersHeld()).isEqualTo(1);
    }

    /** Whatever comes between its DISCOVER and its REQUEST. */
    @Test
    void aClientIsNotRefusedForMereOffersToOthers() {
        ServerFixture small = poolOf(3).start();
        flood(small, 1000, 1100);
        Ip4Address offered = small.offered(ONE);
        flood(small, 1100, 1200);

        assertThat(small.offered(ONE)).isEqualTo(offered);
        assertAck(small.broadcast(selecting(ONE, offered)));
        assertThat(small.heard).isEmpty();
    }

    /** More than are looked at, all of them older. */
    @Test
    void aClientIsNotRefusedForMereOffersToOthersInAnotherNetwork() {
        ServerFixture small = poolOf(1).start();
        for (int i = 0; i < 300; i++) {
            small.relayed(message(MessageType.DISCOVER, client(i)));
        }
        small.offered(TWO);

        assertThat(small.offered(ONE)).isEqualTo(FIRST);
        assertThat(small.heard).isEmpty();
    }

    /** What a stranger may not take over does not stand before what it may. */
    @Test
    void aStrangerIsNotRefusedForMereOffersToKnownClients() {
        Offers offers = new Offers(ClientKey::hashCode);
        for (int i = 0; i < 300; i++) {
            offers.hold(offer(ip("10.20.1.0").plus(i), i, true), 0);
        }
        offers.hold(offer(FIRST, 300, false), 0);

        assertThat(offers.oldest("relayed", false, address -> true)).isEqualTo(FIRST);
        offers.forget(new ClientKey.ByHardware(client(300)));
        assertThat(offers.oldest("relayed", false, address -> true)).isNull();
        assertThat(offers.oldest("relayed", true, address -> true)).isEqualTo(ip("10.20.1.0"));
    }

    private static Offers.Offer offer(Ip4Address address, int number, boolean known) {
        ClientKey key = new ClientKey.ByHardware(client(number));
        return new Offers.Offer(address, key, "relayed", known, 1, false);
    }

    @Test
    void theAddressWhoseOfferIsOldestIsOfferedAgain() {
        ServerFixture small = poolOf(2).start();
        Ip4Address older = small.offered(ONE);
        Ip4Address younger = small.offered(TWO);

        assertThat(small.offered(client(3))).isEqualTo(older);
        assertThat(small.offered(client(4))).isEqualTo(younger);
    }

    @Test
    void ofTwoClientsThatWereOfferedAnAddressTheFirstToRequestItGetsIt() {
        ServerFixture small = poolOf(1).start();
        small.offered(ONE);
        small.offered(TWO);

        assertAck(small.broadcast(selecting(ONE, FIRST)));
        assertNak(small.broadcast(selecting(TWO, FIRST)));
        assertDropped(
                small.broadcast(message(MessageType.DISCOVER, TWO)), ServerDrop.POOL_EXHAUSTED);
    }

    /** An ACK may be lost. */
    @Test
    void aClientThatRequestsAgainIsAckedThoughItsAddressWasOfferedToAnother() {
        ServerFixture small = poolOf(1).start();
        small.offered(ONE);
        small.offered(TWO);
        assertAck(small.broadcast(selecting(ONE, FIRST)));

        assertAck(small.broadcast(selecting(ONE, FIRST)));
        assertThat(small.offered(ONE)).isEqualTo(FIRST);
    }

    @Test
    void anOfferGivesNoRightToDeclineWhatAnotherClientHasByNow() {
        ServerFixture small = poolOf(1).start();
        small.offered(ONE);
        small.offered(TWO);
        assertAck(small.broadcast(selecting(ONE, FIRST)));

        assertDropped(
                small.broadcast(
                        message(MessageType.DECLINE, TWO)
                                .option(OptionCode.REQUESTED_ADDRESS, FIRST.toBytes())
                                .option(OptionCode.SERVER_ID, SERVER.toBytes())),
                ServerDrop.NOT_THE_LEASE_OF_CLIENT);
    }

    /** Nor does it wait for one ping after the other while others ask. */
    @Test
    void aClientWhoseAddressIsBeingPingedIsOfferedItThoughOthersAsk() {
        TestConfig config = poolOf(2);
        config.pingCheckMillis = 500;
        ServerFixture small = config.start();
        Decision<List<LeaseChange>> question = small.broadcast(message(MessageType.DISCOVER, ONE));
        flood(small, 1000, 1100);

        assertThat(sent(small.answer(question, false)).message().yiaddr())
                .isEqualTo(ask(question).address());
    }

    @Test
    void theShareOfKnownClientsIsNotOfferedAgainToStrangers() {
        TestConfig config = poolOf(4);
        config.knownSharePercent = 25;
        ServerFixture share = config.start();
        assertAck(share.broadcast(selecting(client(1), FIRST)));
        share.passSeconds(3601);
        for (int i = 1; i <= 3; i++) {
            assertAck(share.broadcast(selecting(client(1 + i), ip("192.168.50.10" + i))));
        }
        assertThat(share.offered(client(1))).isEqualTo(FIRST);

        assertDropped(
                share.broadcast(message(MessageType.DISCOVER, client(5))),
                ServerDrop.POOL_EXHAUSTED);
        assertAck(share.broadcast(selecting(client(1), FIRST)));
    }
}
