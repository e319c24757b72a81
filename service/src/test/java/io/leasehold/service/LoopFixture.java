package io.leasehold.service;

import io.leasehold.link.Link;
import io.leasehold.link.LinkCounters;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loop with a small role, a store that does as a test says, and a client on loopback. */
final class LoopFixture implements ServiceHooks, Committer<String>, AutoCloseable {
    /** The xid says what the role makes of a message. */
    static final int REPLY = 1;

    static final int COMMIT = 2;
    static final int STUMBLE = 666;
    static final int STUMBLE_DEEPLY = 667;

    private static final Ip4Address LOOPBACK = Ip4Address.parse("127.0.0.1");
    private static final int WAIT_MILLIS_MAX = 20_000;

    final TestRole role = new TestRole();
    final TestEvents events = new TestEvents();
    final SetClock clock = new SetClock(1_700_000_000_000L);
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger submitFaults = new AtomicInteger();
    final AtomicInteger tickFaults = new AtomicInteger();
    final AtomicInteger ticks = new AtomicInteger();
    final List<Boolean> steps = new CopyOnWriteArrayList<>();
    volatile boolean followClock;
    volatile boolean holdOutcomes;
    volatile @Nullable IOException failure;

    final Service<String> loop;
    private final ServiceTime time = new ServiceTime(clock, 0);
    private final Link link;
    private final DatagramSocket client;
    private final Thread thread;
    private final List<List<String>> taken = new CopyOnWriteArrayList<>();
    private final List<Consumer<@Nullable IOException>> held = new CopyOnWriteArrayList<>();

    LoopFixture() {
        try {
            client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            client.setSoTimeout(WAIT_MILLIS_MAX);
            link = Link.open(LinkOptions.of().withListen("127.0.0.1").withPort(0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        loop = new Service<>(link, role, this, time, events, this);
        thread = new Thread(this::runLoop, "loop");
    }

    private void runLoop() {
        try {
            loop.run();
        } catch (IOException e) {
            events.told.add("ended by " + e);
        }
    }

    void run() {
        thread.start();
    }

    Thread service() {
        return thread;
    }

    List<List<String>> taken() {
        return List.copyOf(taken);
    }

    LinkCounters counters() {
        return link.counters();
    }

    void send(int xid) throws IOException {
        send(Messages.REQUEST, xid);
    }

    void send(int type, int xid) throws IOException {
        byte[] bytes = Messages.bytes(type, xid, 0);
        client.send(
                new DatagramPacket(
                        bytes, bytes.length, InetAddress.getLoopbackAddress(), link.port()));
    }

    /** The xid of the next message that comes to the client. */
    int receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        client.receive(packet);
        return ByteBuffer.wrap(packet.getData()).getInt(4);
    }

    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + WAIT_MILLIS_MAX * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited in vain; told " + events.told + ", taken " + taken);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    void awaitTicks(int more) {
        int until = ticks.get() + more;
        await(() -> ticks.get() >= until);
    }

    void settleHeld(@Nullable IOException outcome) {
        List<Consumer<@Nullable IOException>> all = new ArrayList<>(held);
        held.clear();
        all.forEach(settled -> settled.accept(outcome));
    }

    @Override
    public boolean submit(List<String> changes, Consumer<@Nullable IOException> settled) {
        if (submitFaults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a fault of the store");
        }
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return false;
        }
        taken.add(List.copyOf(changes));
        if (holdOutcomes) {
            held.add(settled);
        } else {
            settled.accept(failure);
        }
        return true;
    }

    @Override
    public void tick(long nowMillis) {
        ticks.incrementAndGet();
        if (tickFaults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a fault of the owner");
        }
        long step = followClock ? time.stepSeconds() : 0;
        if (step != 0) {
            steps.add(loop.stepTime(step, "shift " + step));
        }
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> interfaces) {}

    @Override
    public void close() throws InterruptedException {
        loop.stop();
        thread.join(WAIT_MILLIS_MAX);
        link.close();
        client.close();
    }

    /** Answers with what came. */
    static final class TestRole implements Role<String> {
        final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        final List<String> settled = new CopyOnWriteArrayList<>();
        volatile int millisForEach;

        @Override
        public Decision<String> decide(Arrival arrival) {
            LockSupport.parkNanos(millisForEach * 1_000_000L);
            arrivals.add(arrival);
            Outgoing echo =
                    new Outgoing(
                            arrival.message(), LOOPBACK, arrival.sourcePort(), LOOPBACK, 0, null);
            return switch (arrival.message().xid()) {
                case COMMIT -> new Decision.CommitThenReply<>("put 2", echo);
                case STUMBLE -> throw new IllegalStateException("impossible");
                case STUMBLE_DEEPLY -> throw new StackOverflowError();
                default -> new Decision.Reply<>(echo);
            };
        }

        @Override
        public Decision<String> asked(Object token, boolean answered, long nowMillis) {
            throw new AssertionError("it never asks");
        }

        @Override
        public void settled(String change, boolean durable) {
            settled.add(change + " " + durable);
        }
    }

    /** What the loop tells, as text. */
    static final class TestEvents implements ServiceEvents {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void malformed(Ip4Address source, int interfaceIndex, ParseResult.Malformed what) {
            told.add("malformed");
        }

        @Override
        public void shed() {
            told.add("shed");
        }

        @Override
        public void notDurable(int replies, IOException why) {
            told.add("not durable " + replies + ": " + why.getMessage());
        }

        @Override
        public void storeBusy(int replies) {
            told.add("store busy " + replies);
        }

        @Override
        public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
            String xid = arrival == null ? "-" : Integer.toString(arrival.message().xid());
            told.add("fault " + what + " " + xid + ": " + fault.getClass().getSimpleName());
        }
    }
}
