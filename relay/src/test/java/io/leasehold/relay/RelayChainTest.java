package io.leasehold.relay;

import static io.leasehold.relay.RelayFixture.CONFIG;
import static io.leasehold.relay.RelayFixture.ETH1;
import static io.leasehold.relay.RelayFixture.GIADDR;
import static io.leasehold.relay.RelayFixture.discover;
import static io.leasehold.relay.RelayFixture.forwarded;
import static io.leasehold.relay.RelayFixture.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two relays one behind the other: the client, the near one, the far one, the server. */
class RelayChainTest {
    private static final int FAR_CLIENTS = 4;
    private static final Ip4Address NEAR_UPLINK = RelayFixture.UPLINK;
    private static final Ip4Address FAR = Ip4Address.parse("203.0.113.3");

    private final RelayFixture near = new RelayFixture(config());
    private final RelayFixture far = new RelayFixture(config());

    private static RelayConfig config() {
        return CONFIG.withAgentInformation(AgentInformation.NONE.withCircuitId("%i"))
                .withClientInterfaces(List.of("eth1", "lan"));
    }

    RelayChainTest() {
        near.relay.servers(List.of(new RelayServer("far", FAR, 67)));
        far.relay.interfaces(
                List.of(
                        RelayFixture.on(FAR_CLIENTS, "lan", "203.0.113.3", 24),
                        RelayFixture.on(5, "wan", "10.0.0.3", 24)));
    }

    private Decision<Void> toFar(Message message) {
        return far.unicast(message, FAR_CLIENTS, NEAR_UPLINK, FAR);
    }

    /** Rules 1, 2 and 3: two hops, the near relay's giaddr, the near relay's option 82. */
    @Test
    void theFarRelayChangesNothingButHops() {
        Message once = near.relayed(discover().build());

        Outgoing outgoing = forwarded(toFar(once)).get(0);

        byte[] expected = once.toBytes();
        expected[3] = 2;
        assertThat(outgoing.message().toBytes()).isEqualTo(expected);
        assertThat(outgoing.message().giaddr()).isEqualTo(GIADDR);
        assertThat(outgoing.message().raw(82)).containsExactly(1, 4, 'e', 't', 'h', '1');
    }

    /** The server answers the near relay, which is giaddr; its source is not one of its servers. */
    @Test
    void theReplyGoesToTheNearRelayAndToTheClient() {
        Message asked = forwarded(toFar(near.relayed(discover().build()))).get(0).message();
        Message offer =
                MessageBuilder.reply(asked)
                        .type(MessageType.OFFER)
                        .yiaddr(RelayFixture.YIADDR)
                        .option(82, new byte[] {1, 4, 'e', 't', 'h', '1'})
                        .build();

        near.relay.servers(List.of(new RelayServer("far", FAR, 67), RelayFixture.SERVER));
        Outgoing outgoing = sent(near.reply(offer));

        assertThat(outgoing.destination()).isEqualTo(RelayFixture.YIADDR);
        assertThat(outgoing.interfaceIndex()).isEqualTo(ETH1);
        assertThat(outgoing.message().has(82)).isFalse();
        far.assertDropped(
                far.relay.decide(new Arrival(offer, 5, RelayFixture.SERVER.address(), 67, FAR, 0)),
                RelayDropReason.GIADDR_UNKNOWN);
    }

    /** Two relays that send to each other: the first one knows its giaddr again. */
    @Test
    void aLoopOfTwoRelaysEndsWhereItBegan() {
        far.relay.servers(List.of(new RelayServer("near", NEAR_UPLINK, 67)));
        Message twice = forwarded(toFar(near.relayed(discover().build()))).get(0).message();

        near.assertDropped(near.unicast(twice, ETH1, FAR, NEAR_UPLINK), RelayDropReason.GIADDR_OWN);
    }

    /** A loop that giaddr does not end ends by hops. */
    @Test
    void aLoopOfOtherRelaysEndsByHops() {
        Message message = discover().giaddr(Ip4Address.parse("10.9.0.1")).build();
        int passed = 0;
        while (far.unicast(message, FAR_CLIENTS, NEAR_UPLINK, FAR)
                instanceof Decision.Forward<Void> forward) {
            message = forward.outgoings().get(0).message();
            passed++;
        }

        assertThat(passed).isEqualTo(RelayConfig.HOPS_MAX_DEFAULT + 1);
        assertThat(far.drops).containsExactly(RelayDropReason.HOPS);
    }
}
