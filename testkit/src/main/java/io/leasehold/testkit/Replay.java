package io.leasehold.testkit;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageHex;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.handler.DhcpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a capture once more, to a handler, and its answers held against those of the capture.
 * What {@code leasehold snapshot} writes is made of these calls; the messages are in the spelling
 * of {@link MessageHex}.
 *
 * <pre>{@code
 * try (Replay replay = Replay.of(MyHandler::new, "192.168.1.1/24").ignoring("dhcp-lease-time")) {
 *     replay.request("0.0.0.0", "255.255.255.255", "010106001ea50101 ...");
 *     replay.expect("020106001ea50101 ...");
 * }
 * }</pre>
 */
public final class Replay implements AutoCloseable {
    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;

    private final VirtualLab<?> lab;
    private final List<String> ignored = new ArrayList<>();
    private final List<Message> answers = new ArrayList<>();
    private @Nullable Message request;
    private int requests;

    private Replay(VirtualLab<?> lab) {
        this.lab = lab;
    }

    /**
     * Begins, with a handler that knows of nothing yet.
     *
     * @param maker makes the handler
     * @param address the address and prefix length of the host that it serves on
     * @throws IOException when its {@code init} threw
     */
    public static <H extends DhcpHandler> Replay of(Supplier<? extends H> maker, String address)
            throws IOException {
        return new Replay(VirtualLab.start(maker, VirtualHost.of(address)));
    }

    /** Names fields and options that may differ in all that follows: {@code dhcp-lease-time}. */
    public Replay ignoring(String... names) {
        ignored.addAll(List.of(names));
        return this;
    }

    /** Lets the time pass that passed in the capture. */
    public Replay after(Duration time) {
        lab.advance(time);
        return this;
    }

    /**
     * Sends a request.
     *
     * @param source the address it came from; port 67 where that is its giaddr, else 68
     * @param destination the address it was sent to
     * @param hex the message
     * @throws AssertionError when the handler had given more answers to the request before than
     *     were expected
     */
    public Replay request(String source, String destination, String hex) {
        nothingMore();
        Message message = message(hex);
        Ip4Address from = Ip4Address.parse(source);
        boolean relayed = !message.giaddr().isZero() && message.giaddr().equals(from);
        requests++;
        request = message;
        answers.clear();
        int port = relayed ? SERVER_PORT : CLIENT_PORT;
        for (Outgoing each : lab.send(message, from, port, Ip4Address.parse(destination))) {
            answers.add(each.message());
        }
        return this;
    }

    /**
     * Compares the next answer of the handler with one of the capture.
     *
     * @throws AssertionError when there is none, or it differs; the message lists the differences
     */
    public Replay expect(String hex) {
        Message expected = message(hex);
        if (answers.isEmpty()) {
            throw new AssertionError(where() + ": expected " + expected + ", and found no answer");
        }
        Message actual = answers.removeFirst();
        String[] names = ignored.toArray(new String[0]);
        List<MessageDifference> differences = MessageDifference.between(expected, actual, names);
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    where() + ": " + MessageDifference.describe(expected, actual, differences));
        }
        return this;
    }

    private void nothingMore() {
        if (!answers.isEmpty()) {
            throw new AssertionError(
                    where() + ": expected no further answer, and found " + answers);
        }
    }

    private String where() {
        return "request " + requests + ", " + request;
    }

    private static Message message(String hex) {
        return switch (Message.parse(MessageHex.parse(hex))) {
            case ParseResult.Parsed parsed -> parsed.message();
            case ParseResult.Malformed malformed ->
                    throw new IllegalArgumentException("the bytes are no message: " + malformed);
        };
    }

    /**
     * Ends, and closes the lab.
     *
     * @throws AssertionError when the handler had given more answers to the last request than were
     *     expected
     */
    @Override
    public void close() {
        lab.close();
        nothingMore();
    }
}
