package io.leasehold.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.protocol.wire.Text;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How much garbage a message makes, which a server pays for in pauses: counted, and so the same on
 * every machine. {@code bench/message} has the times.
 */
class MessageGarbageTest {
    private static final int ROUNDS = 2_000;
    private static final int BYTES_MAX = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Ip4Address SERVER = Ip4Address.parse("192.0.2.1");

    private static final byte[] REQUEST =
            MessageBuilder.request(HardwareAddress.parse("52:54:00:aa:00:01"), 0x1ea50101)
                    .type(MessageType.REQUEST)
                    .option(Options.CLIENT_ID, Octets.parseHex("01525400aa0001"))
                    .option(Options.REQUESTED_ADDRESS, Ip4Address.parse("192.0.2.100"))
                    .option(Options.SERVER_ID, SERVER)
                    .option(Options.MAX_MESSAGE_SIZE, 1500)
                    .option(Options.HOST_NAME, Text.of("printer"))
                    .option(Options.PARAMETER_LIST, List.of(1, 3, 6, 15, 28, 42, 51, 54, 58))
                    .build()
                    .toBytes();

    private int lengths;

    private static Message parsed() {
        return ((ParseResult.Parsed) Message.parse(REQUEST)).message();
    }

    private long bytesForOne(Supplier<Message> made) {
        long before = 0;
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            if (round == 0) {
                before = THREADS.getCurrentThreadAllocatedBytes();
            }
            lengths += made.get().length();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    @Test
    void aRequestThatIsReadAndWrittenAnewMakesLessThanAKilobyte() {
        long bytes = bytesForOne(() -> MessageBuilder.copyOf(parsed()).hops(1).build());
        assertThat(bytes).isBetween(600L, (long) BYTES_MAX);
        assertThat(lengths).isEqualTo(2 * ROUNDS * REQUEST.length);
    }

    /** The answer's own bytes, and little besides. */
    @Test
    void anAnswerMakesNotMuchMoreThanItsBytes() {
        Message request = parsed();
        long bytes =
                bytesForOne(
                        () ->
                                MessageBuilder.reply(request, MessageType.ACK)
                                        .yiaddr(SERVER)
                                        .option(Options.SERVER_ID, SERVER)
                                        .option(Options.SUBNET_MASK, SERVER)
                                        .option(Options.LEASE_TIME, 3600L)
                                        .build());
        assertThat(bytes).isBetween(300L, 700L);
    }
}
