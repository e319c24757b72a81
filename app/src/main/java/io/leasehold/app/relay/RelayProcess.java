package io.leasehold.app.relay;

import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.app.run.Health;
import io.leasehold.app.run.LinkCounts;
import io.leasehold.link.Link;
import io.leasehold.link.LinkCounters;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import io.leasehold.service.Committer;
import io.leasehold.service.Service;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.ServiceEvents;
import io.leasehold.service.ServiceHooks;
import io.leasehold.service.ServiceTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Relays at work: sockets, rules and loop, joined. */
public final class RelayProcess implements Health, ServiceHooks, AutoCloseable {
    private final Relays relays;
    private final Link link;
    private final Service<Void> service;
    private volatile List<String> served = List.of();
    private volatile boolean running = true;

    /**
     * Joins what is needed; {@link #run} relays.
     *
     * @param link what to relay on; closed with the process
     */
    RelayProcess(Relays relays, Link link) {
        this.relays = relays;
        this.link = link;
        ServiceTime time = new ServiceTime(ServiceClock.ofHost(), 0);
        this.service =
                new Service<>(
                        link,
                        relays.beside(null),
                        Committer.none(),
                        time,
                        new Events(relays),
                        this);
        interfacesChanged(link.interfaces());
    }

    private record Events(Relays relays) implements ServiceEvents {
        @Override
        public void malformed(Ip4Address source, int index, ParseResult.Malformed what) {
            relays.loopLog().malformed(source, index, what);
        }

        @Override
        public void shed() {
            relays.loopLog().shed();
        }

        @Override
        public void fault(String what, @Nullable Arrival arrival, Throwable fault) {
            relays.loopLog().fault(what, arrival, fault);
        }

        @Override
        public void notDurable(int replies, IOException why) {
            throw new IllegalStateException("a relay makes nothing durable", why);
        }

        @Override
        public void storeBusy(int replies) {
            throw new IllegalStateException("a relay makes nothing durable");
        }
    }

    /**
     * Relays until {@link #stop}.
     *
     * @throws IOException when the sockets can no longer be waited on
     */
    public void run() throws IOException {
        try {
            service.run();
        } finally {
            running = false;
        }
    }

    /** Ends {@link #run}, from any thread. */
    public void stop() {
        service.stop();
    }

    /** Relays by other settings from now on; from any thread. */
    void configure(List<RelaySetup> setups) {
        service.execute(
                () -> {
                    relays.configure(setups);
                    interfacesChanged(link.interfaces());
                });
    }

    @Override
    public @Nullable String dead() {
        return relays.dead(running);
    }

    /** Each relay has a server with an address, and what was asked was answered. */
    @Override
    public List<String> lacks() {
        return relays.problems();
    }

    /** How the relays do, a line each: whether they can relay, and what they counted. */
    List<String> status() {
        List<String> lines = new ArrayList<>();
        lines.add(ControlHandler.ready(problems()));
        lines.addAll(relays.status());
        relays.counters().incidents().forEach((name, count) -> lines.add(name + " " + count));
        LinkCounts.byName(sockets()).forEach((name, count) -> lines.add(name + " " + count));
        return lines;
    }

    /** The relays of this process, with their counters and servers. */
    public Relays relays() {
        return relays;
    }

    /** The interfaces whose clients are served. */
    List<String> served() {
        return served;
    }

    /** What the sockets counted. */
    public LinkCounters sockets() {
        return link.counters();
    }

    @Override
    public void tick(long nowMillis) {
        relays.tick();
        relays.loopLog().tick();
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> interfaces) {
        relays.interfacesChanged(interfaces);
        List<String> now = relays.clientInterfaces(interfaces);
        if (!now.equals(served)) {
            served = now;
            link.serve(now);
        }
    }

    /** Ends the lookups, and lets go of the sockets. */
    @Override
    public void close() {
        relays.close();
        service.finish();
        link.close();
    }
}
