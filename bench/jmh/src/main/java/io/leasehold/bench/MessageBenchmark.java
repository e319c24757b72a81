package io.leasehold.bench;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.protocol.wire.Text;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a message costs, without a network: a REQUEST as clients send it, of 300 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
public class MessageBenchmark {
    private static final Ip4Address SERVER = Ip4Address.parse("192.0.2.1");
    private static final Ip4Address MASK = Ip4Address.parse("255.255.255.0");
    private static final List<Ip4Address> RESOLVERS =
            List.of(SERVER, Ip4Address.parse("198.51.100.53"));

    private final byte[] request = request();

    private static byte[] request() {
        return MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                .type(MessageType.REQUEST)
                .option(Options.CLIENT_ID, Octets.parseHex("01525400aa0001"))
                .option(Options.REQUESTED_ADDRESS, Ip4Address.parse("192.0.2.100"))
                .option(Options.SERVER_ID, SERVER)
                .option(Options.MAX_MESSAGE_SIZE, 1500)
                .option(Options.HOST_NAME, Text.of("printer"))
                .option(OptionCode.PARAMETER_LIST, new byte[] {1, 3, 6, 15, 28, 42, 51, 54, 58})
                .build()
                .toBytes();
    }

    private Message parsed() {
        return ((ParseResult.Parsed) Message.parse(request)).message();
    }

    /** Read, changed in one place, and written anew: what the goal speaks of. */
    @Benchmark
    public Message parseAndRebuild() {
        return MessageBuilder.copyOf(parsed()).hops(1).build();
    }

    /** Read, and answered by one expression, as a handler does. */
    @Benchmark
    public Message parseAndReply() {
        Message message = parsed();
        return MessageBuilder.reply(message, MessageType.ACK)
                .yiaddr(message.get(Options.REQUESTED_ADDRESS).or(SERVER))
                .option(Options.SERVER_ID, SERVER)
                .option(Options.LEASE_TIME, 3600L)
                .option(Options.SUBNET_MASK, MASK)
                .option(Options.ROUTERS, List.of(SERVER))
                .option(Options.DOMAIN_NAME_SERVERS, RESOLVERS)
                .build();
    }

    /** Read alone, with one option looked for. */
    @Benchmark
    public int parse() {
        return parsed().typeCode();
    }
}
