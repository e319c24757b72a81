package io.leasehold.scratch;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.VirtualSubnet;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.AgentPolicy;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Relays and what comes to them, made from a seed. */
final class RelayPackets {
    private static final int CLIENTS = 12;
    private static final List<MessageType> TYPES = List.of(MessageType.values());
    private static final int ETH0 = 2;
    private static final int ETH1 = 3;
    private static final int ETH2 = 4;
    private static final Ip4Address[] SOURCES = {
        Ip4Address.ZERO,
        Ip4Address.parse("203.0.113.10"),
        Ip4Address.parse("203.0.113.11"),
        Ip4Address.parse("203.0.113.99"),
        Ip4Address.parse("192.0.2.150")
    };
    private static final Ip4Address[] GIADDRS = {
        Ip4Address.ZERO,
        Ip4Address.ZERO,
        Ip4Address.parse("192.0.2.1"),
        Ip4Address.parse("198.51.100.1"),
        Ip4Address.parse("198.51.100.129"),
        Ip4Address.parse("10.9.9.9"),
        Ip4Address.parse("192.0.2.255"),
        Ip4Address.parse("224.0.0.1"),
        Ip4Address.BROADCAST
    };

    static final List<RelayInterface> INTERFACES =
            List.of(
                    on(1, "lo", "127.0.0.1"),
                    on(ETH0, "eth0", "203.0.113.2"),
                    on(ETH1, "eth1", "192.0.2.1"),
                    on(ETH2, "eth2", "198.51.100.1", "198.51.100.129"));

    static final List<RelayServer> SERVERS =
            List.of(
                    new RelayServer("one", Ip4Address.parse("203.0.113.10"), 67),
                    new RelayServer("two.example", Ip4Address.parse("203.0.113.11"), 1067));

    private final SplittableRandom random;
    private final List<Corpus.Case> corpus = Corpus.all();
    private long nowMillis = 1_700_000_000_000L;

    RelayPackets(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private static RelayInterface on(int index, String name, String... addresses) {
        List<RelayInterface.Address> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(new RelayInterface.Address(Ip4Address.parse(address), 25));
        }
        return new RelayInterface(index, name, all, 1500);
    }

    /** Relays of every kind: each flag that there is, alone or with others. */
    static List<RelayConfig> configs() {
        RelayConfig plain = RelayConfig.DEFAULTS.withClientInterfaces(List.of("eth1", "eth2"));
        AgentInformation ids =
                AgentInformation.NONE.withCircuitId("%i/%a").withRemoteId("client %m at 100%%");
        AgentInformation all =
                ids.withPolicy(AgentPolicy.REPLACE)
                        .withLinkSelection(true)
                        .withServerIdOverride(true)
                        .withRelayId(Octets.parseHex("00:03:00:01:02:00:00:00:00:01"))
                        .withVirtualSubnet(new VirtualSubnet(0, Octets.parseHex("72:65:64")))
                        .withSourcePort(10_067)
                        .withTrustedInterfaces(List.of("eth2"));
        return List.of(
                plain,
                RelayConfig.DEFAULTS.withExcludedInterfaces(List.of("eth0")).withAnyServer(true),
                plain.withBroadcastInterfaces(List.of("eth0")).withHopsMax(0),
                plain.withAgentInformation(ids.withTrustedInterfaces(List.of("eth1"))),
                plain.withAgentInformation(ids.withPolicy(AgentPolicy.APPEND)),
                plain.withAgentInformation(ids.withPolicy(AgentPolicy.DISCARD)),
                plain.withAgentInformation(all).withServerPort(1067).withClientPort(1068),
                plain.withAgentInformation(all.withMessageBytesMax(300)),
                plain.withSmart(true).withGiaddr(Ip4Address.parse("198.51.100.129")),
                plain.withSmart(true),
                plain.withBalance(
                        new Balance(true, List.of(new Balance.Canary("two.example", 20)))),
                plain.withClientLimit(new RateLimit(2, 3))
                        .withInterfaceLimit(new RateLimit(50, 9)));
    }

    /** A packet of the corpus, in from somewhere. */
    byte[] record(Corpus.Case bad) throws IOException {
        return arriving(bad.bytes());
    }

    /** A packet of a client or server, right or nearly right. */
    byte[] next() throws IOException {
        byte[] datagram =
                random.nextInt(10) == 0
                        ? corpus.get(random.nextInt(corpus.size())).bytes()
                        : message().toBytes();
        return arriving(random.nextInt(3) == 0 ? Mutation.of(datagram, random) : datagram);
    }

    private byte[] arriving(byte[] datagram) throws IOException {
        nowMillis += random.nextInt(400);
        boolean reply = datagram.length > 0 && datagram[0] == Message.BOOTREPLY;
        int index = random.nextInt(8) == 0 ? random.nextInt(6) : reply ? ETH0 : ETH1;
        index = index == ETH1 && random.nextBoolean() ? ETH2 : index;
        Ip4Address source =
                random.nextInt(8) == 0
                        ? SOURCES[random.nextInt(SOURCES.length)]
                        : SOURCES[reply ? 1 + random.nextInt(2) : 0];
        Ip4Address destination =
                reply || random.nextInt(6) == 0
                        ? GIADDRS[2 + random.nextInt(3)]
                        : Ip4Address.BROADCAST;
        return RelayRecords.packet(index, source, destination, nowMillis, datagram);
    }

    private Message message() {
        boolean reply = random.nextInt(5) < 2;
        int client = random.nextInt(CLIENTS);
        byte[] octets = {0x52, 0x54, 0, 0, 0, (byte) client};
        MessageBuilder builder =
                MessageBuilder.request(HardwareAddress.of(1, octets), 0x1000 + random.nextInt(4))
                        .op(reply ? Message.BOOTREPLY : Message.BOOTREQUEST)
                        .type(TYPES.get(random.nextInt(TYPES.size())))
                        .hops(random.nextInt(5) == 0 ? random.nextInt(20) : 0)
                        .secs(random.nextInt(30))
                        .broadcast(random.nextBoolean())
                        .giaddr(GIADDRS[random.nextInt(GIADDRS.length)]);
        if (random.nextInt(3) == 0) {
            builder.ciaddr(Ip4Address.of(SOURCES[4].bits() + client));
        }
        if (reply) {
            builder.yiaddr(Ip4Address.of(0xc0000264 + client));
        }
        options(builder);
        return builder.build(random.nextInt(4) == 0 ? random.nextInt(300, 1_500) : 65_507);
    }

    private void options(MessageBuilder builder) {
        if (random.nextInt(3) == 0) {
            byte[] information = new byte[random.nextInt(40)];
            for (int i = 0; i < information.length; i++) {
                information[i] = (byte) random.nextInt(i % 4 == 0 ? 20 : 5);
            }
            builder.option(OptionCode.RELAY_AGENT_INFORMATION, information);
        }
        if (random.nextInt(4) == 0) {
            builder.option(57, new byte[] {(byte) random.nextInt(8), (byte) random.nextInt()});
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            builder.option(128 + random.nextInt(90), new byte[random.nextInt(400)]);
        }
        if (random.nextInt(12) == 0) {
            builder.bootp();
        }
    }
}
