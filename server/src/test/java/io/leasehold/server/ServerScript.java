package io.leasehold.server;

import static io.leasehold.server.ReplyInvariants.require;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.ServerConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A life of a small server, read from bytes: datagrams of any kind, messages of eight clients who
 * quarrel about four addresses, time, pings that are answered or not, writes that become durable
 * late or never, a clock that is set, and another configuration. After each step everything is as
 * it has to be, or an AssertionError tells what is not.
 */
final class ServerScript {
    private static final int STEPS_MAX = 300;
    private static final Ip4Address RESERVED = ServerFixture.ip("192.168.50.103");
    private static final HardwareAddress RESERVED_FOR = ServerFixture.client(1);
    private static final Ip4Address OTHER_SERVER = ServerFixture.ip("192.168.50.9");
    private static final Ip4Network[] SERVED = {
        Ip4Network.parse("192.168.50.0/24"),
        Ip4Network.parse("192.168.60.0/24"),
        Ip4Network.parse("10.20.0.0/16")
    };

    private final Cursor script;
    private final ServerFixture lab = new ServerFixture(config(false));
    private final HeldAddresses held = new HeldAddresses();

    /** What a restart would find. */
    private final LeaseTable disk = new LeaseTable(3);

    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Deque<Question> questions = new ArrayDeque<>();
    private boolean durable = true;
    private boolean late;

    /** True once the clock was set before all changes had their outcome. */
    private boolean setUnderWay;

    /** What waits for the journal. */
    private static final class Pending {
        final Message request;
        final List<LeaseChange> change;
        final List<Outgoing> reply;
        long decidedMillis;

        /** How far the clock was set since: the store writes that behind the change. */
        long shiftedSeconds;

        boolean left;

        Pending(Message request, List<LeaseChange> change, List<Outgoing> reply, long nowMillis) {
            this.request = request;
            this.change = change;
            this.reply = reply;
            this.decidedMillis = nowMillis;
        }
    }

    private record Question(Message request, Object token) {}

    private ServerScript(byte[] script) {
        this.script = new Cursor(script);
    }

    static void run(byte[] bytes) {
        ServerScript script = new ServerScript(bytes);
        for (int i = 0; i < STEPS_MAX && script.script.remaining() > 0; i++) {
            script.step();
        }
        while (!script.questions.isEmpty()) {
            script.answer(false);
        }
        script.settleAll(true);
    }

    /**
     * Four addresses with one reserved, four on the same wire that serve BOOTP, and a relayed net.
     */
    private static ServerConfig config(boolean other) {
        TestConfig config = new TestConfig().pool("192.168.50.100", "192.168.50.103");
        config.leaseSeconds = 100;
        config.minLeaseSeconds = 1;
        config.maxLeaseSeconds = other ? 0xffff_ffffL : 1000;
        config.offerHoldSeconds = 5;
        config.pingCheckMillis = other ? 0 : -1;
        config.rapidCommit = true;
        config.knownSharePercent = 25;
        config.bootp = true;
        config.onSameWire("192.168.60.0/24", "192.168.60.20", "192.168.60.22");
        config.bootp = false;
        config.reserve(new Reservation.Key.Hardware(RESERVED_FOR), RESERVED.toString());
        byte[] port = {'e', '7'};
        config.reserveRelayed(
                new Reservation.Key.CircuitId(Octets.of(port)), other ? "10.20.1.2" : "10.20.1.1");
        config.option(OptionCode.ROUTERS, 192, 168, 50, 1);
        config.option(OptionCode.AUTO_CONFIGURE, 0);
        for (int code = 224; code < 230; code++) {
            config.option(code, new int[90]);
        }
        return config.build();
    }

    private void step() {
        int what = script.u8();
        switch (what & 15) {
            case 0 -> datagram();
            case 1 -> pass(script.u8() * 10L);
            case 2 -> pass(script.u16() * 1000L);
            case 3 -> answer((what & 16) != 0);
            case 4 -> settle((what & 16) != 0);
            case 5 -> settleAll((what & 16) != 0);
            case 6 -> {
                durable = (what & 16) != 0;
                late = (what & 32) != 0;
            }
            case 7 -> shift((byte) script.u8() * 60L);
            case 8 -> lab.server.configure(config((what & 16) != 0));
            case 9 -> clear();
            default -> client(what);
        }
        requireWhatIsOnDisk();
        require(lab.server.offersHeld() <= Offers.OFFERS_MAX, "too many offers are held");
        require(questions.size() <= Discovery.PINGS_MAX, "too many pings are under way");
    }

    private void pass(long millis) {
        lab.nowMillis += millis;
        lab.server.settleEnded(lab.nowMillis / 1000);
    }

    private void shift(long seconds) {
        setUnderWay |= !pending.isEmpty() || !questions.isEmpty();
        lab.nowMillis += seconds * 1000;
        lab.server.shift(seconds);
        disk.shift(seconds);
        held.shift(seconds * 1000);
        for (Pending one : pending) {
            one.decidedMillis += seconds * 1000;
            one.shiftedSeconds += seconds;
        }
    }

    /**
     * What could not be written did not happen. Only a conflict is noted before its ping has an
     * outcome.
     */
    private void requireWhatIsOnDisk() {
        if (!pending.isEmpty() || !questions.isEmpty() || setUnderWay) {
            return;
        }
        lab.table.forEach(
                lease ->
                        require(
                                lease.state() == Lease.State.CONFLICT
                                        || lease.equals(disk.get(lease.address())),
                                lease + " is not on disk, but " + disk.get(lease.address())));
        disk.forEach(
                lease ->
                        require(
                                !lease.holds(lab.nowMillis / 1000)
                                        || lab.table.get(lease.address()) != null,
                                lease + " is on disk alone"));
    }

    private void clear() {
        settleAll(durable);
        LeaseChange change =
                lab.server.clear(ScriptMessages.addressAt(script.u8()), lab.nowMillis / 1000);
        if (change != null) {
            lab.server.settled(List.of(change), true);
            write(List.of(change), 0);
        }
    }

    private void write(List<LeaseChange> changes, long shiftedSeconds) {
        for (LeaseChange change : changes) {
            if (change instanceof LeaseChange.Put put) {
                disk.put(put.lease().shifted(shiftedSeconds));
            }
            if (change instanceof LeaseChange.Remove(Ip4Address address)) {
                disk.remove(address);
            }
        }
    }

    /** Any bytes at all: a length of two octets, then they. */
    private void datagram() {
        int where = script.u8();
        byte[] bytes = script.bytes(Math.min(script.u16(), script.remaining()));
        if (Message.parse(bytes) instanceof ParseResult.Parsed parsed) {
            arrive(parsed.message(), where);
        }
    }

    /** A message of one of eight clients, more or less as a client would send it. */
    private void client(int what) {
        int who = script.u8();
        int how = script.u8();
        HardwareAddress hardware = ServerFixture.client(who & 3);
        MessageBuilder message = MessageBuilder.request(hardware, what << 16 | who << 8 | how);
        if ((what & 15) != 10) {
            MessageType[] types = {
                MessageType.DISCOVER,
                MessageType.REQUEST,
                MessageType.REQUEST,
                MessageType.REQUEST,
                MessageType.RELEASE,
                MessageType.DECLINE,
                MessageType.INFORM,
                MessageType.DISCOVER
            };
            message.type(types[what >>> 4 & 7]);
        }
        if ((who & 4) != 0) {
            message.option(OptionCode.CLIENT_ID, new byte[] {0, (byte) (who & 3)});
        }
        Ip4Address address = ScriptMessages.addressAt(script.u8());
        if ((how & 1) != 0) {
            message.option(OptionCode.REQUESTED_ADDRESS, address.toBytes());
        }
        if ((how & 2) != 0) {
            message.ciaddr(address);
        }
        switch (how >>> 2 & 3) {
            case 1, 2 -> message.option(OptionCode.SERVER_ID, ServerFixture.SERVER.toBytes());
            case 3 -> message.option(OptionCode.SERVER_ID, OTHER_SERVER.toBytes());
            default -> {
                // Without option 54.
            }
        }
        if ((how & 16) != 0) {
            ScriptMessages.relay(message, script.u8());
        }
        if ((how & 32) != 0) {
            ScriptMessages.extras(message, script.u8());
        }
        arrive(message.broadcast((how & 64) != 0).build(), who >>> 3);
    }

    private void arrive(Message message, int where) {
        Ip4Address[] destinations = {
            Ip4Address.BROADCAST,
            ServerFixture.SERVER,
            ServerFixture.ALIAS,
            ServerFixture.ip("192.168.50.255")
        };
        MessageType type = message.type();
        if (type == MessageType.RELEASE) {
            left(message, message.ciaddr());
        } else if (type == MessageType.DECLINE) {
            left(message, ServerFixture.addressIn4(message, OptionCode.REQUESTED_ADDRESS));
        }
        carryOut(
                message,
                lab.server.decide(
                        new Arrival(
                                message,
                                ServerFixture.INTERFACE,
                                message.ciaddr(),
                                68,
                                destinations[where & 3],
                                lab.nowMillis)));
    }

    /** A client that leaves an address does not come back to it for an ACK that is under way. */
    private void left(Message request, Ip4Address address) {
        held.left(request, address);
        for (Pending one : pending) {
            one.left |=
                    one.request.hardware().equals(request.hardware())
                            && one.reply.stream()
                                    .anyMatch(it -> it.message().yiaddr().equals(address));
        }
    }

    private void carryOut(Message request, Decision<List<LeaseChange>> decision) {
        switch (decision) {
            case Decision.Reply<List<LeaseChange>> reply ->
                    send(request, reply.outgoing(), lab.nowMillis);
            case Decision.CommitThenReply<List<LeaseChange>> both ->
                    commit(request, both.change(), List.of(both.outgoing()));
            case Decision.Commit<List<LeaseChange>> commit ->
                    commit(request, commit.change(), List.of());
            case Decision.AskFirst<List<LeaseChange>> ask ->
                    questions.add(new Question(request, ask.token()));
            case Decision.Forward<List<LeaseChange>> forward ->
                    throw new AssertionError("a server forwards " + forward);
            case Decision.Drop<List<LeaseChange>> ignored -> {
                // Silence is always allowed here.
            }
        }
    }

    private void commit(Message request, List<LeaseChange> change, List<Outgoing> reply) {
        pending.add(new Pending(request, change, reply, lab.nowMillis));
        if (!late) {
            settleAll(durable);
        }
    }

    private void answer(boolean inUse) {
        Question question = questions.poll();
        if (question != null) {
            carryOut(question.request(), lab.server.asked(question.token(), inUse, lab.nowMillis));
        }
    }

    private void settleAll(boolean written) {
        while (!pending.isEmpty()) {
            settle(written);
        }
    }

    /** The journal has an outcome for what waits longest; the ACK goes out when it is durable. */
    private void settle(boolean written) {
        Pending oldest = pending.poll();
        if (oldest == null) {
            return;
        }
        lab.server.settled(oldest.change, written);
        if (written) {
            write(oldest.change, oldest.shiftedSeconds);
            for (Outgoing reply : oldest.reply) {
                if (!oldest.left) {
                    send(oldest.request, reply, oldest.decidedMillis);
                }
            }
        }
    }

    private void send(Message request, Outgoing outgoing, long decidedMillis) {
        Message reply = outgoing.message();
        ReplyInvariants.check(request, outgoing);
        Ip4Address yiaddr = reply.yiaddr();
        if (!yiaddr.isZero()) {
            boolean served = false;
            for (Ip4Network network : SERVED) {
                served |=
                        network.contains(yiaddr)
                                && !yiaddr.equals(network.address())
                                && !yiaddr.equals(network.last());
            }
            require(served, yiaddr + " is no address of a client here");
            require(
                    !yiaddr.equals(ServerFixture.SERVER) && !yiaddr.equals(ServerFixture.ALIAS),
                    "the server gives away its own " + yiaddr);
        }
        require(
                outgoing.source().equals(ServerFixture.SERVER)
                        || outgoing.source().equals(ServerFixture.ALIAS),
                "a reply leaves from " + outgoing.source());
        if (reply.type() == MessageType.ACK || reply.typeCode() == 0) {
            checkOnDisk(reply, decidedMillis);
            held.acked(request, reply, RESERVED, decidedMillis);
        }
    }

    /** No ACK before the lease is on disk, for as long as the ACK says. */
    private void checkOnDisk(Message ack, long decidedMillis) {
        if (ack.yiaddr().isZero()) {
            return;
        }
        Lease lease = disk.get(ack.yiaddr());
        long seconds = Math.max(ServerFixture.secondsIn(ack, OptionCode.LEASE_TIME), 0);
        require(
                lease != null
                        && lease.state() == Lease.State.BOUND
                        && lease.endSeconds() >= decidedMillis / 1000 + seconds,
                "an ACK of " + ack.yiaddr() + " for " + seconds + " s, and on disk is " + lease);
    }
}
