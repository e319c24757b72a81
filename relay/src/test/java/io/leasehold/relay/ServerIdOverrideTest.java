package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CLIENT;
import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.YIADDR;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.forwarded;
import static io.leasehold.relay.RelayFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * RFC 5107: clients take the relay for the server. What one server gave, another would refuse with
 * a NAK.
 */
class ServerIdOverrideTest {
    private static final RelayServer A = RelayFixture.server("203.0.113.10");
    private static final RelayServer B = RelayFixture.server("203.0.113.11");
    private static final Ip4Address OF_B = Ip4Address.parse("192.0.2.200");
    private static final RelayConfig OVERRIDE =
            CONFIG.withAgentInformation(AgentInformation.NONE.withServerIdOverride(true));

    private final RelayFixture lab = of(OVERRIDE);

    private static RelayFixture of(RelayConfig config) {
        RelayFixture lab = new RelayFixture(config);
        lab.relay.servers(List.of(A, B));
        return lab;
    }

    private void bothOffer() {
        lab.reply(offer().option(OptionCode.SERVER_ID, GIADDR.toBytes()).build(), A.address());
        lab.reply(
                offer().yiaddr(OF_B).option(OptionCode.SERVER_ID, GIADDR.toBytes()).build(),
                B.address());
    }

    private static MessageBuilder message(MessageType type) {
        return MessageBuilder.request(CLIENT, 0x1234).type(type);
    }

    private static MessageBuilder selecting(Ip4Address address) {
        return message(MessageType.REQUEST)
                .option(OptionCode.SERVER_ID, GIADDR.toBytes())
                .option(OptionCode.REQUESTED_ADDRESS, address.toBytes());
    }

    private static List<Ip4Address> targets(Decision<Void> decision) {
        List<Ip4Address> targets = new ArrayList<>();
        for (Outgoing outgoing : forwarded(decision)) {
            targets.add(outgoing.destination());
        }
        return targets;
    }

    @Test
    void sendsARequestToTheServerAloneThatOfferedTheAddress() {
        bothOffer();

        assertThat(targets(lab.broadcast(selecting(YIADDR).build(), ETH1)))
                .containsExactly(A.address());
        assertThat(targets(lab.broadcast(selecting(OF_B).build(), ETH1)))
                .containsExactly(B.address());
    }

    @Test
    void sendsWhatComesToItsOwnAddressToTheServerAloneThatGaveTheAddress() {
        bothOffer();

        for (MessageType type : List.of(MessageType.REQUEST, MessageType.RELEASE)) {
            assertThat(targets(lab.unicast(message(type).ciaddr(OF_B).build(), ETH1, OF_B, GIADDR)))
                    .containsExactly(B.address());
        }
    }

    /** RFC 2131 §4.3.2: a client that rebinds asks all; one that reboots does. */
    @Test
    void sendsToEveryServerWhatIsForAllOfThem() {
        bothOffer();

        assertThat(targets(lab.broadcast(discover().build(), ETH1))).hasSize(2);
        assertThat(targets(lab.broadcast(message(MessageType.REQUEST).ciaddr(OF_B).build(), ETH1)))
                .hasSize(2);
    }

    /** A server that gave nothing may know of it nevertheless, as one of a pair does. */
    @Test
    void sendsToEveryServerWhatItKnowsNothingOf() {
        assertThat(targets(lab.broadcast(selecting(YIADDR).build(), ETH1))).hasSize(2);
        bothOffer();
        lab.relay.servers(List.of(B, RelayFixture.server("203.0.113.12")));

        assertThat(targets(lab.broadcast(selecting(YIADDR).build(), ETH1))).hasSize(2);
    }

    @Test
    void sendsToTheServerThatGaveTheAddressAlsoWhenTheClientHasAnotherNow() {
        RelayFixture balanced = of(OVERRIDE.withBalance(new Balance(true, List.of())));
        Ip4Address own = targets(balanced.broadcast(discover().build(), ETH1)).get(0);
        Ip4Address other = own.equals(A.address()) ? B.address() : A.address();
        balanced.reply(offer().build(), other);

        assertThat(targets(balanced.broadcast(selecting(YIADDR).build(), ETH1)))
                .containsExactly(other);
    }
}
