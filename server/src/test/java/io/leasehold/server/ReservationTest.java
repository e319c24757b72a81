package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.rebooting;
import static io.leasehold.server.ServerFixture.renewing;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Reservation;
import org.junit.jupiter.api.Test;

/** Addresses kept for one client, by each key, and when that takes effect. */
class ReservationTest {
    private static final Reservation.Key HARDWARE = new Reservation.Key.Hardware(ONE);
    private static final byte[] ID = {1, 0x52, 0x54, 0, (byte) 0xaa, 0, 9};
    private static final Reservation.Key CLIENT_ID = new Reservation.Key.ClientId(Octets.of(ID));
    private static final byte[] PORT_7 = {1, 2, 'e', '7'};
    private static final byte[] BOX_5 = {2, 2, 'b', '5'};
    private static final Reservation.Key CIRCUIT =
            new Reservation.Key.CircuitId(Octets.of((byte) 'e', (byte) '7'));
    private static final Reservation.Key REMOTE =
            new Reservation.Key.RemoteId(Octets.of((byte) 'b', (byte) '5'));
    private static final Ip4Address RESERVED = ip("192.168.50.10");
    private static final Ip4Address RELAYED = ip("10.20.0.44");

    private static MessageBuilder with(byte[] agent, MessageBuilder message) {
        return message.option(OptionCode.RELAY_AGENT_INFORMATION, agent);
    }

    @Test
    void aReservationByHardwareAddressIsOfferedToItsClient() {
        ServerFixture lab = new TestConfig().reserve(HARDWARE, "192.168.50.10").start();

        assertThat(lab.lease(ONE)).isEqualTo(RESERVED);
        assertThat(lab.lease(TWO)).isNotEqualTo(RESERVED);
    }

    @Test
    void aReservationByClientIdIsOfferedToItsClient() {
        ServerFixture lab = new TestConfig().reserve(CLIENT_ID, "192.168.50.10").start();

        assertThat(
                        sent(lab.broadcast(
                                        message(MessageType.DISCOVER, TWO)
                                                .option(OptionCode.CLIENT_ID, ID)))
                                .message()
                                .yiaddr())
                .isEqualTo(RESERVED);
        assertThat(lab.offered(ONE)).isNotEqualTo(RESERVED);
    }

    @Test
    void aReservationByCircuitIdIsOfferedToWhoeverIsOnThatPort() {
        ServerFixture lab = new TestConfig().reserveRelayed(CIRCUIT, "10.20.0.44").start();

        assertThat(relayedLease(lab, PORT_7)).isEqualTo(RELAYED);
    }

    @Test
    void aReservationByRemoteIdIsOfferedToWhoeverIsBehindThatBox() {
        ServerFixture lab = new TestConfig().reserveRelayed(REMOTE, "10.20.0.44").start();

        assertThat(relayedLease(lab, BOX_5)).isEqualTo(RELAYED);
    }

    private static Ip4Address relayedLease(ServerFixture lab, byte[] agent) {
        Ip4Address offered =
                sent(lab.relayed(with(agent, message(MessageType.DISCOVER, ONE))))
                        .message()
                        .yiaddr();
        assertAck(lab.relayed(with(agent, selecting(ONE, offered))));
        return offered;
    }

    @Test
    void theClientIdPrecedesHardwareAddressCircuitIdAndRemoteId() {
        ServerFixture lab =
                new TestConfig()
                        .reserve(REMOTE, "192.168.50.14")
                        .reserve(CIRCUIT, "192.168.50.13")
                        .reserve(HARDWARE, "192.168.50.12")
                        .reserve(CLIENT_ID, "192.168.50.11")
                        .start();
        byte[] both = {1, 2, 'e', '7', 2, 2, 'b', '5'};

        assertThat(lab.broadcast(with(both, message(MessageType.DISCOVER, ONE))))
                .satisfies(it -> assertThat(last(sent(it).message().yiaddr())).isEqualTo(12));
        assertThat(lab.broadcast(with(both, message(MessageType.DISCOVER, TWO))))
                .satisfies(it -> assertThat(last(sent(it).message().yiaddr())).isEqualTo(13));
        assertThat(lab.broadcast(with(BOX_5, message(MessageType.DISCOVER, TWO))))
                .satisfies(it -> assertThat(last(sent(it).message().yiaddr())).isEqualTo(14));
        assertThat(
                        lab.broadcast(
                                with(both, message(MessageType.DISCOVER, ONE))
                                        .option(OptionCode.CLIENT_ID, ID)))
                .satisfies(it -> assertThat(last(sent(it).message().yiaddr())).isEqualTo(11));
    }

    private static int last(Ip4Address address) {
        return address.bits() & 0xff;
    }

    /** A renewal passes no relay and has no 82: what the relay said is on record with the lease. */
    @Test
    void aReservationByCircuitIdOutlivesRenewalsThatComeWithoutARelay() {
        ServerFixture lab = new TestConfig().reserveRelayed(CIRCUIT, "10.20.0.44").start();
        Ip4Address address = relayedLease(lab, PORT_7);
        for (int i = 0; i < 3; i++) {
            lab.passSeconds(1800);

            assertAck(lab.unicast(renewing(ONE, address), SERVER));
            assertThat(lab.record(address).agentInformation()).isEqualTo(Octets.of(PORT_7));
        }
    }

    @Test
    void aReservationByRemoteIdOutlivesRenewalsThatComeWithoutARelay() {
        ServerFixture lab = new TestConfig().reserveRelayed(REMOTE, "10.20.0.44").start();
        Ip4Address address = relayedLease(lab, BOX_5);
        lab.passSeconds(1800);

        assertAck(lab.unicast(renewing(ONE, address), SERVER));
    }

    /** What was on record of one client says nothing of another who claims its address. */
    @Test
    void whatARelaySaidOfOneClientIsNotTakenForAnother() {
        ServerFixture lab = new TestConfig().reserveRelayed(CIRCUIT, "10.20.0.44").start();
        Ip4Address address = relayedLease(lab, PORT_7);

        assertNak(lab.unicast(renewing(TWO, address), SERVER));
    }

    @Test
    void aReservationThatIsMadeForARelayedPortTakesEffectAtTheNextRenewal() {
        ServerFixture lab = new ServerFixture();
        Ip4Address address = relayedLease(lab, PORT_7);
        lab.server.configure(new TestConfig().reserveRelayed(CIRCUIT, "10.20.0.44").build());

        assertNak(lab.unicast(renewing(ONE, address), SERVER));
        assertThat(relayedLease(lab, PORT_7)).isEqualTo(RELAYED);
    }

    @Test
    void aReservationThatIsMovedTakesEffectAtTheNextRenewal() {
        ServerFixture lab = new TestConfig().reserve(HARDWARE, "192.168.50.10").start();
        Ip4Address before = lab.lease(ONE);
        lab.server.configure(new TestConfig().reserve(HARDWARE, "192.168.50.20").build());

        assertNak(lab.unicast(renewing(ONE, before), SERVER));
        assertThat(lab.lease(ONE)).isEqualTo(ip("192.168.50.20"));
        assertThat(lab.record(before).holds(lab.nowMillis / 1000)).isFalse();
    }

    @Test
    void aReservationTakesEffectAtARebootToo() {
        ServerFixture lab = new ServerFixture();
        Ip4Address before = lab.lease(ONE);
        lab.server.configure(new TestConfig().reserve(HARDWARE, "192.168.50.10").build());

        assertNak(lab.broadcast(rebooting(ONE, before)));
        assertAck(lab.broadcast(rebooting(ONE, RESERVED)));
    }

    /** Whoever has an address that is now another's must leave it. */
    @Test
    void anAddressThatIsReservedForAnotherIsNotExtended() {
        ServerFixture lab = new ServerFixture();
        Ip4Address address = lab.lease(TWO);
        lab.server.configure(new TestConfig().reserve(HARDWARE, address.toString()).build());

        assertNak(lab.unicast(renewing(TWO, address), SERVER));
        assertThat(lab.lease(TWO)).isNotEqualTo(address);
        assertThat(lab.lease(ONE)).isEqualTo(address);
    }

    /** Until that other has left, the client is not left without an address. */
    @Test
    void aClientWhoseReservedAddressIsInUseGetsOneOfThePool() {
        ServerFixture lab = new ServerFixture();
        Ip4Address address = lab.lease(TWO);
        lab.server.configure(new TestConfig().reserve(HARDWARE, address.toString()).build());
        Ip4Address meanwhile = lab.lease(ONE);

        assertThat(meanwhile).isNotEqualTo(address);
        assertAck(lab.unicast(renewing(ONE, meanwhile), SERVER));
        lab.passSeconds(3601);
        assertNak(lab.unicast(renewing(ONE, meanwhile), SERVER));
        assertThat(lab.lease(ONE)).isEqualTo(address);
    }

    @Test
    void aReservedAddressInAPoolIsGivenToNobodyElse() {
        ServerFixture lab =
                new TestConfig()
                        .pool("192.168.50.100", "192.168.50.101")
                        .reserve(HARDWARE, "192.168.50.100")
                        .start();

        assertThat(lab.lease(TWO)).isEqualTo(ip("192.168.50.101"));
        assertNak(lab.broadcast(selecting(ServerFixture.client(3), ip("192.168.50.100"))));
        ServerFixture.assertDropped(
                lab.broadcast(message(MessageType.DISCOVER, ServerFixture.client(3))),
                ServerDrop.POOL_EXHAUSTED);
    }

    /** Firmware that boots from the network and the system behind it send different client ids. */
    @Test
    void aReservationByHardwareAddressHoldsUnderAnyClientId() {
        ServerFixture lab = new TestConfig().reserve(HARDWARE, "192.168.50.10").start();

        assertThat(leaseAs(lab, (byte) 0)).isEqualTo(RESERVED);
        assertThat(leaseAs(lab, (byte) 1)).isEqualTo(RESERVED);
        assertAck(
                lab.unicast(
                        renewing(ONE, RESERVED).option(OptionCode.CLIENT_ID, new byte[] {1, 7}),
                        SERVER));
    }

    private static Ip4Address leaseAs(ServerFixture lab, byte type) {
        byte[] id = {type, 7};
        Ip4Address offered =
                sent(lab.broadcast(
                                message(MessageType.DISCOVER, ONE)
                                        .option(OptionCode.CLIENT_ID, id)))
                        .message()
                        .yiaddr();
        assertAck(lab.broadcast(selecting(ONE, offered).option(OptionCode.CLIENT_ID, id)));
        return offered;
    }

    /** The former device may still use it: until it is heard from elsewhere, its lease counts. */
    @Test
    void theNextDeviceOnAPortGetsItsAddressOnceTheFormerHasMovedOrItsLeaseHasEnded() {
        ServerFixture lab = new TestConfig().reserveRelayed(CIRCUIT, "10.20.0.44").start();
        byte[] port8 = {1, 2, 'e', '8'};
        assertThat(relayedLease(lab, PORT_7)).isEqualTo(RELAYED);
        MessageBuilder next = with(PORT_7, message(MessageType.DISCOVER, TWO));

        assertThat(sent(lab.relayed(next)).message().yiaddr()).isNotEqualTo(RELAYED);
        relayedLease(lab, port8);
        assertThat(sent(lab.relayed(next)).message().yiaddr()).isEqualTo(RELAYED);
    }

    @Test
    void theServersOwnAddressIsNotGivenEvenWhereItIsReserved() {
        ServerFixture lab = new TestConfig().reserve(HARDWARE, SERVER.toString()).start();

        assertThat(lab.lease(ONE).toString())
                .startsWith("192.168.50.1")
                .isNotEqualTo("192.168.50.1");
    }

    @Test
    void theKindOfKeyCountsBeforeTheSubnetInASharedNetwork() {
        ServerFixture lab =
                new TestConfig()
                        .reserve(CIRCUIT, "192.168.50.10")
                        .onSameWireReserved("192.168.60.0/24", CLIENT_ID, "192.168.60.9")
                        .start();
        MessageBuilder both =
                with(PORT_7, message(MessageType.DISCOVER, TWO)).option(OptionCode.CLIENT_ID, ID);

        assertThat(sent(lab.broadcast(both)).message().yiaddr()).isEqualTo(ip("192.168.60.9"));
        assertThat(
                        sent(lab.broadcast(with(PORT_7, message(MessageType.DISCOVER, ONE))))
                                .message()
                                .yiaddr())
                .isEqualTo(RESERVED);
    }
}
