package io.leasehold.service.client;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Questions and answers on a wire: what is asked again when, and what is taken for an answer. */
final class Conversation {
    private final ClientWire wire;
    private final ServiceClock clock;
    private final RandomGenerator random;
    private final Map<Ignored, Long> ignored = new EnumMap<>(Ignored.class);
    private volatile boolean stopped;

    /** What is asked, and what came to it so far. */
    private @Nullable Message question;

    private AnswerRules.Wanted wanted = AnswerRules.Wanted.ANY;
    private long sentMillis;
    private @Nullable Answer answer;

    /**
     * Where a message goes.
     *
     * @param destination the address it goes to
     * @param nextHop who takes it on the link
     */
    record Route(Ip4Address destination, Ip4Address nextHop) {
        static final Route EVERYONE = new Route(Ip4Address.BROADCAST, Ip4Address.BROADCAST);
    }

    Conversation(ClientWire wire, ServiceClock clock, RandomGenerator random) {
        this.wire = wire;
        this.clock = clock;
        this.random = random;
    }

    long nowMillis() {
        return clock.bootMillis();
    }

    int newXid() {
        return random.nextInt();
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    Map<Ignored, Long> ignored() {
        return Map.copyOf(ignored);
    }

    void send(Message message, Route route) throws IOException {
        if (!message.ciaddr().isZero()) {
            wire.hold(message.ciaddr());
        }
        wire.send(message.toBytes(), message.ciaddr(), route.destination(), route.nextHop());
    }

    /**
     * Asks, and asks again, until an answer comes or the time is over.
     *
     * @param message what to ask, by how many seconds ago the first was sent; the xid stays
     * @return null when no answer came
     */
    @Nullable Answer ask(
            LongFunction<Message> message,
            Route route,
            AnswerRules.Wanted kind,
            Retransmission waits,
            long limitMillis)
            throws IOException {
        long begun = nowMillis();
        long end = begun + limitMillis;
        long now = begun;
        for (int tries = 0; tries == 0 || now < end && !stopped; tries++) {
            Message asked = message.apply((now - begun) / 1000);
            send(asked, route);
            Answer come =
                    await(
                            asked,
                            kind,
                            begun,
                            Math.min(end, now + waits.delayMillis(tries, random)));
            if (come != null) {
                return come;
            }
            now = nowMillis();
        }
        return null;
    }

    /** Waits for an answer to what was sent; null when none came until the given time. */
    @Nullable Answer await(
            Message asked, AnswerRules.Wanted kind, long askedMillis, long untilMillis)
            throws IOException {
        question = asked;
        wanted = kind;
        sentMillis = askedMillis;
        answer = null;
        try {
            pass(untilMillis);
            return answer;
        } finally {
            question = null;
        }
    }

    /** Lets time pass until an answer has come, if there is a question, or the time is over. */
    void pass(long untilMillis) throws IOException {
        long left = Math.max(0, untilMillis - nowMillis());
        boolean over = stopped;
        while (!over) {
            wire.receive(left, this::take);
            left = untilMillis - nowMillis();
            over = left <= 0 || stopped || answer != null;
        }
    }

    private void take(byte[] buffer, int offset, int length, Ip4Address source, int sourcePort) {
        switch (Message.parse(buffer, offset, length)) {
            case ParseResult.Malformed ignoredHere -> count(Ignored.NOT_A_MESSAGE);
            case ParseResult.Parsed parsed -> take(parsed.message(), source, sourcePort);
        }
    }

    private void take(Message message, Ip4Address source, int sourcePort) {
        Message asked = question;
        Ignored why =
                asked == null
                        ? Ignored.OTHER_TRANSACTION
                        : AnswerRules.refusal(asked, message, wanted);
        if (why != null) {
            count(why);
        } else if (answer == null) {
            answer = new Answer(message, source, sourcePort, sentMillis, nowMillis());
        }
    }

    private void count(Ignored why) {
        ignored.merge(why, 1L, Long::sum);
    }
}
