package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ANYCAST;
import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertDropped;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The four kinds of REQUEST (RFC 2131 §4.3.2, Table 4). */
class RequestKindsTest {
    private final ServerFixture lab = new ServerFixture();

    @Test
    void selectingIsAckedWhenTheAddressWasOffered() {
        Ip4Address address = lab.lease(ONE);

        assertThat(lab.table.get(address)).isNotNull();
    }

    @Test
    void selectingIsAckedAfterARestartThatForgotTheOffer() {
        Decision<List<LeaseChange>> decision =
                lab.broadcast(selecting(ONE, Ip4Address.parse("192.168.50.150")));

        assertThat(sent(decision).message().type()).isEqualTo(MessageType.ACK);
    }

    @Test
    void selectingIsNakedWhenTheAddressIsAnothers() {
        Ip4Address address = lab.lease(ONE);

        assertNak(lab.broadcast(selecting(TWO, address)));
    }

    @Test
    void selectingAnotherServerIsSilentAndFreesOurOffer() {
        Ip4Address offered =
                sent(lab.broadcast(message(MessageType.DISCOVER, ONE))).message().yiaddr();
        Decision<List<LeaseChange>> decision =
                lab.broadcast(
                        message(MessageType.REQUEST, ONE)
                                .option(
                                        OptionCode.SERVER_ID,
                                        Ip4Address.parse("192.168.50.9").toBytes())
                                .option(OptionCode.REQUESTED_ADDRESS, offered.toBytes()));

        assertDropped(decision, ServerDrop.OTHER_SERVER);
        assertThat(sent(lab.broadcast(selecting(TWO, offered))).message().type())
                .isEqualTo(MessageType.ACK);
    }

    /** RFC 2131 §4.3.2: with a server identifier it answers an offer, and 0.0.0.0 made none. */
    @Test
    void aServerIdOf0000IsAnotherServers() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(
                lab.broadcast(rebooting(ONE, address).option(OptionCode.SERVER_ID, new byte[4])),
                ServerDrop.OTHER_SERVER);
        assertDropped(
                lab.unicast(
                        renewing(ONE, address).option(OptionCode.SERVER_ID, new byte[4]), SERVER),
                ServerDrop.OTHER_SERVER);
    }

    @Test
    void selectingMayNameAnyAddressOfThisServer() {
        Decision<List<LeaseChange>> decision =
                lab.broadcast(
                        message(MessageType.REQUEST, ONE)
                                .option(OptionCode.SERVER_ID, ANYCAST.toBytes())
                                .option(
                                        OptionCode.REQUESTED_ADDRESS,
                                        Ip4Address.parse("192.168.50.150").toBytes()));

        assertThat(sent(decision).message().type()).isEqualTo(MessageType.ACK);
    }

    @Test
    void initRebootIsAckedWhenTheAddressIsTheClients() {
        Ip4Address address = lab.lease(ONE);

        assertThat(sent(lab.broadcast(rebooting(ONE, address))).message().yiaddr())
                .isEqualTo(address);
    }

    @Test
    void initRebootIsNakedWhenTheAddressIsWrongForTheNetwork() {
        assertNak(lab.broadcast(rebooting(ONE, Ip4Address.parse("172.16.0.5"))));
    }

    @Test
    void initRebootIsNakedWhenTheAddressIsAnothers() {
        Ip4Address address = lab.lease(TWO);
        lab.lease(ONE);

        assertNak(lab.broadcast(rebooting(ONE, address)));
    }

    @Test
    void initRebootIsSilentWithoutARecordOfTheClient() {
        assertDropped(
                lab.broadcast(rebooting(ONE, Ip4Address.parse("192.168.50.150"))),
                ServerDrop.NO_RECORD);
    }

    @Test
    void renewingExtendsTheLease() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(1800);

        Decision<List<LeaseChange>> decision = lab.unicast(renewing(ONE, address), SERVER);

        assertThat(sent(decision).message().type()).isEqualTo(MessageType.ACK);
        assertThat(sent(decision).message().ciaddr()).isEqualTo(address);
        assertThat(lab.table.get(address))
                .satisfies(
                        lease ->
                                assertThat(lease.endSeconds())
                                        .isEqualTo(lab.nowMillis / 1000 + 3600));
    }

    @Test
    void renewingAnothersAddressIsNaked() {
        Ip4Address address = lab.lease(TWO);
        lab.lease(ONE);

        assertNak(lab.unicast(renewing(ONE, address), SERVER));
    }

    @Test
    void renewingALeaseThatNeverWasIsNaked() {
        assertNak(lab.unicast(renewing(ONE, Ip4Address.parse("192.168.50.150")), SERVER));
    }

    @Test
    void rebindingExtendsTheLease() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(3200);

        assertThat(sent(lab.broadcast(renewing(ONE, address))).message().type())
                .isEqualTo(MessageType.ACK);
    }

    @Test
    void rebindingIsSilentWithoutARecordOfTheClient() {
        assertDropped(
                lab.broadcast(renewing(ONE, Ip4Address.parse("192.168.50.150"))),
                ServerDrop.NO_RECORD);
    }

    /** RFC 2131 §4.3.2 MUST: another server may know the client, whoever we gave the address to. */
    @Test
    void initRebootIsSilentWithoutARecordAlsoWhenTheAddressIsAnothers() {
        Ip4Address address = lab.lease(TWO);

        assertDropped(lab.broadcast(rebooting(ONE, address)), ServerDrop.NO_RECORD);
    }

    @Test
    void initRebootOnTheWrongNetworkIsSilentWhereTheSubnetIsNotAuthoritative() {
        TestConfig config = new TestConfig();
        config.authoritative = false;
        ServerFixture meek = config.start();
        Ip4Address another = Ip4Address.parse("172.16.0.5");

        assertDropped(meek.broadcast(rebooting(ONE, another)), ServerDrop.NOT_AUTHORITATIVE);
    }

    @Test
    void initRebootIsNakedWhenTheAddressIsNotTheOneOnRecord() {
        lab.lease(ONE);

        assertNak(lab.broadcast(rebooting(ONE, Ip4Address.parse("192.168.50.7"))));
    }

    @Test
    void rebindingAnAddressThatIsNotTheClientsIsNakedWhenTheClientIsKnown() {
        lab.lease(ONE);
        Ip4Address another = lab.lease(TWO);

        assertNak(lab.broadcast(renewing(ONE, another)));
    }

    /** RFC 2131 §4.3.2: silence is for clients of which there is no record at all. */
    @Test
    void rebindingInAnotherNetworkThanTheLeasesIsNaked() {
        Ip4Address local = lab.lease(ONE);

        assertNak(lab.relayed(renewing(ONE, local)));
        assertDropped(lab.relayed(renewing(TWO, local)), ServerDrop.NO_RECORD);
    }

    @Test
    void rebindingInAnotherNetworkIsSilentWhereTheSubnetIsNotAuthoritative() {
        TestConfig config = new TestConfig();
        config.authoritative = false;
        ServerFixture meek = config.start();
        Ip4Address local = meek.lease(ONE);

        assertDropped(meek.relayed(renewing(ONE, local)), ServerDrop.NO_RECORD);
    }

    /** Through a relay nobody can tell whether the client asked all servers, or us alone. */
    @Test
    void aRelayedRenewalIsTakenAsRebinding() {
        assertDropped(
                lab.relayed(renewing(ONE, Ip4Address.parse("10.20.1.7"))), ServerDrop.NO_RECORD);
    }

    /** RFC 5010: the relay's flag says that the client asked it alone. */
    @Test
    void aRelayedRenewalWhoseRelayWasAskedAloneIsRenewing() {
        Ip4Address address = Ip4Address.parse("10.20.1.7");

        assertNak(lab.relayed(renewing(ONE, address).option(82, new byte[] {10, 1, (byte) 0x80})));
        assertDropped(
                lab.relayed(renewing(ONE, address).option(82, new byte[] {10, 1, 0x7f})),
                ServerDrop.NO_RECORD);
        assertDropped(
                lab.relayed(renewing(ONE, address).option(82, new byte[] {10, 2, (byte) 0x80, 0})),
                ServerDrop.NO_RECORD);
    }

    /** A subnet's broadcast address is no address of this server. */
    @Test
    void aRenewalToTheSubnetsBroadcastAddressIsRebinding() {
        Ip4Address everyone = Ip4Address.parse("192.168.50.255");
        Ip4Address unknown = Ip4Address.parse("192.168.50.150");

        assertDropped(lab.unicast(renewing(ONE, unknown), everyone), ServerDrop.NO_RECORD);
    }

    @Test
    void selectingIsNakedWhenTheAddressIsWrongForTheNetwork() {
        assertNak(lab.broadcast(selecting(ONE, Ip4Address.parse("172.16.0.5"))));
    }

    @Test
    void selectingUsWithoutAnyAddressIsNotActedOn() {
        assertDropped(
                lab.broadcast(
                        message(MessageType.REQUEST, ONE)
                                .option(OptionCode.SERVER_ID, SERVER.toBytes())),
                ServerDrop.REQUEST_WITHOUT_ADDRESS);
    }

    @Test
    void requestWithoutAddressIsNotActedOn() {
        assertDropped(
                lab.broadcast(message(MessageType.REQUEST, ONE)),
                ServerDrop.REQUEST_WITHOUT_ADDRESS);
    }

    @Test
    void releaseAndDeclineWithoutServerIdAreNotActedOn() {
        Ip4Address address = lab.lease(ONE);

        assertDropped(
                lab.unicast(message(MessageType.RELEASE, ONE).ciaddr(address), SERVER),
                ServerDrop.SERVER_ID_MISSING);
        assertDropped(
                lab.broadcast(
                        message(MessageType.DECLINE, ONE)
                                .option(OptionCode.REQUESTED_ADDRESS, address.toBytes())),
                ServerDrop.SERVER_ID_MISSING);
    }

    @Test
    void reservationThatIsMadeTakesEffectAtTheNextRenewal() {
        Ip4Address address = lab.lease(ONE);
        lab.server.configure(
                ServerFixture.config(
                        ServerFixture.quick(),
                        List.of(ServerFixture.reserve(ONE, "192.168.50.10"))));

        assertNak(lab.unicast(renewing(ONE, address), SERVER));
        assertThat(lab.lease(ONE)).isEqualTo(Ip4Address.parse("192.168.50.10"));
    }
}
