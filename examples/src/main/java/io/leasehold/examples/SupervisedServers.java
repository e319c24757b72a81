package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Options;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.Reason;
import io.leasehold.service.handler.ServiceOptions;
import io.leasehold.service.handler.ServiceSupervisor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A server for each of several networks; one that fails is started anew, the others go on. */
public final class SupervisedServers implements DhcpHandler {
    private static final Duration OFFER_HOLD = Duration.ofSeconds(10);

    private int offered;

    @Override
    public void init(DhcpContext context) {
        System.out.println("ready at port " + context.port());
    }

    /** Offers one of a hundred addresses, and the next one to who asks next. */
    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        offered = offered % 100 + 1;
        int mine = offered;
        context.after(OFFER_HOLD, () -> System.out.println("offer " + mine + " is over"));
        Ip4Address self = context.serverAddress(discover);
        return give(MessageType.OFFER, discover, Ip4Address.of(self.bits() + 100 + mine), self);
    }

    /** Gives what is asked for, if it was this server that offered it. */
    @Override
    public Answer request(Arrival request, DhcpContext context) {
        Ip4Address self = context.serverAddress(request);
        Ip4Address server = request.message().get(Options.SERVER_ID).or(self);
        Ip4Address wanted =
                request.message().get(Options.REQUESTED_ADDRESS).or(request.message().ciaddr());
        return server.equals(self)
                ? give(MessageType.ACK, request, wanted, self)
                : Answer.nothing();
    }

    /** Two hosts with one address: rather begin anew than go on. */
    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        throw new IllegalStateException("somebody has an address that was given");
    }

    @Override
    public void terminate(Reason reason, DhcpContext context) {
        System.out.println("ended: " + reason);
    }

    private static Answer give(
            MessageType type, Arrival arrival, Ip4Address yours, Ip4Address self) {
        return Answer.reply(
                MessageBuilder.reply(arrival.message(), type)
                        .yiaddr(yours)
                        .option(Options.SERVER_ID, self)
                        .option(Options.SUBNET_MASK, Ip4Address.parse("255.255.255.0"))
                        .option(Options.LEASE_TIME, 600L));
    }

    /** Serves the interfaces that are named: {@code SupervisedServers eth0 eth1}. */
    public static void main(String[] interfaces) throws Exception {
        ServiceOptions options = ServiceOptions.of().withPort(67);
        List<ServiceSupervisor.Child<?>> children =
                Stream.of(interfaces)
                        .<ServiceSupervisor.Child<?>>map(
                                name ->
                                        new ServiceSupervisor.Child<>(
                                                name,
                                                SupervisedServers::new,
                                                options.withDevice(name)))
                        .toList();
        try (var supervisor = ServiceSupervisor.start(children, 3, Duration.ofMinutes(1))) {
            System.out.println("serving " + children.size() + " networks");
            System.out.println("over: " + supervisor.await());
        }
    }
}
