package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.util.List;

/**
 * Tells of every message that is broadcast on a network, and of the servers that answer. It answers
 * nothing.
 */
public final class SpyOnServers implements DhcpHandler {
    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        return tell(discover);
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) {
        return tell(request);
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        return tell(decline);
    }

    /** What servers say comes here: offers, ACKs and NAKs. */
    @Override
    public Answer other(Arrival message, DhcpContext context) {
        return tell(message);
    }

    private static Answer tell(Arrival arrival) {
        Message message = arrival.message();
        System.out.println(
                message.type()
                        + " from "
                        + arrival.source()
                        + " about "
                        + message.hardware()
                        + ", yiaddr "
                        + message.yiaddr()
                        + " "
                        + OptionRegistry.STANDARD.values(message));
        return Answer.nothing();
    }

    /** Listens on the interface that is named, at the ports of servers and of clients. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: SpyOnServers INTERFACE");
            System.exit(2);
        }
        ServiceOptions options =
                ServiceOptions.of().withPort(67).withMorePorts(List.of(68)).withDevice(args[0]);
        try (var service = DhcpService.start(SpyOnServers::new, options)) {
            System.out.println("listening on " + args[0]);
            service.await();
        }
    }
}
