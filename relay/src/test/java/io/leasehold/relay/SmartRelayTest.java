package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CLIENT;
import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 12: an interface with several subnets. */
class SmartRelayTest {
    private static final Ip4Address SECOND = Ip4Address.parse("10.5.0.1");
    private static final Ip4Address THIRD = Ip4Address.parse("10.6.0.1");
    private static final Message REQUEST =
            MessageBuilder.request(CLIENT, 1).type(MessageType.REQUEST).build();

    private final RelayFixture lab = severalSubnets(CONFIG.withSmart(true));

    private static RelayFixture severalSubnets(RelayConfig config) {
        RelayFixture lab = new RelayFixture(config);
        lab.relay.interfaces(
                List.of(
                        new RelayInterface(
                                ETH1,
                                "eth1",
                                List.of(
                                        RelayFixture.address("192.0.2.1", 24),
                                        RelayFixture.address("192.0.2.3", 24),
                                        RelayFixture.address("10.5.0.1", 16),
                                        RelayFixture.address("10.6.0.1", 16)),
                                1500)));
        return lab;
    }

    private Ip4Address giaddr(Message message) {
        return lab.relayed(message).giaddr();
    }

    private void discovers(int times, Ip4Address expected) {
        for (int i = 0; i < times; i++) {
            assertThat(giaddr(discover().build())).as("DISCOVER " + i).isEqualTo(expected);
        }
    }

    /** And on to the third, and around; two addresses of one subnet are one. */
    @Test
    void takesTheNextSubnetsAddressAfterThreeUnansweredDiscovers() {
        discovers(3, GIADDR);
        assertThat(lab.incidents).isEmpty();
        discovers(3, SECOND);
        discovers(3, THIRD);
        discovers(3, GIADDR);

        assertThat(lab.incidents).hasSize(3).containsOnly(RelayIncident.SMART_NEXT_ADDRESS);
    }

    @Test
    void staysWithTheSubnetInWhichTheClientIsAnswered() {
        discovers(3, GIADDR);
        discovers(1, SECOND);
        for (int i = 0; i < 5; i++) {
            lab.reply(offer().giaddr(SECOND).build());
            discovers(3, SECOND);
        }
    }

    /** The REQUEST asks for the subnet of the OFFER. */
    @Test
    void asksForTheSameSubnetWithTheRequest() {
        discovers(3, GIADDR);
        discovers(1, SECOND);

        assertThat(giaddr(REQUEST)).isEqualTo(SECOND);
    }

    /** A client that reboots has an address already (RFC 2131 §4.3.2), whatever is remembered. */
    @Test
    void asksForTheSubnetOfTheAddressThatAClientWantsBack() {
        Message reboot =
                MessageBuilder.request(CLIENT, 1)
                        .type(MessageType.REQUEST)
                        .option(OptionCode.REQUESTED_ADDRESS, new byte[] {10, 6, 0, 77})
                        .build();
        Message elsewhere =
                MessageBuilder.request(CLIENT, 1)
                        .type(MessageType.REQUEST)
                        .option(OptionCode.REQUESTED_ADDRESS, new byte[] {10, 99, 0, 77})
                        .build();

        assertThat(giaddr(reboot)).isEqualTo(THIRD);
        assertThat(giaddr(elsewhere)).isEqualTo(GIADDR);
        discovers(3, GIADDR);
        discovers(1, SECOND);
        assertThat(giaddr(reboot)).isEqualTo(THIRD);
    }

    /** A DISCOVER only says what it would like. */
    @Test
    void asksForTheSubnetWhoseTurnItIsWhateverADiscoverWants() {
        Message wish =
                discover().option(OptionCode.REQUESTED_ADDRESS, new byte[] {10, 6, 0, 77}).build();

        assertThat(giaddr(wish)).isEqualTo(GIADDR);
    }

    @Test
    void countsEachClientByItself() {
        discovers(3, GIADDR);
        Message other =
                MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:02"), 2)
                        .type(MessageType.DISCOVER)
                        .build();

        assertThat(giaddr(other)).isEqualTo(GIADDR);
        discovers(1, SECOND);
    }

    @Test
    void beginsWithTheFirstSubnetAgainWhenTheClientWasAwayForLong() {
        discovers(3, GIADDR);
        discovers(1, SECOND);
        lab.nowMillis += SmartRelay.MEMORY_MILLIS + 1;

        assertThat(giaddr(REQUEST)).isEqualTo(GIADDR);
        discovers(3, GIADDR);
    }

    @Test
    void takesTheFirstAddressWithoutSmartRelay() {
        RelayFixture plain = severalSubnets(CONFIG);
        for (int i = 0; i < 10; i++) {
            assertThat(plain.relayed(discover().build()).giaddr()).isEqualTo(GIADDR);
        }
    }

    /** A flood of strangers takes no more room, and the client is only forgotten. */
    @Test
    void goesOnWhenMoreClientsComeThanItRemembers() {
        discovers(3, GIADDR);
        for (int i = 0; i < 3 * ClientTable.CLIENTS_MAX; i++) {
            byte[] octets = {2, 0, 0, (byte) (i >>> 16), (byte) (i >>> 8), (byte) i};
            HardwareAddress stranger = HardwareAddress.of(HardwareAddress.ETHERNET, octets);
            lab.nowMillis++;
            lab.relayed(MessageBuilder.request(stranger, i).type(MessageType.DISCOVER).build());
        }

        discovers(3, GIADDR);
    }

    /** Networks that are gone are asked for no longer. */
    @Test
    void followsTheInterfacesAddresses() {
        discovers(3, GIADDR);
        discovers(3, SECOND);
        discovers(1, THIRD);
        lab.relay.interfaces(RelayFixture.interfaces());

        discovers(5, GIADDR);
    }
}
