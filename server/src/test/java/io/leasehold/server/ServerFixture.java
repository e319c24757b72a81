package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on 192.168.50.1/24 (interface 2, alias 192.168.50.2) with the pool .100-.199, and a
 * relayed network 10.20.0.0/16. Messages go in as bytes and decisions come out; the clock stands
 * until a test moves it.
 */
final class ServerFixture {
    static final Ip4Address SERVER = Ip4Address.parse("192.168.50.1");
    static final Ip4Address ALIAS = Ip4Address.parse("192.168.50.2");
    static final Ip4Address ANYCAST = Ip4Address.parse("10.255.0.53");
    static final Ip4Address RELAY = Ip4Address.parse("10.20.0.1");
    static final HardwareAddress ONE = HardwareAddress.parse("52:54:00:aa:00:01");
    static final HardwareAddress TWO = HardwareAddress.parse("52:54:00:aa:00:02");
    static final int INTERFACE = 2;

    final LeaseTable table = new LeaseTable(7);
    long nowMillis = 1_700_000_000_000L;
    final Server server;

    /** What the server told its events of other things than replies and drops. */
    final List<String> heard = new ArrayList<>();

    ServerFixture() {
        this(config(quick(), List.of()));
    }

    ServerFixture(ServerConfig config) {
        server = new Server(config, table, 67, 68, new Recorder());
        server.interfaces(
                List.of(
                        new HostInterface(
                                1,
                                "lo",
                                List.of(address("127.0.0.1", 8), address("10.255.0.53", 32))),
                        new HostInterface(
                                INTERFACE,
                                "eth1",
                                List.of(
                                        address("192.168.50.1", 24),
                                        address("192.168.50.2", 24)))));
    }

    private static HostInterface.Address address(String text, int prefixBits) {
        Ip4Address address = Ip4Address.parse(text);
        return new HostInterface.Address(address, Ip4Network.containing(address, prefixBits));
    }

    /** The default settings without ping, so that an OFFER comes at once. */
    static Settings quick() {
        Settings base = Settings.DEFAULT;
        return new Settings(
                base.leaseSeconds(),
                base.minLeaseSeconds(),
                base.maxLeaseSeconds(),
                0,
                0,
                0,
                base.offerHoldSeconds(),
                base.declineHoldSeconds(),
                true,
                true,
                false,
                false,
                0,
                Ip4Address.ZERO,
                "");
    }

    static ServerConfig config(Settings settings, List<Reservation> reservations) {
        Subnet local =
                new Subnet(
                        Ip4Network.parse("192.168.50.0/24"),
                        List.of(pool("192.168.50.100", "192.168.50.199")),
                        reservations,
                        settings,
                        OptionSet.EMPTY);
        Subnet relayed =
                new Subnet(
                        Ip4Network.parse("10.20.0.0/16"),
                        List.of(pool("10.20.1.0", "10.20.255.254")),
                        List.of(),
                        settings,
                        OptionSet.EMPTY);
        return new ServerConfig(
                List.of(
                        new SharedNetwork("local", List.of(local)),
                        new SharedNetwork("relayed", List.of(relayed))),
                List.of(),
                OptionSet.EMPTY);
    }

    static Pool pool(String first, String last) {
        return new Pool(Ip4Address.parse(first), Ip4Address.parse(last));
    }

    static Reservation reserve(HardwareAddress hardware, String address) {
        return new Reservation(
                new Reservation.Key.Hardware(hardware),
                Ip4Address.parse(address),
                "",
                OptionSet.EMPTY);
    }

    static MessageBuilder message(MessageType type, HardwareAddress hardware) {
        return MessageBuilder.request(hardware, 0x11223344).type(type);
    }

    /** What the server decides about a broadcast on its wire. */
    Decision<List<LeaseChange>> broadcast(MessageBuilder message) {
        return arrive(message.build(), Ip4Address.ZERO, Ip4Address.BROADCAST);
    }

    /** What the server decides about a message sent to one of its addresses. */
    Decision<List<LeaseChange>> unicast(MessageBuilder message, Ip4Address to) {
        Message built = message.build();
        Ip4Address from = built.giaddr().isZero() ? built.ciaddr() : built.giaddr();
        return arrive(built, from, to);
    }

    /** What the server decides about a message that {@link #RELAY} passed on. */
    Decision<List<LeaseChange>> relayed(MessageBuilder message) {
        return arrive(message.giaddr(RELAY).build(), RELAY, SERVER);
    }

    Decision<List<LeaseChange>> arrive(Message message, Ip4Address from, Ip4Address to) {
        Decision<List<LeaseChange>> decision = undurable(message, from, to);
        settle(decision);
        return decision;
    }

    /** The same, and the journal has not answered yet. */
    Decision<List<LeaseChange>> undurable(Message message, Ip4Address from, Ip4Address to) {
        int port = message.giaddr().isZero() ? 68 : 6700;
        return server.decide(new Arrival(message, INTERFACE, from, port, to, nowMillis));
    }

    /** What comes of a question once it is answered or was met with silence. */
    Decision<List<LeaseChange>> answer(Decision<List<LeaseChange>> question, boolean inUse) {
        Decision<List<LeaseChange>> decision =
                server.asked(ask(question).token(), inUse, nowMillis);
        settle(decision);
        return decision;
    }

    static Decision.AskFirst<List<LeaseChange>> ask(Decision<List<LeaseChange>> decision) {
        if (decision instanceof Decision.AskFirst<List<LeaseChange>> ask) {
            return ask;
        }
        throw new AssertionError("expected a question, found " + decision);
    }

    /** Tells the server that its changes are durable, as the journal does. */
    void settle(Decision<List<LeaseChange>> decision) {
        if (decision instanceof Decision.CommitThenReply<List<LeaseChange>> both) {
            server.settled(both.change(), true);
        }
        if (decision instanceof Decision.Commit<List<LeaseChange>> commit) {
            server.settled(commit.change(), true);
        }
    }

    /** The address that a client on the wire is offered. */
    Ip4Address offered(HardwareAddress hardware) {
        return sent(broadcast(message(MessageType.DISCOVER, hardware))).message().yiaddr();
    }

    /** A client's whole exchange on the wire; the address it gets. */
    Ip4Address lease(HardwareAddress hardware) {
        Message offer = sent(broadcast(message(MessageType.DISCOVER, hardware))).message();
        Decision<List<LeaseChange>> decision = broadcast(selecting(hardware, offer.yiaddr()));
        assertThat(decision).isInstanceOf(Decision.CommitThenReply.class);
        assertThat(sent(decision).message().type()).isEqualTo(MessageType.ACK);
        return offer.yiaddr();
    }

    static MessageBuilder selecting(HardwareAddress hardware, Ip4Address address) {
        return message(MessageType.REQUEST, hardware)
                .option(OptionCode.SERVER_ID, SERVER.toBytes())
                .option(OptionCode.REQUESTED_ADDRESS, address.toBytes());
    }

    static MessageBuilder rebooting(HardwareAddress hardware, Ip4Address address) {
        return message(MessageType.REQUEST, hardware)
                .option(OptionCode.REQUESTED_ADDRESS, address.toBytes());
    }

    static MessageBuilder renewing(HardwareAddress hardware, Ip4Address address) {
        return message(MessageType.REQUEST, hardware).ciaddr(address);
    }

    /** What is sent, at once or after the commit. */
    static Outgoing sent(Decision<List<LeaseChange>> decision) {
        return switch (decision) {
            case Decision.Reply<List<LeaseChange>> reply -> reply.outgoing();
            case Decision.CommitThenReply<List<LeaseChange>> both -> both.outgoing();
            case Decision.Commit<List<LeaseChange>> other -> throw silent(other);
            case Decision.Forward<List<LeaseChange>> other -> throw silent(other);
            case Decision.AskFirst<List<LeaseChange>> other -> throw silent(other);
            case Decision.Drop<List<LeaseChange>> other -> throw silent(other);
        };
    }

    private static AssertionError silent(Decision<List<LeaseChange>> decision) {
        return new AssertionError("expected a reply, found " + decision);
    }

    static void assertDropped(Decision<List<LeaseChange>> decision, ServerDrop reason) {
        assertThat(decision).isEqualTo(new Decision.Drop<List<LeaseChange>>(reason));
    }

    static void assertAck(Decision<List<LeaseChange>> decision) {
        assertThat(sent(decision).message().type()).isEqualTo(MessageType.ACK);
    }

    static void assertNak(Decision<List<LeaseChange>> decision) {
        assertThat(sent(decision).message().type()).isEqualTo(MessageType.NAK);
    }

    /** The record of an address, which there must be. */
    Lease record(Ip4Address address) {
        Lease lease = table.get(address);
        if (lease == null) {
            throw new AssertionError("there is no record of " + address);
        }
        return lease;
    }

    /** A datagram that is known to be a message. */
    static Message parse(byte[] datagram) {
        return switch (Message.parse(datagram)) {
            case ParseResult.Parsed parsed -> parsed.message();
            case ParseResult.Malformed bad -> throw new AssertionError(bad);
        };
    }

    /** An option of four octets as an address; 0.0.0.0 when it is absent. */
    static Ip4Address addressIn(Message message, int code) {
        byte[] value = message.raw(code);
        return value == null ? Ip4Address.ZERO : new Cursor(value).address();
    }

    /** The same; 0.0.0.0 when it is not of four octets. */
    static Ip4Address addressIn4(Message message, int code) {
        byte[] value = message.raw(code);
        return value == null || value.length != 4 ? Ip4Address.ZERO : addressIn(message, code);
    }

    /** An option of four octets as seconds; -1 when it is absent. */
    static long secondsIn(Message message, int code) {
        byte[] value = message.raw(code);
        return value == null ? -1 : new Cursor(value).u32() & 0xffff_ffffL;
    }

    /** An OFFER to a client that asks for these options, and for no others. */
    Message offerOf(int... wanted) {
        return sent(broadcast(asking(MessageType.DISCOVER, wanted))).message();
    }

    /** A message of {@link #ONE} that asks for these options. */
    static MessageBuilder asking(MessageType type, int... wanted) {
        byte[] codes = new byte[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            codes[i] = (byte) wanted[i];
        }
        return message(type, ONE).option(OptionCode.PARAMETER_LIST, codes);
    }

    /** The codes of a message's options, in the order in which they lie. */
    static List<Integer> codes(Message message) {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < message.index().size(); i++) {
            codes.add(message.index().code(i));
        }
        return codes;
    }

    static Ip4Address ip(String text) {
        return Ip4Address.parse(text);
    }

    static HardwareAddress client(int number) {
        return HardwareAddress.of(1, new byte[] {2, 0, 0, 0, (byte) (number >>> 8), (byte) number});
    }

    void passSeconds(long seconds) {
        nowMillis += seconds * 1000;
    }

    private final class Recorder implements ServerEvents {
        @Override
        public void answered(Arrival arrival, MessageType answer, Ip4Address address, String why) {
            // The decision says it.
        }

        @Override
        public void noted(Arrival arrival, Ip4Address address, String why) {
            heard.add(address + " " + why);
        }

        @Override
        public void dropped(Arrival arrival, ServerDrop reason) {
            // The decision says it.
        }

        @Override
        public void ignored(Arrival arrival, int code) {
            heard.add("ignored " + code);
        }

        @Override
        public void exhausted(Arrival arrival, String network) {
            heard.add("exhausted " + network);
        }

        @Override
        public void conflict(Ip4Address address) {
            heard.add("conflict " + address);
        }
    }
}
