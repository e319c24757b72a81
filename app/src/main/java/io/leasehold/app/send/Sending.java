package io.leasehold.app.send;

import io.leasehold.app.text.MessageJson;
import io.leasehold.app.text.MessageLines;
import io.leasehold.link.LinkException;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.client.Answer;
import io.leasehold.service.client.ClientSettings;
import io.leasehold.service.client.ClientWire;
import io.leasehold.service.client.DhcpClient;
import io.leasehold.service.client.Ignored;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sends one datagram, and prints what answers it. */
public final class Sending {
    private final Envelope envelope;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    /**
     * @param json prints a JSON object a message, as {@code leasehold snoop --json} does, and no
     *     other word
     */
    public Sending(Envelope envelope, PrintWriter out, PrintWriter err, boolean json) {
        this.envelope = envelope;
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /**
     * Opens the way for a message.
     *
     * @param hardware the hardware address that a frame comes from; null for the interface's own
     * @throws LinkException when the machine does not let us
     */
    public ClientWire open(@Nullable HardwareAddress hardware) throws IOException {
        String name = envelope.interfaceName();
        return envelope.asFrame() && name != null
                ? ClientWire.onLink(name, hardware, envelope.port(), envelope.toPort())
                : ClientWire.overUdp(
                        envelope.from(), envelope.port(), envelope.to(), envelope.toPort(), name);
    }

    /** Sends, and waits for nothing. */
    public void send(ClientWire wire, byte[] datagram) throws IOException {
        Ip4Address source =
                Message.parse(datagram) instanceof ParseResult.Parsed parsed
                        ? parsed.message().ciaddr()
                        : Ip4Address.ZERO;
        wire.hold(source);
        wire.send(datagram, source, envelope.to(), envelope.to());
        say("sent " + described(datagram));
    }

    private void say(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    /** Prints what is sent in full. */
    public void show(byte[] datagram) {
        if (json) {
            ObjectNode object = MessageJson.object();
            object.put("direction", "out");
            object.put("destination", envelope.to().toString());
            object.put("destination-port", envelope.toPort());
            printJson(object, datagram);
        } else if (Message.parse(datagram) instanceof ParseResult.Parsed parsed) {
            out.print(text(parsed.message()));
        }
    }

    private void printJson(ObjectNode object, byte[] datagram) {
        MessageJson.put(object, Octets.of(datagram), Message.parse(datagram));
        out.println(object);
        out.flush();
    }

    private String described(byte[] datagram) {
        String what =
                switch (Message.parse(datagram)) {
                    case ParseResult.Parsed parsed -> summary(parsed.message());
                    case ParseResult.Malformed malformed ->
                            "what is no message (" + malformed.why() + ")";
                };
        return what + ", " + datagram.length + " bytes, to " + envelope;
    }

    /**
     * Sends, again and again while nothing comes (RFC 2131 §4.1), and prints the first answer.
     *
     * @param save where the answer's bytes go; null for nowhere
     * @return false when no answer came
     */
    public boolean ask(ClientWire wire, byte[] datagram, Duration limit, @Nullable Path save)
            throws IOException {
        if (!(Message.parse(datagram) instanceof ParseResult.Parsed parsed)) {
            return askRaw(wire, datagram, limit, save);
        }
        say("sending " + described(datagram));
        // The wire is closed by who opened it.
        DhcpClient client = DhcpClient.open(wire, ClientSettings.of(parsed.message().hardware()));
        Answer answer = client.ask(parsed.message(), envelope.to(), limit);
        if (answer == null) {
            noAnswer(limit, client.ignored());
            return false;
        }
        byte[] bytes = answer.message().toBytes();
        long millis = answer.cameMillis() - answer.sentMillis();
        print(bytes, answer.source(), answer.sourcePort(), millis);
        save(save, bytes);
        return true;
    }

    /** Of bytes that are no message, whatever comes is an answer. */
    private boolean askRaw(ClientWire wire, byte[] datagram, Duration limit, @Nullable Path save)
            throws IOException {
        send(wire, datagram);
        long begun = System.nanoTime();
        List<Came> came = new ArrayList<>();
        long left = limit.toMillis();
        while (came.isEmpty() && left > 0) {
            wire.receive(
                    left,
                    (buffer, offset, length, source, port) ->
                            came.add(
                                    new Came(
                                            Octets.of(
                                                    Arrays.copyOfRange(
                                                            buffer, offset, offset + length)),
                                            source,
                                            port)));
            left = limit.toMillis() - (System.nanoTime() - begun) / 1_000_000;
        }
        if (came.isEmpty()) {
            noAnswer(limit, Map.of());
            return false;
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        Came first = came.getFirst();
        print(first.bytes().toBytes(), first.source(), first.port(), millis);
        save(save, first.bytes().toBytes());
        return true;
    }

    /** A datagram that came. */
    private record Came(Octets bytes, Ip4Address source, int port) {}

    private void noAnswer(Duration limit, Map<Ignored, Long> ignored) {
        StringJoiner others = new StringJoiner(", ", "; what came and was none: ", "");
        ignored.forEach((why, count) -> others.add(count + " " + why.label()));
        err.println(
                "leasehold: no answer within "
                        + seconds(limit)
                        + " s from "
                        + envelope
                        + (ignored.isEmpty() ? "" : others));
    }

    private static String seconds(Duration limit) {
        double seconds = limit.toMillis() / 1000.0;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : "" + seconds;
    }

    private void print(byte[] answer, Ip4Address source, int port, long millis) {
        String from = source + " port " + port;
        if (json) {
            ObjectNode object = MessageJson.object();
            object.put("direction", "in");
            object.put("source", source.toString());
            object.put("source-port", port);
            object.put("answered-after-seconds", millis / 1e3);
            printJson(object, answer);
        } else if (Message.parse(answer) instanceof ParseResult.Parsed(Message message)) {
            say("answer from " + from + " after " + millis + " ms: " + summary(message));
            out.print(text(message));
        } else {
            say("answer from " + from + ", which is no message");
        }
        out.flush();
    }

    private static void save(@Nullable Path file, byte[] bytes) throws IOException {
        if (file != null) {
            Files.write(file, bytes);
        }
    }

    /** A message in full, as snoop shows it. */
    public static String text(Message message) {
        return String.join("\n", MessageLines.lines(message, OptionRegistry.STANDARD)) + "\n";
    }

    /** What a message is, in a few words. */
    static String summary(Message message) {
        MessageType type = message.type();
        String name =
                type != null
                        ? type.name()
                        : message.typeCode() == 0
                                ? "BOOTP " + (message.op() == 1 ? "request" : "reply")
                                : "a message of an unknown type";
        Ip4Address yiaddr = message.yiaddr();
        return name + (yiaddr.isZero() ? "" : " of " + yiaddr);
    }
}
