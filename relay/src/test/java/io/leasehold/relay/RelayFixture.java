package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.ParseResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relay between two networks of clients, 192.0.2.0/24 on eth1 and 198.51.100.0/24 on eth2, and a
 * server 203.0.113.10 behind eth0.
 */
final class RelayFixture implements RelayEvents {
    static final int ETH0 = 1;
    static final int ETH1 = 2;
    static final int ETH2 = 3;
    static final Ip4Address UPLINK = Ip4Address.parse("203.0.113.2");
    static final Ip4Address GIADDR = Ip4Address.parse("192.0.2.1");
    static final Ip4Address GIADDR_ETH2 = Ip4Address.parse("198.51.100.1");
    static final Ip4Address YIADDR = Ip4Address.parse("192.0.2.100");
    static final RelayServer SERVER =
            new RelayServer("203.0.113.10", Ip4Address.parse("203.0.113.10"), 67);
    static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:aa:00:01");
    static final RelayConfig CONFIG =
            RelayConfig.DEFAULTS.withClientInterfaces(List.of("eth1", "eth2"));

    final Relay relay;
    final List<RelayDropReason> drops = new ArrayList<>();
    final List<RelayIncident> incidents = new ArrayList<>();
    final List<String> passed = new ArrayList<>();
    final List<String> health = new ArrayList<>();
    long nowMillis = 1_700_000_000_000L;

    RelayFixture() {
        this(CONFIG);
    }

    RelayFixture(RelayConfig config) {
        relay = new Relay(config, this);
        relay.interfaces(interfaces());
        relay.servers(List.of(SERVER));
    }

    static List<RelayInterface> interfaces() {
        return List.of(
                on(9, "lo", "127.0.0.1", 8),
                on(ETH2, "eth2", "198.51.100.1", 24),
                on(ETH0, "eth0", "203.0.113.2", 24),
                on(ETH1, "eth1", "192.0.2.1", 24));
    }

    static RelayInterface on(int index, String name, String address, int prefixBits) {
        return new RelayInterface(index, name, List.of(address(address, prefixBits)), 1500);
    }

    static RelayInterface.Address address(String address, int prefixBits) {
        return new RelayInterface.Address(Ip4Address.parse(address), prefixBits);
    }

    static RelayServer server(String address) {
        return new RelayServer(address, Ip4Address.parse(address), 67);
    }

    @Override
    public void relayed(Arrival request, RelayInterface from, RelayServer to) {
        passed.add(from + " to " + to);
    }

    @Override
    public void relayedByBroadcast(Arrival request, RelayInterface from, RelayInterface to) {
        passed.add(from + " to everyone on " + to);
    }

    @Override
    public void answered(Arrival reply, @Nullable RelayServer from, RelayInterface to) {
        passed.add((from == null ? "someone" : from) + " to " + to);
    }

    @Override
    public void dropped(Arrival arrival, RelayDropReason reason) {
        drops.add(reason);
    }

    @Override
    public void noted(Arrival arrival, RelayIncident incident) {
        incidents.add(incident);
    }

    @Override
    public void serverSilent(RelayServer server, long millis) {
        health.add(server.name() + " silent");
    }

    @Override
    public void serverBack(RelayServer server, long millis) {
        health.add(server.name() + " back");
    }

    static MessageBuilder discover() {
        return MessageBuilder.request(CLIENT, 0x1234).type(MessageType.DISCOVER);
    }

    static MessageBuilder offer() {
        return MessageBuilder.request(CLIENT, 0x1234)
                .op(Message.BOOTREPLY)
                .type(MessageType.OFFER)
                .yiaddr(YIADDR)
                .giaddr(GIADDR);
    }

    static Message parse(byte[] bytes) {
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError("no message: " + Message.parse(bytes));
    }

    /** A client's broadcast, as it comes in on an interface. */
    Decision<Void> broadcast(Message message, int interfaceIndex) {
        return relay.decide(
                new Arrival(
                        message,
                        interfaceIndex,
                        Ip4Address.ZERO,
                        68,
                        Ip4Address.BROADCAST,
                        nowMillis));
    }

    /** A client's or another relay's message to an address of ours. */
    Decision<Void> unicast(Message message, int index, Ip4Address from, Ip4Address to) {
        return relay.decide(new Arrival(message, index, from, 67, to, nowMillis));
    }

    Decision<Void> reply(Message message) {
        return reply(message, SERVER.address());
    }

    Decision<Void> reply(Message message, Ip4Address from) {
        return relay.decide(new Arrival(message, ETH0, from, 67, message.giaddr(), nowMillis));
    }

    /** What a client's DISCOVER on eth1 becomes. */
    Message relayed(Message message) {
        return forwarded(broadcast(message, ETH1)).get(0).message();
    }

    /** What a reply becomes on its way to the client. */
    Message answered(Message message) {
        return sent(reply(message)).message();
    }

    static List<Outgoing> forwarded(Decision<Void> decision) {
        if (decision instanceof Decision.Forward<Void> forward) {
            return forward.outgoings();
        }
        throw new AssertionError("expected to be forwarded, found " + decision);
    }

    static Outgoing sent(Decision<Void> decision) {
        if (decision instanceof Decision.Reply<Void> reply) {
            return reply.outgoing();
        }
        throw new AssertionError("expected a reply, found " + decision);
    }

    void assertDropped(Decision<Void> decision, RelayDropReason reason) {
        assertThat(decision).isEqualTo(new Decision.Drop<Void>(reason));
        assertThat(drops).endsWith(reason);
    }
}
