package io.leasehold.server;

import static io.leasehold.server.ServerFixture.INTERFACE;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.ask;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An address is asked for before it is offered (RFC 2131 §4.3.1, §2.2), and nobody else waits. */
class PingCheckTest {
    private final ServerFixture lab = config(500).start();

    private static TestConfig config(int millis) {
        TestConfig config = new TestConfig();
        config.pingCheckMillis = millis;
        return config;
    }

    private Decision<List<LeaseChange>> discover(HardwareAddress who) {
        return lab.broadcast(message(MessageType.DISCOVER, who));
    }

    /** A lease by the way that needs no ping: a REQUEST after a restart that forgot the offer. */
    private Ip4Address lease(HardwareAddress who, String address) {
        assertAck(lab.broadcast(selecting(who, ip(address))));
        return ip(address);
    }

    @Test
    void anAddressIsPingedBeforeItIsOffered() {
        Decision.AskFirst<List<LeaseChange>> question = ask(discover(ONE));

        assertThat(question.waitMillis()).isEqualTo(500);
        assertThat(question.interfaceIndex()).isEqualTo(INTERFACE);
    }

    @Test
    void silenceLetsTheOfferGo() {
        Decision<List<LeaseChange>> question = discover(ONE);
        Decision<List<LeaseChange>> offer = lab.answer(question, false);

        assertThat(offer).isInstanceOf(Decision.Reply.class);
        assertThat(sent(offer).message().yiaddr()).isEqualTo(ask(question).address());
    }

    @Test
    void anAnswerQuarantinesTheAddressAndAsksAboutAnother() {
        Decision<List<LeaseChange>> question = discover(ONE);
        Ip4Address used = ask(question).address();
        Decision<List<LeaseChange>> next = lab.answer(question, true);

        assertThat(ask(next).address()).isNotEqualTo(used);
        assertThat(lab.record(used).state()).isEqualTo(Lease.State.CONFLICT);
        assertThat(lab.heard).containsExactly("conflict " + used);
    }

    /** The conflict is made durable together with the offer that follows in the end. */
    @Test
    void aConflictIsWrittenWithTheOffer() {
        Decision<List<LeaseChange>> first = discover(ONE);
        Decision<List<LeaseChange>> offer = lab.answer(lab.answer(first, true), false);

        assertThat(offer).isInstanceOf(Decision.CommitThenReply.class);
        assertThat(sent(offer).message().type()).isEqualTo(MessageType.OFFER);
        if (offer instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            assertThat(both.change())
                    .containsExactly(new LeaseChange.Put(lab.record(ask(first).address())));
        }
    }

    @Test
    void aQuarantinedAddressIsFreeAfterTheDeclineHoldOrWhenItIsCleared() {
        Ip4Address used = ask(discover(ONE)).address();
        lab.answer(discover(TWO), true);
        Decision<List<LeaseChange>> question = discover(ServerFixture.client(3));
        Ip4Address conflict = ask(question).address();
        lab.answer(question, true);

        ServerFixture.assertNak(lab.broadcast(selecting(ServerFixture.client(4), conflict)));
        assertThat(lab.server.clear(conflict, lab.nowMillis / 1000)).isNotNull();
        assertAck(lab.broadcast(selecting(ServerFixture.client(4), conflict)));
        assertThat(used).isNotEqualTo(conflict);
    }

    @Test
    void theClientsOwnAddressIsNotPinged() {
        Ip4Address address = lease(ONE, "192.168.50.150");

        assertThat(sent(discover(ONE)).message().yiaddr()).isEqualTo(address);
    }

    @Test
    void aReservedAddressIsItsClientsOwn() {
        ServerFixture reserved =
                config(500).reserve(new Reservation.Key.Hardware(ONE), "192.168.50.10").start();

        assertThat(reserved.offered(ONE)).isEqualTo(ip("192.168.50.10"));
    }

    /** It may have gone to somebody else meanwhile, with or without us. */
    @Test
    void anAddressWhoseLeaseIsOverIsPingedAgain() {
        Ip4Address address = lease(ONE, "192.168.50.150");
        lab.passSeconds(4000);

        assertThat(ask(discover(ONE)).address()).isEqualTo(address);
    }

    @Test
    void byDefaultClientsOnTheLinkArePingedForAndRelayedOnesAreNot() {
        ServerFixture standard = config(-1).start();

        assertThat(ask(standard.broadcast(message(MessageType.DISCOVER, ONE))).waitMillis())
                .isEqualTo(500);
        assertThat(standard.relayed(message(MessageType.DISCOVER, TWO)))
                .isInstanceOf(Decision.Reply.class);
    }

    /** A relay on our own wire, as where only a switch adds option 82. */
    @Test
    void byDefaultARelayedClientIsPingedForWhereItsSubnetIsOnTheLink() {
        ServerFixture standard = config(-1).start();
        MessageBuilder discover =
                message(MessageType.DISCOVER, ONE).giaddr(ip("192.168.50.3")).hops(1);

        assertThat(ask(standard.unicast(discover, SERVER)).waitMillis()).isEqualTo(500);
    }

    @Test
    void anOfferIsNotMadeWithoutAnAddressToAnswerFrom() {
        Decision<List<LeaseChange>> question =
                lab.broadcast(message(MessageType.DISCOVER, ONE).giaddr(ServerFixture.RELAY));
        lab.server.interfaces(List.of(new HostInterface(INTERFACE, "eth1", List.of())));

        assertDropped(lab.answer(question, false), ServerDrop.NO_SERVER_ADDRESS);
        assertThat(lab.server.offersHeld()).isZero();
    }

    @Test
    void pingCheckCanBeTurnedOff() {
        assertThat(config(0).start().broadcast(message(MessageType.DISCOVER, ONE)))
                .isInstanceOf(Decision.Reply.class);
    }

    @Test
    void othersAreServedWhileAPingIsUnderWay() {
        Ip4Address asked = ask(discover(ONE)).address();
        Decision<List<LeaseChange>> other = discover(TWO);

        assertThat(ask(other).address()).isNotEqualTo(asked);
        assertThat(lab.answer(other, false)).isInstanceOf(Decision.Reply.class);
    }

    @Test
    void aClientThatAsksAgainWhileItsPingIsUnderWayIsNotPingedForTwice() {
        Decision<List<LeaseChange>> question = discover(ONE);

        assertDropped(discover(ONE), ServerDrop.ALREADY_ASKING);
        assertThat(lab.answer(question, false)).isInstanceOf(Decision.Reply.class);
    }

    /** A client that chose the address meanwhile answers the ping itself. */
    @Test
    void anAddressThatItsClientWasBoundToMeanwhileIsNoConflict() {
        Decision<List<LeaseChange>> question = discover(ONE);
        Ip4Address address = ask(question).address();
        assertAck(lab.broadcast(selecting(ONE, address)));
        Decision<List<LeaseChange>> decision = lab.answer(question, true);

        assertThat(lab.record(address).state()).isEqualTo(Lease.State.BOUND);
        assertThat(sent(decision).message().yiaddr()).isEqualTo(address);
        assertAck(lab.unicast(renewing(ONE, address), SERVER));
    }

    @Test
    void aPingThatEndsUnderAnotherConfigurationOffersByThat() {
        Decision<List<LeaseChange>> question = discover(ONE);
        lab.server.configure(
                config(0).reserve(new Reservation.Key.Hardware(ONE), "192.168.50.10").build());

        assertThat(sent(lab.answer(question, false)).message().yiaddr())
                .isEqualTo(ip("192.168.50.10"));
    }

    @Test
    void aPingThatEndsWhenItsNetworkIsServedNoMoreIsMetWithSilence() {
        Decision<List<LeaseChange>> question = discover(ONE);
        lab.server.configure(new ServerConfig(List.of(), List.of(), OptionSet.EMPTY));

        assertDropped(lab.answer(question, false), ServerDrop.UNKNOWN_NETWORK);
    }

    @Test
    void aConflictThatWasClearedMeanwhileIsNotWrittenOverALease() {
        Decision<List<LeaseChange>> first = discover(ONE);
        Ip4Address address = ask(first).address();
        Decision<List<LeaseChange>> second = lab.answer(first, true);
        assertThat(lab.server.clear(address, lab.nowMillis / 1000)).isNotNull();
        assertAck(lab.broadcast(selecting(TWO, address)));

        assertThat(lab.answer(second, false)).isInstanceOf(Decision.Reply.class);
    }

    /** A host that answers for every address does not keep us asking for ever. */
    @Test
    void afterSomeConflictsInARowTheClientHasToAskAgain() {
        Decision<List<LeaseChange>> decision = discover(ONE);
        int questions = 0;
        while (decision instanceof Decision.AskFirst<List<LeaseChange>>) {
            questions++;
            decision = lab.answer(decision, true);
        }

        assertThat(questions).isEqualTo(Discovery.CONFLICTS_MAX + 1);
        assertThat(decision).isInstanceOf(Decision.Commit.class);
        assertThat(lab.table.count(Lease.State.CONFLICT)).isEqualTo(questions);
    }

    @Test
    void whenTooManyPingsAreUnderWayAnAddressIsOfferedUnasked() {
        ServerFixture wide = config(500).pool("192.168.50.100", "192.168.50.199").start();
        Decision<List<LeaseChange>> last = null;
        for (int i = 0; i < Discovery.PINGS_MAX; i++) {
            last = relayedPing(wide, i);
            ask(last);
        }

        assertThat(relayedPing(wide, Discovery.PINGS_MAX)).isInstanceOf(Decision.Reply.class);
        wide.answer(Objects.requireNonNull(last), false);
        ask(relayedPing(wide, Discovery.PINGS_MAX + 1));
    }

    private static Decision<List<LeaseChange>> relayedPing(ServerFixture lab, int number) {
        return lab.relayed(message(MessageType.DISCOVER, ServerFixture.client(number)));
    }
}
