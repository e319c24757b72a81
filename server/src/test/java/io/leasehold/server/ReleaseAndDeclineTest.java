package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ALIAS;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RELEASE and DECLINE (RFC 2131 §4.3.3 and §4.3.4). */
class ReleaseAndDeclineTest {
    private final ServerFixture lab = new ServerFixture();

    private Decision<List<LeaseChange>> release(
            HardwareAddress who, Ip4Address address, Ip4Address serverId) {
        return lab.unicast(
                message(MessageType.RELEASE, who)
                        .ciaddr(address)
                        .option(OptionCode.SERVER_ID, serverId.toBytes()),
                SERVER);
    }

    private Decision<List<LeaseChange>> decline(
            HardwareAddress who, Ip4Address address, Ip4Address serverId) {
        return lab.broadcast(
                message(MessageType.DECLINE, who)
                        .option(OptionCode.REQUESTED_ADDRESS, address.toBytes())
                        .option(OptionCode.SERVER_ID, serverId.toBytes()));
    }

    private boolean held(Ip4Address address) {
        Lease lease = lab.table.get(address);
        return lease != null && lease.holds(lab.nowMillis / 1000);
    }

    @Test
    void aReleaseFreesTheAddressAndIsWrittenWithoutAReply() {
        Ip4Address address = lab.lease(ONE);

        assertThat(release(ONE, address, SERVER)).isInstanceOf(Decision.Commit.class);
        assertThat(held(address)).isFalse();
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void aReleaseIsHonouredOnlyFromTheLeasesOwnClient() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(release(TWO, address, SERVER), ServerDrop.NOT_THE_LEASE_OF_CLIENT);
        assertThat(held(address)).isTrue();
    }

    @Test
    void aReleaseMayNameAnyAddressOfThisServer() {
        Ip4Address address = lab.lease(ONE);
        release(ONE, address, ALIAS);

        assertThat(held(address)).isFalse();
    }

    @Test
    void aReleaseToAnotherServerIsNotActedOn() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(release(ONE, address, ip("192.168.50.9")), ServerDrop.OTHER_SERVER);
        assertThat(held(address)).isTrue();
    }

    @Test
    void aServerIdOf0000IsAnotherServers() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(release(ONE, address, Ip4Address.ZERO), ServerDrop.OTHER_SERVER);
        assertDropped(decline(ONE, address, Ip4Address.ZERO), ServerDrop.OTHER_SERVER);
        assertThat(held(address)).isTrue();
        assertThat(lab.record(address).state()).isEqualTo(Lease.State.BOUND);
    }

    /** What comes twice is noted once. */
    @Test
    void aSecondReleaseIsNotActedOn() {
        Ip4Address address = lab.lease(ONE);
        release(ONE, address, SERVER);

        assertDropped(release(ONE, address, SERVER), ServerDrop.NOT_THE_LEASE_OF_CLIENT);
    }

    @Test
    void aClientIsOfferedTheAddressThatItReleased() {
        Ip4Address address = lab.lease(ONE);
        release(ONE, address, SERVER);
        lab.passSeconds(100_000);

        assertThat(lab.offered(ONE)).isEqualTo(address);
    }

    @Test
    void aDeclinedAddressIsKeptAwayForTheDeclineHold() {
        Ip4Address address = lab.lease(ONE);

        assertThat(decline(ONE, address, SERVER)).isInstanceOf(Decision.Commit.class);
        assertThat(lab.record(address).state()).isEqualTo(Lease.State.DECLINED);
        assertThat(lab.offered(ONE)).isNotEqualTo(address);
        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(3599);
        assertNak(lab.broadcast(selecting(TWO, address)));
        lab.passSeconds(1);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void aNakOfADeclinedAddressSaysThatItIsKeptAway() {
        Ip4Address address = lab.lease(ONE);
        decline(ONE, address, SERVER);
        Ip4Address other = lab.lease(ONE);

        assertThat(whyNot(TWO, address)).isEqualTo("address is kept away: declined or in conflict");
        assertThat(whyNot(TWO, other)).isEqualTo("address is in use by another client");
    }

    private String whyNot(HardwareAddress who, Ip4Address address) {
        byte[] why =
                sent(lab.broadcast(selecting(who, address))).message().raw(OptionCode.MESSAGE_TEXT);
        return why == null ? "" : new String(why, StandardCharsets.US_ASCII);
    }

    @Test
    void aDeclinedAddressIsClearedByOneCommand() {
        Ip4Address address = lab.lease(ONE);
        decline(ONE, address, SERVER);

        assertThat(lab.server.clear(address, lab.nowMillis / 1000))
                .isInstanceOf(LeaseChange.Put.class);
        assertAck(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void clearingAnAddressThatAClientHasDoesNothing() {
        Ip4Address address = lab.lease(ONE);

        assertThat(lab.server.clear(address, lab.nowMillis / 1000)).isNull();
        assertThat(lab.server.clear(ip("192.168.50.199"), lab.nowMillis / 1000)).isNull();
        assertThat(held(address)).isTrue();
    }

    @Test
    void anAddressMayBeDeclinedByWhomItIsOfferedTo() {
        Ip4Address address = lab.offered(ONE);
        decline(ONE, address, SERVER);

        assertThat(lab.record(address).state()).isEqualTo(Lease.State.DECLINED);
    }

    /** Else one host could take every address out of service. */
    @Test
    void anAddressThatTheClientDoesNotHaveCannotBeDeclined() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(decline(TWO, address, SERVER), ServerDrop.NOT_THE_LEASE_OF_CLIENT);
        assertDropped(
                decline(TWO, ip("192.168.50.188"), SERVER), ServerDrop.NOT_THE_LEASE_OF_CLIENT);
        assertThat(lab.record(address).state()).isEqualTo(Lease.State.BOUND);
    }

    @Test
    void aDeclineToAnotherServerIsNotActedOn() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(decline(ONE, address, ip("192.168.50.9")), ServerDrop.OTHER_SERVER);
        assertThat(held(address)).isTrue();
    }

    @Test
    void bothAreTold() {
        Ip4Address address = lab.lease(ONE);
        decline(ONE, address, SERVER);
        Ip4Address next = lab.lease(ONE);
        release(ONE, next, SERVER);

        assertThat(lab.heard)
                .containsExactly(address + " declined: in use by another host", next + " released");
    }
}
