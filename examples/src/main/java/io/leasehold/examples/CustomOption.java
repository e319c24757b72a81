package io.leasehold.examples;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionRegistry;
import io.leasehold.protocol.wire.OptionSets;
import io.leasehold.protocol.wire.OptionType;
import io.leasehold.protocol.wire.OptionTypes;
import io.leasehold.protocol.wire.Options;
import io.leasehold.protocol.wire.Text;
import io.leasehold.service.handler.Answer;
import io.leasehold.service.handler.DhcpContext;
import io.leasehold.service.handler.DhcpHandler;
import io.leasehold.service.handler.DhcpService;
import io.leasehold.service.handler.ServiceOptions;
import java.util.List;

/** Options of one's own: a phone says where it stands, and is told its exchange and its VLAN. */
public final class CustomOption implements DhcpHandler {
    /** A desk, in two bytes. */
    public record Desk(int floor, int number) {
        @Override
        public String toString() {
            return floor + "-" + number;
        }

        static Desk parse(String text) {
            String[] parts = text.split("-", 2);
            return new Desk(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    static final OptionType<Desk> DESK_TYPE =
            OptionType.of(
                    "a floor and a desk such as 3-17",
                    bytes -> bytes.length == 2 ? new Desk(bytes[0], bytes[1]) : null,
                    desk -> new byte[] {(byte) desk.floor(), (byte) desk.number()},
                    Desk::parse);

    static final Option<Desk> DESK = new Option<>(224, "desk", DESK_TYPE);
    static final Option<List<Ip4Address>> EXCHANGES =
            new Option<>(225, "exchanges", OptionTypes.ADDRESSES);
    static final Option<Integer> VOICE_VLAN = new Option<>(226, "voice-vlan", OptionTypes.U16);
    static final Option<Text> GREETING = new Option<>(227, "greeting", OptionTypes.TEXT);

    static final OptionRegistry KNOWN =
            OptionSets.BASIC.and(OptionRegistry.of(DESK, EXCHANGES, VOICE_VLAN, GREETING));

    @Override
    public Answer discover(Arrival discover, DhcpContext context) {
        return give(MessageType.OFFER, discover, context);
    }

    @Override
    public Answer request(Arrival request, DhcpContext context) {
        System.out.println("asked with " + KNOWN.values(request.message()));
        return give(MessageType.ACK, request, context);
    }

    @Override
    public Answer decline(Arrival decline, DhcpContext context) {
        return Answer.nothing();
    }

    private static Answer give(MessageType type, Arrival arrival, DhcpContext context) {
        if (!(arrival.message().get(DESK) instanceof Field.Present<Desk>(Desk desk))) {
            return Answer.nothing();
        }
        Ip4Address self = context.serverAddress(arrival);
        return Answer.reply(
                MessageBuilder.reply(arrival.message(), type)
                        .yiaddr(Ip4Address.of(self.bits() + desk.number()))
                        .option(Options.SERVER_ID, self)
                        .option(Options.SUBNET_MASK, Ip4Address.parse("255.255.255.0"))
                        .option(Options.LEASE_TIME, 600L)
                        .option(DESK, desk)
                        .option(EXCHANGES, List.of(self))
                        .option(VOICE_VLAN, 100 + desk.floor())
                        .option(GREETING, Text.of("good morning")));
    }

    /** Serves the interface that is named: {@code CustomOption eth0}. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("Usage: CustomOption INTERFACE");
            System.exit(2);
        }
        ServiceOptions options = ServiceOptions.of().withPort(67).withDevice(args[0]);
        try (var service = DhcpService.start(CustomOption::new, options)) {
            System.out.println("serving phones on port " + service.port());
            service.await();
        }
    }
}
