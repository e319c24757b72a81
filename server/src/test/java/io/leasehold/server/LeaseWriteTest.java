package io.leasehold.server;

import static io.leasehold.server.LeaseRulesTest.wishing;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds of a lease while its write is under way, and once that failed. */
class LeaseWriteTest {
    private final ServerFixture lab = new ServerFixture();

    private static Message renewal(Ip4Address address) {
        return renewing(ONE, address).build();
    }

    /** A retransmission that overtakes the journal must not be answered before it. */
    @Test
    void aYoungLeaseThatIsNotDurableYetIsWrittenAgain() {
        Message request = selecting(ONE, lab.offered(ONE)).build();
        Decision<List<LeaseChange>> first =
                lab.undurable(request, Ip4Address.ZERO, Ip4Address.BROADCAST);
        Decision<List<LeaseChange>> second =
                lab.undurable(request, Ip4Address.ZERO, Ip4Address.BROADCAST);

        assertThat(first).isInstanceOf(Decision.CommitThenReply.class);
        assertThat(second).isInstanceOf(Decision.CommitThenReply.class);
        lab.settle(second);
        assertThat(lab.undurable(request, Ip4Address.ZERO, Ip4Address.BROADCAST))
                .isInstanceOf(Decision.Reply.class);
    }

    @Test
    void aLeaseWhoseWriteFailedIsWrittenAgain() {
        Message request = selecting(ONE, lab.offered(ONE)).build();
        Decision<List<LeaseChange>> failed =
                lab.undurable(request, Ip4Address.ZERO, Ip4Address.BROADCAST);
        fail(lab, failed);

        assertThat(lab.undurable(request, Ip4Address.ZERO, Ip4Address.BROADCAST))
                .isInstanceOf(Decision.CommitThenReply.class);
    }

    /** A younger write that failed leaves the older one on disk: that one alone is not enough. */
    @Test
    void aRenewalWhoseWriteFailedIsNotAnsweredFromMemory() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(1800);
        Decision<List<LeaseChange>> failed = lab.undurable(renewal(address), address, SERVER);
        fail(lab, failed);

        assertThat(lab.undurable(renewal(address), address, SERVER))
                .isInstanceOf(Decision.CommitThenReply.class);
    }

    private static void fail(ServerFixture lab, Decision<List<LeaseChange>> decision) {
        if (decision instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            lab.server.settled(both.change(), false);
        }
        if (decision instanceof Decision.Commit<List<LeaseChange>> commit) {
            lab.server.settled(commit.change(), false);
        }
    }

    /** It was never told of the other address, and uses the one that it has. */
    @Test
    void aClientWhoseMoveCouldNotBeWrittenKeepsItsFormerAddress() {
        Ip4Address address = lab.lease(ONE);
        Message move = selecting(ONE, ip("192.168.50.177")).build();
        fail(lab, lab.undurable(move, Ip4Address.ZERO, Ip4Address.BROADCAST));

        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(3600);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    /** It was never told that its lease is shorter now. */
    @Test
    void aLeaseWhoseShorteningCouldNotBeWrittenIsAsLongAsItWas() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(1800);
        Message shorter = wishing(renewing(ONE, address), 60).build();
        fail(lab, lab.undurable(shorter, address, SERVER));
        lab.passSeconds(1799);

        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(1);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    /** Its client is told of the longer lease when that is on disk, however late. */
    @Test
    void aLeaseThatIsShortenedWhileItsWriteIsUnderWayIsHeldForItsFirstTime() {
        Ip4Address address = lab.offered(ONE);
        undurable(selecting(ONE, address));
        undurable(wishing(selecting(ONE, address), 60));
        lab.passSeconds(3599);

        assertNak(undurable(selecting(TWO, address)));
        assertThat(lab.offered(TWO)).isNotEqualTo(address);
        lab.passSeconds(1);
        assertAck(undurable(selecting(TWO, address)));
    }

    @Test
    void aLeaseThatIsReleasedWhileItsWriteIsUnderWayIsHeldUntilTheReleaseIsDurable() {
        Ip4Address address = lab.offered(ONE);
        Decision<List<LeaseChange>> bound = undurable(selecting(ONE, address));
        Decision<List<LeaseChange>> released = lab.undurable(released(address), address, SERVER);

        assertNak(undurable(selecting(TWO, address)));
        lab.settle(bound);
        assertNak(undurable(selecting(TWO, address)));
        lab.settle(released);
        assertAck(undurable(selecting(TWO, address)));
    }

    private Decision<List<LeaseChange>> undurable(MessageBuilder message) {
        return lab.undurable(message.build(), Ip4Address.ZERO, Ip4Address.BROADCAST);
    }

    private static Message released(Ip4Address address) {
        return message(MessageType.RELEASE, ONE)
                .ciaddr(address)
                .option(OptionCode.SERVER_ID, SERVER.toBytes())
                .build();
    }

    /** Else a full disk would take the addresses of clients that were told of none. */
    @Test
    void aLeaseWhoseWriteFailedIsNoLease() {
        Ip4Address address = lab.offered(ONE);
        fail(lab, undurable(selecting(ONE, address)));

        assertThat(lab.table.get(address)).isNull();
        assertThat(lab.offered(TWO)).isNotEqualTo(address);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    /** As though its message had been lost: the lease on disk is the one that counts. */
    @Test
    void aReleaseWhoseWriteFailedDidNotHappen() {
        Ip4Address address = lab.lease(ONE);
        Lease before = lab.record(address);
        fail(lab, lab.undurable(released(address), address, SERVER));

        assertThat(lab.record(address)).isEqualTo(before);
        lab.settle(lab.undurable(released(address), address, SERVER));
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    /** A batch that was refused at once has its outcome before those that were taken earlier. */
    @Test
    void theLastDurableRecordIsInForceWhateverTheOrderOfOutcomes() {
        Ip4Address address = lab.offered(ONE);
        Decision<List<LeaseChange>> bound = undurable(selecting(ONE, address));
        Lease lease = lab.record(address);
        fail(lab, lab.undurable(released(address), address, SERVER));
        assertThat(lab.record(address).state()).isEqualTo(Lease.State.RELEASED);
        lab.settle(bound);

        assertThat(lab.record(address)).isEqualTo(lease);
        assertNak(undurable(selecting(TWO, address)));
    }

    /** A snapshot may have caught the record that was lost. */
    @Test
    void aRecordThatIsInForceAgainIsWrittenWithTheNextLease() {
        Ip4Address address = lab.lease(ONE);
        Lease before = lab.record(address);
        fail(lab, lab.undurable(released(address), address, SERVER));

        Decision<List<LeaseChange>> whileItFails = undurable(selecting(TWO, ip("192.168.50.150")));
        assertThat(changes(whileItFails)).doesNotContain(new LeaseChange.Put(before));
        lab.settle(whileItFails);
        assertThat(changes(undurable(selecting(TWO, ip("192.168.50.151")))))
                .contains(new LeaseChange.Put(before));
    }

    private static List<LeaseChange> changes(Decision<List<LeaseChange>> decision) {
        return decision instanceof Decision.CommitThenReply<List<LeaseChange>> both
                ? both.change()
                : List.of();
    }

    @Test
    void aMoveWhoseWriteFailedIsTakenBackWhole() {
        Ip4Address address = lab.lease(ONE);
        Lease before = lab.record(address);
        fail(lab, undurable(selecting(ONE, ip("192.168.50.177"))));

        assertThat(lab.record(address)).isEqualTo(before);
        assertThat(lab.table.get(ip("192.168.50.177"))).isNull();
    }
}
