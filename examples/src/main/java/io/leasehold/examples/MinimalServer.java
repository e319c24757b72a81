package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server for a small network: whoever asks gets the next address behind the server's own. */
public final class MinimalServer implements DhcpHandler {
    private final Map<HardwareAddress, Ip4Address> given = new HashMap<>();

    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        return give(MessageType.OFFER, discover, context);
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) {
        return give(MessageType.ACK, request, context);
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        return Answer.nothing();
    }

    private Answer give(MessageType type, Arrival arrival, DhcpContext context) {
        Ip4Address server = context.serverAddress(arrival);
        Ip4Address yours =
                given.computeIfAbsent(
                        arrival.message().hardware(),
                        _ -> Ip4Address.of(server.bits() + 100 + given.size()));
        return Answer.reply(
                MessageBuilder.reply(arrival.message(), type)
                        .yiaddr(yours)
                        .option(Options.SERVER_ID, server)
                        .option(Options.SUBNET_MASK, Ip4Address.parse("255.255.255.0"))
                        .option(Options.ROUTERS, List.of(server))
                        .option(Options.LEASE_TIME, 3600L));
    }

    /** Serves the interface that is named: {@code MinimalServer eth0}. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: MinimalServer INTERFACE");
            System.exit(2);
        }
        ServiceOptions options = ServiceOptions.of().withPort(67).withDevice(args[0]);
        try (var service = DhcpService.start(MinimalServer::new, options)) {
            System.out.println("serving port " + service.port());
            service.await();
        }
    }
}
