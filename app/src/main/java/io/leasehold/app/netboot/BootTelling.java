package io.leasehold.app.netboot;

import io.leasehold.app.Printable;
import io.leasehold.app.bootfiles.FetchWatch;
import io.leasehold.app.log.LineQueue;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.InterfaceNames;
import io.leasehold.app.run.RateLimit;
import io.leasehold.netboot.proxy.NetbootEvents;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.netboot.watch.BootMachine;
import io.leasehold.netboot.watch.BootPhase;
import io.leasehold.netboot.watch.BootStep;
import io.leasehold.netboot.watch.BootWatch;
import io.leasehold.netboot.watch.WatchedEvents;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each machine how far it comes: in the log or as JSON, and in counters. One for all ports
 * and file servers of a boot service, which call it from their threads.
 */
public final class BootTelling implements FetchWatch {
    /** As many as a hall of machines that boot at once. */
    private static final int LINES_PER_SECOND_MAX = 200;

    private static final int LINES_BURST_MAX = 2_000;

    private final Counters counters;
    private final BootCounts counts = new BootCounts();
    private final @Nullable LineQueue json;
    private final Level offers;
    private final RateLimit answers = limit();
    private final RateLimit verdicts = limit();
    private final BootWatch watch = new BootWatch(this::happened, BootNeighbours::hardwareOf);

    /**
     * @param counters of all that is done, by name
     * @param json where an object a line goes, instead of lines in the log, as long as somebody
     *     reads it; null for the log
     * @param offers what an OFFER is worth in the log
     */
    BootTelling(Counters counters, @Nullable PrintStream json, Level offers) {
        this.counters = counters;
        this.json = json == null ? null : queue(json);
        this.offers = offers;
    }

    private static LineQueue queue(PrintStream json) {
        LineQueue queue =
                new LineQueue(
                        "json", json, lost -> BootJson.bytes(BootJson.loss(lost, Instant.now())));
        queue.start();
        return queue;
    }

    private static RateLimit limit() {
        return new RateLimit(HostClock::runningMillis, LINES_PER_SECOND_MAX, LINES_BURST_MAX);
    }

    /** Hears what the rules of a port decide. */
    NetbootEvents events(InterfaceNames names) {
        return new BootLog(names, counters, watched(names), tellsAll());
    }

    /** The same, without counting or telling what is left alone. */
    WatchedEvents watched(InterfaceNames names) {
        return new WatchedEvents(watch, HostClock::runningMillis, names::of);
    }

    /** Judges by what did not happen; to be called again and again. */
    public void tick() {
        watch.tick(HostClock.runningMillis());
    }

    /** What machines did. */
    public BootCounts counts() {
        return counts;
    }

    /** How many machines came how far within the last hour. */
    public Map<BootPhase, Integer> machines() {
        return watch.counts();
    }

    /** What was done, by name. */
    public Counters counters() {
        return counters;
    }

    @Override
    public void begun(Ip4Address from) {
        watch.fetching(HostClock.runningMillis(), from);
    }

    @Override
    public String ended(BootFetch fetch, boolean begun) {
        BootMachine machine = watch.fetched(HostClock.runningMillis(), fetch, begun);
        return machine == null ? "" : machine.hardware().toString();
    }

    @Override
    public boolean tellsAll() {
        return json != null;
    }

    /** One thing after the other. */
    private void happened(BootStep step) {
        counts.count(step);
        LineQueue to = json;
        if (to != null) {
            Instant at = Instant.now();
            to.add(() -> BootJson.bytes(BootJson.line(step, at)), step instanceof BootStep.Stuck);
            return;
        }
        switch (step) {
            case BootStep.Asked asked -> log(Level.DEBUG, null, "asked: " + who(asked.machine()));
            case BootStep.Offered offered -> log(level(offered), answers, text(offered));
            case BootStep.Booted booted -> log(Level.INFO, verdicts, text(booted));
            case BootStep.Stuck stuck -> log(Level.WARNING, verdicts, text(stuck));
            case BootStep.LeftAlone _, BootStep.Fetched _ -> {
                // Told with what else is known of them where they happen.
            }
        }
    }

    private Level level(BootStep.Offered offered) {
        return offered.type() == MessageType.OFFER ? offers : Level.INFO;
    }

    private static void log(Level level, @Nullable RateLimit limit, String line) {
        if (BootLog.LOG.isLoggable(level) && (limit == null || limit.pass())) {
            BootLog.LOG.log(level, line + (limit == null ? "" : limit.takeHeldText()));
        }
    }

    private static String who(BootMachine machine) {
        return Printable.of(machine.text());
    }

    private static String text(BootStep.Offered offered) {
        String what = offered.told().what();
        String boot =
                offered.told().asksAgain()
                        ? "ask again on port 4011"
                        : what.isEmpty() ? "fetch what it knows by itself" : "boot " + what;
        String rule = Printable.of(offered.told().ruleText());
        return offered.type() + " to " + who(offered.machine()) + ": " + boot + ", by " + rule;
    }

    private static String text(BootStep.Booted booted) {
        String file = Printable.quoted(booted.file());
        String since = booted.evidence().text();
        return "booted: " + who(booted.machine()) + ": " + file + ", since " + since;
    }

    private static String text(BootStep.Stuck stuck) {
        String what = Printable.of(stuck.what());
        return "stuck: " + who(stuck.machine()) + ": " + what + "; look: " + stuck.at().look();
    }
}
