package io.leasehold.testkit;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A handler with one address to give, which counts and has a timer. */
final class CountingHandler implements DhcpHandler {
    static final Ip4Address ADDRESS = Ip4Address.parse("192.168.1.100");

    long leaseSeconds = 3600;
    boolean silent;
    final List<Long> firedAtMillis = new ArrayList<>();
    final List<Long> askedAtMillis = new ArrayList<>();

    @Override
    public void init(DhcpContext context) {
        context.after(Duration.ofSeconds(90), () -> firedAtMillis.add(context.nowMillis()));
    }

    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        return answer(MessageType.OFFER, discover, context);
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) {
        return answer(MessageType.ACK, request, context);
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        throw new IllegalStateException("declined");
    }

    @Override
    public Answer inform(Arrival inform, DhcpContext context) {
        context.after(
                Duration.ofSeconds(2),
                () ->
                        context.send(
                                context.route(
                                        inform,
                                        MessageBuilder.reply(inform.message(), MessageType.ACK)
                                                .build())));
        return Answer.nothing();
    }

    private Answer answer(MessageType type, Arrival arrival, DhcpContext context) {
        askedAtMillis.add(context.nowMillis());
        return silent
                ? Answer.nothing()
                : Answer.reply(
                        MessageBuilder.reply(arrival.message(), type)
                                .yiaddr(ADDRESS)
                                .option(Options.SERVER_ID, context.serverAddress(arrival))
                                .option(Options.LEASE_TIME, leaseSeconds));
    }
}
