package io.leasehold.app.bench;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import java.io.IOException;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients: one thread that takes what has come, answers it, begins what is due, and sends all
 * of that at once. It keeps account of who holds what.
 */
final class Generator implements Wire.Receiver {
    private static final long WAIT_NANOS_MAX = 10_000_000;
    private static final long DRAIN_NANOS_MAX = 1_000_000_000;
    private static final int STARTS_PER_TURN_MAX = 64;
    private static final int HELD_TWICE_TOLD_MAX = 10;

    private final Plan plan;
    private final ClientMessages messages;
    private final Wire wire;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final @Nullable HoldLog holdLog;
    private final Consumer<String> alarm;
    private final SplittableRandom random;
    private final Exchanges exchanges;
    private final Holdings holdings;
    private final Timeouts timeouts;
    private final Reply reply = new Reply();
    private final Counters measured = new Counters();
    private Counters counters = measured;
    private volatile boolean stopped;
    private long now;
    private long exchangesInAll;
    private @Nullable Pacer pacer;

    /**
     * @param nanoTime a clock for durations
     * @param clock a clock for the times in the hold log
     * @param alarm told of each address that is held twice, up to a bounded number
     */
    Generator(
            Plan plan,
            ClientMessages messages,
            Wire wire,
            LongSupplier nanoTime,
            Clock clock,
            @Nullable HoldLog holdLog,
            Consumer<String> alarm) {
        this.plan = plan;
        this.messages = messages;
        this.wire = wire;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.holdLog = holdLog;
        this.alarm = alarm;
        random = new SplittableRandom(plan.seed());
        exchanges = new Exchanges(plan.clients());
        holdings = new Holdings(plan.clients());
        timeouts = new Timeouts(plan.clients());
    }

    /** Ends the run soon; may be called by any thread. */
    void stop() {
        stopped = true;
    }

    /**
     * Runs the plan.
     *
     * @return how long was measured, in nanoseconds; 0 when it ended during the warm-up
     */
    long run() throws IOException {
        now = nanoTime.getAsLong();
        long measureFrom = now + plan.warmupNanos();
        long end = measureFrom + plan.measureNanos();
        pacer = plan.openLoop() ? new Pacer(plan.rate(), now) : null;
        boolean measuring = plan.warmupNanos() == 0;
        while (!stopped && now < end) {
            if (!measuring && now >= measureFrom) {
                measuring = true;
                measureFrom = now;
                clearCounters();
            }
            turn(true);
        }
        long measuredNanos = measuring ? now - measureFrom : 0;
        measured.missedStarts = pacer == null ? 0 : pacer.missed();
        drain();
        return measuredNanos;
    }

    private void clearCounters() {
        counters.clear();
        if (pacer != null) {
            pacer.clearMissed();
        }
    }

    /** What still comes is checked and logged, and no longer counted. */
    private void drain() throws IOException {
        counters = new Counters();
        long until = now + Math.min(plan.timeoutNanos(), DRAIN_NANOS_MAX);
        while (exchanges.active() > 0 && now < until) {
            turn(false);
        }
        measured.heldTwice += counters.heldTwice;
    }

    private void turn(boolean begin) throws IOException {
        wire.receive(waitNanos(), this);
        now = nanoTime.getAsLong();
        if (holdLog != null) {
            holdLog.flush();
        }
        for (int c = timeouts.expired(now); c != AddressMap.NOBODY; c = timeouts.expired(now)) {
            expired(c);
        }
        if (begin) {
            beginDue();
        }
        wire.flush();
    }

    private long waitNanos() {
        long wait = Math.min(timeouts.nextNanos(now, WAIT_NANOS_MAX), WAIT_NANOS_MAX);
        return pacer == null ? wait : Math.max(0, Math.min(wait, pacer.dueNanos() - now));
    }

    private void beginDue() throws IOException {
        if (pacer == null) {
            boolean begun = true;
            while (begun && exchanges.active() < plan.inFlight()) {
                begun = begin();
            }
            return;
        }
        for (int i = 0; i < STARTS_PER_TURN_MAX && pacer.due(now); i++) {
            if (begin()) {
                counters.late.record(now - pacer.dueNanos());
            } else {
                counters.noClientFree++;
            }
            pacer.started();
        }
    }

    private boolean begin() throws IOException {
        Mix.Task task = plan.mix().pick(random);
        int client = AddressMap.NOBODY;
        if (task == Mix.Task.RENEW || task == Mix.Task.RELEASE) {
            client = holdings.pick(random, exchanges.phase, now);
            task = client == AddressMap.NOBODY ? Mix.Task.FULL : task;
        }
        if (client == AddressMap.NOBODY) {
            client = exchanges.nextIdle();
        }
        if (client == AddressMap.NOBODY) {
            return false;
        }
        counters.started++;
        switch (task) {
            case FULL -> {
                exchanges.begin(client, Exchanges.SELECTING, now);
                transmit(client);
            }
            case RENEW -> {
                exchanges.begin(client, Exchanges.RENEWING, now);
                transmit(client);
            }
            case RELEASE -> release(client);
            case DISCOVER -> {
                exchanges.begin(client, Exchanges.ASKING, now);
                transmit(client);
            }
        }
        return true;
    }

    private void release(int client) throws IOException {
        exchanges.begin(client, Exchanges.RENEWING, now);
        int xid = exchanges.xid(client);
        exchanges.end(client);
        int address = holdings.address(client);
        int server = holdings.server(client);
        // The client stops using the address before it tells (RFC 2131 §4.4.6).
        holdings.ended(client);
        if (holdLog != null) {
            holdLog.released(messages.hardwareText(client), address, clock.millis() / 1000);
            holdLog.flush();
        }
        wire.send(
                messages.release(client, xid, address, server),
                ClientMessages.MESSAGE_BYTES,
                address,
                server);
        counters.releases++;
    }

    /** Sends what the client's phase asks for, for the first time or again. */
    private void transmit(int client) {
        int xid = exchanges.xid(client);
        int secs = exchanges.secs(client, now);
        int source = 0;
        int server = 0;
        byte[] message =
                switch (exchanges.phase[client]) {
                    case Exchanges.SELECTING, Exchanges.ASKING ->
                            messages.discover(client, xid, secs);
                    case Exchanges.REQUESTING ->
                            messages.request(
                                    client,
                                    xid,
                                    secs,
                                    exchanges.offered[client],
                                    exchanges.offeredBy[client]);
                    default -> {
                        source = holdings.address(client);
                        server = holdings.server(client);
                        yield messages.renew(client, xid, secs, source);
                    }
                };
        wire.send(message, ClientMessages.MESSAGE_BYTES, source, server);
        timeouts.sent(client, now + plan.timeoutNanos());
    }

    private void expired(int client) {
        if (exchanges.tries[client] < plan.retries()) {
            exchanges.tries[client]++;
            counters.retransmits++;
            transmit(client);
        } else {
            counters.lost++;
            exchanges.end(client);
        }
    }

    @Override
    public long hardwareOf(int address) {
        int client = holdings.holder(address);
        return client == AddressMap.NOBODY ? -1 : messages.hardware(client);
    }

    @Override
    public void message(byte[] bytes, int offset, int length, long arrivedNanos) {
        if (!reply.read(bytes, offset, length)) {
            counters.malformed++;
            return;
        }
        int client = exchanges.clientOf(reply.xid());
        if (client == AddressMap.NOBODY || messages.hardware(client) != reply.hardware()) {
            counters.strays++;
            return;
        }
        now = nanoTime.getAsLong();
        byte phase = exchanges.phase[client];
        boolean selecting = phase == Exchanges.SELECTING || phase == Exchanges.ASKING;
        if (reply.type() == MessageType.OFFER.code() && selecting) {
            offered(client, phase, arrivedNanos);
        } else if (reply.type() == MessageType.ACK.code() && !selecting) {
            acked(client, phase, arrivedNanos);
        } else if (reply.type() == MessageType.NAK.code() && !selecting) {
            counters.naks++;
            timeouts.answered(client);
            holdings.ended(client);
            exchanges.end(client);
        } else {
            counters.strays++;
        }
    }

    private void offered(int client, byte phase, long arrivedNanos) {
        if (reply.yiaddr() == 0 || reply.server() == 0) {
            counters.malformed++;
            return;
        }
        timeouts.answered(client);
        counters.offer.record(exchanges.answered(client, arrivedNanos));
        if (phase == Exchanges.ASKING) {
            counters.pairs++;
            exchangesInAll++;
            exchanges.end(client);
            return;
        }
        exchanges.offered[client] = reply.yiaddr();
        exchanges.offeredBy[client] = reply.server();
        exchanges.step(client, Exchanges.REQUESTING, now);
        transmit(client);
    }

    private void acked(int client, byte phase, long arrivedNanos) {
        if (reply.yiaddr() == 0 || reply.leaseSeconds() == 0) {
            counters.malformed++;
            return;
        }
        timeouts.answered(client);
        // A lease is counted from when the request was sent (RFC 2131 §4.4.1).
        long leaseEnd = exchanges.stepNanos(client) + reply.leaseSeconds() * 1_000_000_000L;
        int server = reply.server() == 0 ? holdings.server(client) : reply.server();
        int other = holdings.acked(client, reply.yiaddr(), server, now, leaseEnd);
        if (other != AddressMap.NOBODY) {
            heldTwice(client, other);
        }
        if (holdLog != null) {
            long heldMillis = (leaseEnd - now) / 1_000_000;
            holdLog.acked(
                    messages.hardwareText(client),
                    reply.yiaddr(),
                    (clock.millis() + heldMillis) / 1000);
        }
        long took = exchanges.answered(client, arrivedNanos);
        if (phase == Exchanges.RENEWING) {
            counters.renewals++;
            counters.renewal.record(took);
        } else {
            counters.full++;
            counters.ack.record(took);
            counters.exchange.record(exchanges.waited(client));
        }
        if (!exchanges.hadLease[client]) {
            exchanges.hadLease[client] = true;
            counters.firstLeases++;
        }
        exchangesInAll++;
        exchanges.end(client);
    }

    private void heldTwice(int client, int other) {
        if (counters.heldTwice++ < HELD_TWICE_TOLD_MAX) {
            alarm.accept(
                    Ip4Address.of(reply.yiaddr())
                            + " was given to "
                            + messages.hardwareText(client)
                            + " while "
                            + messages.hardwareText(other)
                            + " holds it");
        }
    }

    Counters measured() {
        return measured;
    }

    /**
     * Full exchanges, pairs and renewals since the start, those that were not measured included.
     */
    long exchangesInAll() {
        return exchangesInAll;
    }

    /** How many clients hold an address now. */
    int holders() {
        return holdings.count();
    }
}
