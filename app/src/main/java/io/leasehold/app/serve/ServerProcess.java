package io.leasehold.app.serve;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.control.ControlHandler;
import io.leasehold.app.leases.HostJournal;
import io.leasehold.app.netboot.BootBeside;
import io.leasehold.app.relay.Relays;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.Health;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.LinkCounts;
import io.leasehold.app.run.RateLimit;
import io.leasehold.lease.Journal;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.Link;
import io.leasehold.link.LinkClock;
import io.leasehold.link.LinkCounters;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.Server;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.service.Committer;
import io.leasehold.service.Service;
import io.leasehold.service.ServiceClock;
import io.leasehold.service.ServiceHooks;
import io.leasehold.service.ServiceTime;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server at work: journal, sockets, rules and loop, joined. */
public final class ServerProcess implements Health, ServiceHooks, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("leasehold.server");
    private static final int ANSWER_MILLIS_MAX = 10_000;

    private final Counters counters = new Counters();
    private final Journal journal;
    private final Link link;
    private final @Nullable InterfaceNetworks networks;
    private final ServiceTime time;
    private final RateLimit stepsPutOff;
    private final ExchangeLog log;
    private final DurableAnswers answers;
    private final Server server;
    private final Relays relays;
    private final BootBeside boots;
    private final Service<List<LeaseChange>> service;
    private final LoopCalls calls;
    private volatile List<NetworkInterface> interfaces;
    private volatile boolean running = true;

    /**
     * Opens journal and loads it, then builds the rules; {@link #run} serves.
     *
     * @param config where leases are kept and how the server is to behave
     * @param link what to serve on; closed with the process
     * @param networks where the configuration follows the interfaces; null where it stands by
     *     itself
     * @param json where it tells of machines that boot, a JSON object a line; null for the log
     */
    ServerProcess(
            AppConfig config,
            Link link,
            @Nullable InterfaceNetworks networks,
            @Nullable PrintStream json)
            throws IOException {
        this(config, link, networks, json, ServiceClock.ofHost(), new LinkClock().bootId());
    }

    ServerProcess(
            AppConfig config,
            Link link,
            @Nullable InterfaceNetworks networks,
            @Nullable PrintStream json,
            ServiceClock clock,
            String bootId)
            throws IOException {
        this.link = link;
        this.networks = networks;
        this.boots = new BootBeside(config.netboot(), counters, json);
        this.interfaces = link.interfaces();
        this.journal = HostJournal.open(config.data(), clock, bootId);
        try {
            LeaseTable table = new LeaseTable(new SecureRandom().nextLong());
            for (String note : journal.load(table::put)) {
                LOG.log(Level.WARNING, note);
            }
            this.time = new ServiceTime(clock, journal.notBeforeSeconds() * 1000);
            this.stepsPutOff = RateLimit.oncePerMinute(clock::bootMillis);
            this.log = new ExchangeLog(this::nameOf, counters, HostClock::runningMillis);
            this.answers = new DurableAnswers(log);
            this.server = new Server(config.server(), table, 67, 68, answers);
            server.interfaces(forServer(interfaces));
            this.relays = new Relays(config.relays());
            Role<List<LeaseChange>> role = boots.around(answers.around(server), this::nameOf);
            this.service =
                    new Service<>(
                            link,
                            config.relays().isEmpty() ? role : relays.beside(role),
                            committer(),
                            time,
                            log,
                            this);
            this.calls = new LoopCalls(service::execute, ANSWER_MILLIS_MAX);
            relays.interfacesChanged(interfaces);
            relays.start();
        } catch (IOException | RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    private Committer<List<LeaseChange>> committer() {
        return (batches, settled) -> {
            List<LeaseChange> all = new ArrayList<>(batches.size());
            for (List<LeaseChange> batch : batches) {
                all.addAll(batch);
            }
            return journal.submit(all, settled);
        };
    }

    /**
     * Serves until {@link #stop}.
     *
     * @throws IOException when it cannot go on: the sockets or the journal ended. Started anew, by
     *     whoever looks after the process, it serves all that clients were told
     */
    public void run() throws IOException {
        try {
            service.run();
        } finally {
            running = false;
        }
        if (journal.ended()) {
            IOException why = journal.lastFailure();
            throw new IOException(why == null ? "the journal ended" : why.getMessage(), why);
        }
    }

    /** Ends {@link #run}, from any thread. */
    public void stop() {
        service.stop();
    }

    /** How many leases were on record at the start, and are now. */
    public int leases() {
        return server.table().size();
    }

    /**
     * Serves by another configuration from now on. What needs other sockets or another journal
     * takes a restart.
     */
    public void configure(AppConfig config) throws IOException {
        calls.call(
                () -> {
                    server.configure(config.server());
                    boots.configure(config.netboot());
                    if (!config.relays().isEmpty()) {
                        relays.configure(config.relays());
                        List<String> served = new ArrayList<>(config.interfaces());
                        config.relays()
                                .forEach(each -> served.addAll(each.rules().clientInterfaces()));
                        link.serve(served);
                    }
                    return "";
                });
    }

    /**
     * Frees an address that was declined or found in use, durably.
     *
     * @param by the user who wants it
     * @return null when it was done, else why not
     */
    @Nullable String clear(Ip4Address address, String by) throws IOException {
        String why =
                calls.callLater(
                        answer -> {
                            Lease kept = server.table().get(address);
                            LeaseChange change = server.clear(address, time.nowMillis() / 1000);
                            if (change == null || kept == null) {
                                answer.complete(address + " is neither declined nor in conflict");
                                return;
                            }
                            List<LeaseChange> changes = List.of(change);
                            answers.whenSettled(
                                    changes,
                                    durable -> {
                                        if (durable) {
                                            log.cleared(kept, by);
                                        }
                                        answer.complete(durable ? "" : notDurable());
                                    });
                            service.commit(changes);
                        });
        return why.isEmpty() ? null : why;
    }

    private String notDurable() {
        IOException failure = journal.lastFailure();
        return failure == null
                ? "too much waits for the disk; try again"
                : String.valueOf(failure.getMessage());
    }

    /**
     * How the server does, a line each: whether it can give leases, how many there are, and the
     * counters, those of the sockets included.
     */
    List<String> status() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(ControlHandler.ready(problems()));
        // Looked at all, but not on the loop: they may be millions.
        Supplier<String> leases =
                calls.call(
                        () -> {
                            Collection<Lease> all = server.table().snapshot();
                            long now = time.nowMillis() / 1000;
                            Map<String, Integer> counts = LeaseCounts.of(server.table());
                            return () -> LeaseCounts.line(counts, all, now);
                        });
        lines.add(leases.get());
        counters().forEach((name, count) -> lines.add(name + " " + count));
        lines.addAll(relays.status());
        return lines;
    }

    @Override
    public @Nullable String dead() {
        return relays.dead(running);
    }

    @Override
    public List<String> lacks() {
        List<String> problems = new ArrayList<>();
        IOException failure = journal.lastFailure();
        if (failure != null) {
            problems.add(String.valueOf(failure.getMessage()));
        }
        problems.addAll(relays.problems());
        problems.addAll(boots.problems());
        return problems;
    }

    /** How many leases there are, on record and in each state. */
    public Map<String, Integer> leaseCounts() throws IOException {
        return calls.call(() -> LeaseCounts.of(server.table()));
    }

    /** What boots machines beside the server, perhaps nothing. */
    public BootBeside boots() {
        return boots;
    }

    /** The relays beside the server, perhaps none. */
    public Relays relays() {
        return relays;
    }

    /** What was answered and what was not, by name. */
    public Map<String, Long> counted() {
        return counters.snapshot();
    }

    /** What the sockets counted. */
    public LinkCounters sockets() {
        return link.counters();
    }

    /** Counters by name, those of the sockets included. */
    public Map<String, Long> counters() {
        Map<String, Long> all = counted();
        all.putAll(LinkCounts.byName(link.counters()));
        return all;
    }

    @Override
    public void tick(long nowMillis) {
        if (journal.ended()) {
            service.stop();
            return;
        }
        relays.tick();
        log.tick();
        followClock();
        server.settleEnded(time.nowMillis() / 1000);
        if (journal.snapshotDue()) {
            journal.snapshot(server.table().snapshot());
        }
    }

    /**
     * The journal hears of a step before anything that is decided by the new time. It keeps what it
     * took through its own failures; what it did not take is tried again at the next tick.
     */
    private void followClock() {
        long step = time.stepSeconds();
        if (step == 0) {
            return;
        }
        if (service.stepTime(step, List.of(new LeaseChange.Shift(step)))) {
            server.shift(step);
            LOG.log(
                    Level.WARNING,
                    "the host's clock was set by " + step + " s: all leases move with it");
        } else if (stepsPutOff.pass()) {
            LOG.log(
                    Level.WARNING,
                    "the host's clock was set by "
                            + step
                            + " s; leases move with it once the journal keeps up");
        }
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> current) {
        interfaces = current;
        server.interfaces(forServer(current));
        relays.interfacesChanged(current);
        ServerConfig next = networks == null ? null : networks.follow(current);
        if (next != null) {
            server.configure(next);
        }
    }

    private String nameOf(int index) {
        for (NetworkInterface one : interfaces) {
            if (one.index() == index) {
                return one.name();
            }
        }
        return "interface " + index;
    }

    private static List<HostInterface> forServer(List<NetworkInterface> interfaces) {
        List<HostInterface> result = new ArrayList<>();
        for (NetworkInterface one : interfaces) {
            List<HostInterface.Address> addresses = new ArrayList<>();
            for (InterfaceAddress address : one.addresses()) {
                addresses.add(new HostInterface.Address(address.address(), address.network()));
            }
            result.add(new HostInterface(one.index(), one.name(), addresses));
        }
        return result;
    }

    /** Makes durable what waits, and lets go of sockets and journal. */
    @Override
    public void close() throws IOException {
        relays.close();
        try {
            journal.close();
            service.finish();
        } finally {
            link.close();
        }
    }
}
