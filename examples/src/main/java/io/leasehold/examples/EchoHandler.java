package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;

/**
 * Gives every client that asks another address, and keeps nothing in mind: what is left is what the
 * library itself costs. {@code bench/compare --servers "floor handler"} measures that.
 */
public final class EchoHandler implements DhcpHandler {
    private static final Ip4Address FIRST = Ip4Address.parse("10.1.0.0");
    private static final Ip4Address MASK = Ip4Address.parse("255.0.0.0");
    private static final int ADDRESSES = 12_000_000;

    private int offered;

    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        return give(MessageType.OFFER, discover, FIRST.plus(offered++ % ADDRESSES), context);
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) {
        Ip4Address held = request.message().ciaddr();
        Ip4Address yours = request.message().get(Options.REQUESTED_ADDRESS).or(held);
        return give(MessageType.ACK, request, yours, context);
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        return Answer.nothing();
    }

    private static Answer give(
            MessageType type, Arrival arrival, Ip4Address yours, DhcpContext context) {
        return Answer.reply(
                MessageBuilder.reply(arrival.message(), type)
                        .yiaddr(yours)
                        .option(Options.SERVER_ID, context.serverAddress(arrival))
                        .option(Options.LEASE_TIME, 3600L)
                        .option(Options.SUBNET_MASK, MASK));
    }

    /** Serves the interface that is named: {@code EchoHandler eth0}. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: EchoHandler INTERFACE");
            System.exit(2);
        }
        ServiceOptions options = ServiceOptions.of().withPort(67).withDevice(args[0]);
        try (var service = DhcpService.start(EchoHandler::new, options)) {
            service.await();
        }
    }
}
