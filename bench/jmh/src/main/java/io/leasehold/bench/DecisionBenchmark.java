package io.leasehold.bench;

import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.server.Server;
import io.leasehold.server.ServerEvents;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the rules of the server cost, without a network and without a disk, where a million others
 * have a lease: most of it is waiting for memory that was not looked at for long.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmn32m", "-XX:+UseCompactObjectHeaders"})
public class DecisionBenchmark {
    private static final int LEASES = 1_000_000;

    /** As many as are on their way at once, so that one is not answered from the nearest cache. */
    private static final int TOGETHER = 64;

    private static final int INTERFACE = 2;
    private static final Ip4Address SERVER = Ip4Address.parse("10.0.0.1");
    private static final Ip4Network NETWORK = Ip4Network.parse("10.0.0.0/8");
    private static final Pool POOL =
            new Pool(Ip4Address.parse("10.1.0.0"), Ip4Address.parse("10.200.255.255"));

    private final byte[][] arrived = new byte[TOGETHER][];
    private final Ip4Address[] offered = new Ip4Address[TOGETHER];
    private Server server = server();
    private int clients;
    private long nowMillis = 1_700_000_000_000L;

    @Setup
    public void fill() {
        server = server();
        clients = 0;
        while (clients < LEASES) {
            newClients();
        }
    }

    private static Server server() {
        Subnet subnet =
                new Subnet(NETWORK, List.of(POOL), List.of(), withoutPing(), OptionSet.EMPTY);
        SharedNetwork network = new SharedNetwork("one", List.of(subnet));
        Server server =
                new Server(
                        new ServerConfig(List.of(network), List.of(), OptionSet.EMPTY),
                        new LeaseTable(7),
                        67,
                        68,
                        ServerEvents.NONE);
        server.interfaces(
                List.of(
                        new HostInterface(
                                INTERFACE,
                                "eth0",
                                List.of(new HostInterface.Address(SERVER, NETWORK)))));
        return server;
    }

    private static Settings withoutPing() {
        return new Settings(
                3600,
                60,
                86_400,
                0,
                0,
                0,
                30,
                3600,
                true,
                true,
                false,
                false,
                0,
                Ip4Address.ZERO,
                "");
    }

    /** One exchange of a client that nobody knows: DISCOVER, REQUEST, and what became of it. */
    @Benchmark
    @OperationsPerInvocation(TOGETHER)
    public int newClients() {
        for (int at = 0; at < TOGETHER; at++) {
            arrived[at] = message(MessageType.DISCOVER, clients + at).build().toBytes();
        }
        for (int at = 0; at < TOGETHER; at++) {
            if (decide(at) instanceof Decision.Reply<List<LeaseChange>>(var offer)) {
                offered[at] = offer.message().yiaddr();
            }
        }
        for (int at = 0; at < TOGETHER; at++) {
            arrived[at] =
                    message(MessageType.REQUEST, clients + at)
                            .option(Options.REQUESTED_ADDRESS, offered[at])
                            .option(Options.SERVER_ID, SERVER)
                            .build()
                            .toBytes();
        }
        int bytes = 0;
        for (int at = 0; at < TOGETHER; at++) {
            if (decide(at)
                    instanceof Decision.CommitThenReply<List<LeaseChange>>(var changes, var ack)) {
                server.settled(changes, true);
                bytes += ack.message().length();
            }
        }
        if (bytes == 0) {
            throw new IllegalStateException("nobody got an address");
        }
        clients += TOGETHER;
        nowMillis++;
        return bytes;
    }

    private static MessageBuilder message(MessageType type, int client) {
        HardwareAddress hardware = HardwareAddress.of(1, hardware(client));
        return MessageBuilder.request(hardware, client)
                .type(type)
                .broadcast(true)
                .option(OptionCode.PARAMETER_LIST, new byte[] {1, 3, 6, 51, 54});
    }

    private static byte[] hardware(int client) {
        return new byte[] {
            2,
            0x4c,
            (byte) (client >>> 24),
            (byte) (client >>> 16),
            (byte) (client >>> 8),
            (byte) client
        };
    }

    private Decision<List<LeaseChange>> decide(int at) {
        Message message = ((ParseResult.Parsed) Message.parse(arrived[at])).message();
        return server.decide(
                new Arrival(
                        message, INTERFACE, Ip4Address.ZERO, 68, Ip4Address.BROADCAST, nowMillis));
    }
}
