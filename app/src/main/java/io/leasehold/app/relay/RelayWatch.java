package io.leasehold.app.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.relay.Relay;
import io.leasehold.relay.RelayDropReason;
import io.leasehold.relay.RelayEvents;
import io.leasehold.relay.RelayIncident;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Hears what one relay decides: counts it, tells it, and notices when nobody answers. */
final class RelayWatch implements RelayEvents {
    /** So long may a server be silent to requests before its name is resolved again, and again. */
    private static final long SILENCE_NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private final RelayCounters counters;
    private final RelayLog log;
    private final LongSupplier nanos;
    private final Consumer<RelayServer> onSilence;
    private final Exchanges exchanges = new Exchanges();
    private final IdentityHashMap<RelayServer, Silence> silences = new IdentityHashMap<>();
    private final Silence all = new Silence();
    private @Nullable Arrival latest;

    /** How long nobody has answered; written by the loop alone. */
    private static final class Silence {
        private volatile boolean waiting;
        private volatile long sinceNanos;

        void asked(long nowNanos) {
            if (!waiting) {
                sinceNanos = nowNanos;
                waiting = true;
            }
        }

        void ended() {
            if (waiting) {
                waiting = false;
            }
        }

        boolean isLongerThan(long forNanos, long nowNanos) {
            return waiting && nowNanos - sinceNanos > forNanos;
        }
    }

    /**
     * @param nanos a clock, as {@link System#nanoTime}
     * @param onSilence called on the loop's thread, more than once, while a server does not answer
     */
    RelayWatch(
            RelayCounters counters,
            RelayLog log,
            LongSupplier nanos,
            Consumer<RelayServer> onSilence) {
        this.counters = counters;
        this.log = log;
        this.nanos = nanos;
        this.onSilence = onSilence;
    }

    /** There are other servers now, as other objects. */
    void serversChanged() {
        silences.clear();
        counters.serversChanged();
    }

    /** Looks for servers that do not answer; on the loop's thread, from time to time. */
    void tick() {
        long now = nanos.getAsLong();
        silences.forEach(
                (server, silence) -> {
                    if (silence.isLongerThan(SILENCE_NANOS_MAX, now)) {
                        silence.ended();
                        onSilence.accept(server);
                    }
                });
    }

    /** False while a request has waited for its answer for so long; from any thread. */
    boolean isAnswering(long withinNanos) {
        return !all.isLongerThan(withinNanos, nanos.getAsLong());
    }

    @Override
    public void relayed(Arrival request, RelayInterface from, RelayServer to) {
        counters.of(to).relayed.increment();
        long now = nanos.getAsLong();
        if (Relay.expectsAnswer(request.message(), from, to)) {
            silences.computeIfAbsent(to, any -> new Silence()).asked(now);
            all.asked(now);
        }
        goesOn(request, from, now);
        log.relayed(request, from, to);
    }

    @Override
    public void relayedByBroadcast(Arrival request, RelayInterface from, RelayInterface to) {
        long now = nanos.getAsLong();
        if (Relay.expectsAnswer(request.message(), from, null)) {
            all.asked(now);
        }
        goesOn(request, from, now);
        log.relayed(request, from, to);
    }

    /** Once a request, however many servers get it. */
    @SuppressWarnings("ReferenceEquality")
    private void goesOn(Arrival request, RelayInterface from, long nowNanos) {
        if (request == latest) {
            return;
        }
        latest = request;
        counters.of(from.index()).relayed.increment();
        if (Relay.expectsAnswer(request.message())) {
            exchanges.began(request.message(), nowNanos);
        }
    }

    @Override
    public void answered(Arrival reply, @Nullable RelayServer from, RelayInterface to) {
        counters.of(to.index()).answered.increment();
        if (from != null) {
            counters.of(from).answered.increment();
            Silence silence = silences.get(from);
            if (silence != null) {
                silence.ended();
            }
        }
        all.ended();
        long took = exchanges.ended(reply.message(), nanos.getAsLong());
        if (took >= 0) {
            counters.latency().record(took);
        }
        log.answered(reply, from, to);
    }

    @Override
    public void dropped(Arrival arrival, RelayDropReason reason) {
        counters.of(arrival.interfaceIndex()).dropped(reason).increment();
        log.dropped(arrival, reason);
    }

    @Override
    public void noted(Arrival arrival, RelayIncident incident) {
        counters.noted(incident);
        log.noted(arrival, incident);
    }

    @Override
    public void serverSilent(RelayServer server, long nowMillis) {
        log.serverSilent(server);
        onSilence.accept(server);
    }

    @Override
    public void serverBack(RelayServer server, long nowMillis) {
        log.serverBack(server);
    }
}
