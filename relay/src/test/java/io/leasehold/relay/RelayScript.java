package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.protocol.wire.VirtualSubnet;
import java.util.List;

/**
 * A life of a relay, read from bytes: how it is configured, then datagrams, each with where it
 * comes in and how long after the one before. What a request becomes is echoed by the server, so
 * that a reply follows that the relay has to deliver. Whatever the bytes are, {@link Invariants}
 * hold.
 */
final class RelayScript {
    private static final int STEPS_MAX = 64;
    private static final Ip4Address OTHER_RELAY = Ip4Address.parse("10.9.0.1");
    private static final RelayServer SECOND = RelayFixture.server("203.0.113.11");

    private static final List<AgentPolicy> POLICIES =
            List.of(AgentPolicy.NONE, AgentPolicy.APPEND, AgentPolicy.REPLACE, AgentPolicy.DISCARD);

    private static final List<Ip4Address> DESTINATIONS =
            List.of(
                    Ip4Address.BROADCAST,
                    RelayFixture.GIADDR,
                    RelayFixture.UPLINK,
                    Ip4Address.parse("192.0.2.255"));

    private final Cursor script;
    private final RelayConfig config;
    private final RelayFixture lab;

    private RelayScript(byte[] bytes) {
        script = new Cursor(bytes);
        config = configured(script.u8(), script.u8(), script.u8());
        lab = new RelayFixture(config);
        lab.relay.servers(List.of(RelayFixture.SERVER, SECOND));
    }

    static void run(byte[] bytes) {
        RelayScript life = new RelayScript(bytes);
        for (int step = 0; step < STEPS_MAX && life.script.remaining() > 0; step++) {
            life.step();
        }
    }

    private static boolean bit(int bits, int at) {
        return (bits >>> at & 1) != 0;
    }

    private static RelayConfig configured(int agent, int more, int rates) {
        AgentInformation information =
                new AgentInformation(
                        POLICIES.get(agent & 3),
                        bit(agent, 2) ? "%i/%a %m" : "",
                        bit(agent, 3) ? "0x" + "ab".repeat(200) : "",
                        bit(agent, 4),
                        bit(agent, 5),
                        bit(agent, 6)
                                ? new VirtualSubnet(VirtualSubnet.ASCII, Octets.of((byte) 'v'))
                                : null,
                        bit(agent, 7) ? Octets.of((byte) 2, (byte) 3) : Octets.EMPTY,
                        bit(more, 0) ? 2067 : 0,
                        bit(more, 1) ? List.of("eth1") : List.of(),
                        bit(more, 2) ? 1472 : 400);
        return new RelayConfig(
                bit(more, 3) ? List.of() : List.of("eth1", "eth2"),
                List.of(),
                bit(more, 4) ? List.of("eth0") : List.of(),
                67,
                68,
                bit(more, 5) ? RelayFixture.UPLINK : Ip4Address.ZERO,
                10,
                bit(more, 6),
                bit(more, 7),
                information,
                new Balance(bit(rates, 0), List.of()),
                bit(rates, 1) ? new RateLimit(5, 5) : RateLimit.OFF,
                bit(rates, 2) ? new RateLimit(20, 20) : RateLimit.OFF);
    }

    private void step() {
        int how = script.u8();
        lab.nowMillis += script.u8() * 20L;
        byte[] datagram = script.bytes(Math.min(script.u16(), script.remaining()));
        if (!(Message.parse(datagram) instanceof ParseResult.Parsed parsed)) {
            return;
        }
        Ip4Address source =
                switch (how >>> 2 & 3) {
                    case 0 -> Ip4Address.ZERO;
                    case 1 -> OTHER_RELAY;
                    case 2 -> RelayFixture.SERVER.address();
                    default -> parsed.message().ciaddr();
                };
        arrive(parsed.message(), how & 3, source, DESTINATIONS.get(how >>> 4 & 3));
    }

    private void arrive(Message message, int index, Ip4Address source, Ip4Address destination) {
        int told = lab.drops.size() + lab.passed.size();
        Decision<Void> decision =
                lab.relay.decide(
                        new Arrival(message, index, source, 67, destination, lab.nowMillis));
        assertThat(lab.drops.size() + lab.passed.size()).isGreaterThan(told);
        switch (decision) {
            case Decision.Drop<Void> drop ->
                    assertThat(lab.drops.getLast()).isEqualTo(drop.reason());
            case Decision.Forward<Void> forward -> forwarded(message, forward.outgoings());
            case Decision.Reply<Void> reply -> answered(message, reply.outgoing());
            default -> throw new AssertionError("what no relay does: " + decision);
        }
    }

    private void forwarded(Message before, List<Outgoing> outgoings) {
        assertThat(outgoings).isNotEmpty();
        for (Outgoing outgoing : outgoings) {
            Invariants.forwarded(before, outgoing.message());
            assertThat(outgoing.destination())
                    .isIn(RelayFixture.SERVER.address(), SECOND.address(), Ip4Address.BROADCAST);
            assertThat(outgoing.neighbour()).isNull();
        }
        echo(outgoings.get(0).message());
    }

    /** The server sends the very same bytes back, as a reply. */
    private void echo(Message request) {
        byte[] bytes = request.toBytes();
        bytes[0] = Message.BOOTREPLY;
        System.arraycopy(RelayFixture.YIADDR.toBytes(), 0, bytes, 16, 4);
        Message reply = RelayFixture.parse(bytes);
        arrive(reply, RelayFixture.ETH0, RelayFixture.SERVER.address(), request.giaddr());
    }

    private void answered(Message before, Outgoing outgoing) {
        Message after = outgoing.message();
        Invariants.answered(before, after);
        AgentInformation agent = config.agentInformation();
        if (agent.isAdded() && agent.trustedInterfaces().isEmpty()) {
            assertThat(after.has(OptionCode.RELAY_AGENT_INFORMATION)).isFalse();
        }
        Ip4Address destination = outgoing.destination();
        assertThat(outgoing.port()).isEqualTo(68);
        if (destination.equals(Ip4Address.BROADCAST)) {
            assertThat(outgoing.interfaceIndex()).isPositive();
        } else {
            assertThat(Interfaces.isHost(destination.bits())).isTrue();
            assertThat(destination).isIn(after.ciaddr(), after.yiaddr());
        }
        if (outgoing.neighbour() != null) {
            assertThat(destination).isEqualTo(after.yiaddr());
            assertThat(outgoing.neighbour().length()).isBetween(1, 14);
        }
    }
}
