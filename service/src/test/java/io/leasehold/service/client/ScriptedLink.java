package io.leasehold.service.client;

import io.leasehold.link.DatagramReceiver;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

/** A wire in virtual time, with a script in place of servers. */
final class ScriptedLink implements ClientWire, ServiceClock {
    static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");
    static final Ip4Address SERVER = Ip4Address.parse("10.77.0.1");
    static final Ip4Address ADDRESS = Ip4Address.parse("10.77.0.100");

    /** What the client sent, and when. */
    record Sent(
            Message message,
            long atMillis,
            Ip4Address source,
            Ip4Address destination,
            Ip4Address nextHop) {
        long seconds() {
            return atMillis / 1000;
        }
    }

    final List<Sent> sent = new ArrayList<>();
    Ip4Address held = Ip4Address.ZERO;

    /** What comes at once in answer to a message. */
    BiFunction<ScriptedLink, Message, List<byte[]>> script = (link, message) -> List.of();

    private final Deque<Octets> waiting = new ArrayDeque<>();
    private long nowMillis;
    private boolean broken;

    void moveTo(long seconds) {
        nowMillis = seconds * 1000;
    }

    void breakDown(boolean down) {
        broken = down;
    }

    void answerWith(BiFunction<ScriptedLink, Message, List<byte[]>> answers) {
        script = answers;
    }

    /** A message comes by itself. */
    void late(Message message) {
        waiting.add(Octets.of(message.toBytes()));
    }

    /** Answers as a server does, with a lease of so many seconds. */
    void serve(long leaseSeconds) {
        answerWith((link, message) -> List.of(answer(message, leaseSeconds).toBytes()));
    }

    static Message answer(Message request, long leaseSeconds) {
        return builder(request, leaseSeconds).build();
    }

    static MessageBuilder builder(Message request, long leaseSeconds) {
        boolean discover = request.type() == MessageType.DISCOVER;
        return MessageBuilder.reply(request)
                .type(discover ? MessageType.OFFER : MessageType.ACK)
                .yiaddr(ADDRESS)
                .option(Options.SERVER_ID, SERVER)
                .option(Options.LEASE_TIME, leaseSeconds);
    }

    @Override
    public HardwareAddress hardware() {
        return HARDWARE;
    }

    @Override
    public void send(byte[] datagram, Ip4Address source, Ip4Address destination, Ip4Address nextHop)
            throws IOException {
        if (broken) {
            throw new IOException("the cable is pulled");
        }
        if (Message.parse(datagram) instanceof ParseResult.Parsed parsed) {
            sent.add(new Sent(parsed.message(), nowMillis, source, destination, nextHop));
            script.apply(this, parsed.message()).forEach(each -> waiting.add(Octets.of(each)));
        }
    }

    @Override
    public void receive(long waitMillis, DatagramReceiver receiver) {
        if (waiting.isEmpty()) {
            nowMillis += waitMillis;
        }
        for (Octets each = waiting.poll(); each != null; each = waiting.poll()) {
            receiver.datagram(each.toBytes(), 0, each.length(), SERVER, SERVER_PORT);
        }
    }

    @Override
    public void hold(Ip4Address address) {
        held = address;
    }

    @Override
    public long bootMillis() {
        return nowMillis;
    }

    @Override
    public long wallMillis() {
        throw new AssertionError("a client has no use for the time of day");
    }

    @Override
    public void close() {
        broken = true;
    }
}
