package io.leasehold.server;

import static io.leasehold.server.ServerFixture.ONE;
import static io.leasehold.server.ServerFixture.RELAY;
import static io.leasehold.server.ServerFixture.SERVER;
import static io.leasehold.server.ServerFixture.TWO;
import static io.leasehold.server.ServerFixture.assertAck;
import static io.leasehold.server.ServerFixture.assertNak;
import static io.leasehold.server.ServerFixture.ip;
import static io.leasehold.server.ServerFixture.message;
import static io.leasehold.server.ServerFixture.selecting;
import static io.leasehold.server.ServerFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Reservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address a client is offered: the first that fits (RFC 2131 §4.3.1). */
class AddressChoiceTest {
    private static final Ip4Address WISH = ip("192.168.50.150");

    private final ServerFixture lab = new ServerFixture();

    private static Ip4Address offeredTo(ServerFixture lab, HardwareAddress who, Ip4Address wish) {
        return sent(lab.broadcast(
                        message(MessageType.DISCOVER, who)
                                .option(OptionCode.REQUESTED_ADDRESS, wish.toBytes())))
                .message()
                .yiaddr();
    }

    @Test
    void aReservationPrecedesTheClientsLease() {
        lab.lease(ONE);
        lab.server.configure(
                new TestConfig()
                        .reserve(new Reservation.Key.Hardware(ONE), "192.168.50.10")
                        .build());

        assertThat(offeredTo(lab, ONE, WISH)).isEqualTo(ip("192.168.50.10"));
    }

    @Test
    void theClientsLeasePrecedesItsWish() {
        Ip4Address address = lab.lease(ONE);

        assertThat(offeredTo(lab, ONE, WISH)).isEqualTo(address).isNotEqualTo(WISH);
    }

    @Test
    void theClientsLastAddressPrecedesItsWishIfItIsFree() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(4000);

        assertThat(offeredTo(lab, ONE, WISH)).isEqualTo(address);
    }

    @Test
    void aLastAddressThatIsAnothersNowIsNotOffered() {
        Ip4Address address = lab.lease(ONE);
        lab.passSeconds(4000);
        assertAck(lab.broadcast(selecting(TWO, address)));

        assertThat(offeredTo(lab, ONE, WISH)).isEqualTo(WISH);
    }

    @Test
    void theAddressThatAClientAsksForIsOfferedIfItIsFree() {
        assertThat(offeredTo(lab, ONE, WISH)).isEqualTo(WISH);
        assertThat(offeredTo(lab, TWO, WISH)).isNotEqualTo(WISH);
    }

    /** Outside of every pool, another network's, our own, and the edges of the subnet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.50.99",
                "10.20.1.7",
                "192.168.50.1",
                "192.168.50.0",
                "192.168.50.255",
                "172.16.0.1"
            })
    void aWishForAnAddressThatTheClientMayNotUseIsNotGranted(String wish) {
        Ip4Address offered = offeredTo(lab, ONE, ip(wish));

        assertThat(offered).isNotEqualTo(ip(wish)).isNotEqualTo(Ip4Address.ZERO);
    }

    /** Two servers without contact, or one after a total loss. */
    @Test
    void anotherServerGivesTheSameClientTheSameAddress() {
        for (int i = 0; i < 20; i++) {
            var client = ServerFixture.client(i);

            assertThat(new ServerFixture().offered(client))
                    .isEqualTo(new ServerFixture().offered(client));
        }
    }

    /** The server stands within its own pool here. */
    @Test
    void theServersOwnAddressesAreNeverGiven() {
        ServerFixture own = new TestConfig().pool("192.168.50.1", "192.168.50.3").start();

        assertThat(own.lease(ONE)).isEqualTo(ip("192.168.50.3"));
    }

    @Test
    void theNetworksOwnAndItsBroadcastAddressAreNeverGiven() {
        ServerFixture edge = new TestConfig().pool("192.168.50.254", "192.168.50.255").start();

        assertThat(edge.lease(ONE)).isEqualTo(ip("192.168.50.254"));
        ServerFixture.assertDropped(
                edge.broadcast(message(MessageType.DISCOVER, TWO)), ServerDrop.POOL_EXHAUSTED);
    }

    /** The relay has it: a client that took it would cut its whole network off. */
    @Test
    void theRelaysOwnAddressIsNeverGivenAway() {
        Ip4Address relay = ip("10.20.1.1");
        ServerFixture lab = new ServerFixture();
        Message message =
                message(MessageType.DISCOVER, ONE)
                        .giaddr(relay)
                        .option(OptionCode.REQUESTED_ADDRESS, relay.toBytes())
                        .build();

        assertThat(sent(lab.arrive(message, relay, SERVER)).message().yiaddr())
                .isNotEqualTo(relay)
                .isNotEqualTo(Ip4Address.ZERO);
        assertNak(lab.unicast(selecting(ONE, relay).giaddr(relay), SERVER));
    }

    @Test
    void aReservationOfTheRelaysOwnAddressIsNotGivenAway() {
        ServerFixture lab =
                new TestConfig()
                        .reserveRelayed(new Reservation.Key.Hardware(ONE), RELAY.toString())
                        .start();

        assertThat(sent(lab.relayed(message(MessageType.DISCOVER, ONE))).message().yiaddr())
                .isNotEqualTo(RELAY)
                .isNotEqualTo(Ip4Address.ZERO);
    }
}
