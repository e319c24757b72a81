package io.leasehold.app.bench;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run, from its sockets to its results. */
public final class BenchRun {
    /** How long printing the results may take after Ctrl-C. */
    private static final int PRINT_SECONDS_MAX = 5;

    private final Plan plan;
    private final Route route;
    private final @Nullable Path holdLog;
    private final Consumer<String> alarm;
    private volatile boolean heldTwice;

    /**
     * How messages reach the server.
     *
     * @param interfaceName the interface of clients on the link
     * @param relay the relay agent's address for relayed clients; null for clients on the link
     * @param server the server's address for relayed clients
     * @param broadcastFlag true when clients ask for replies by broadcast
     */
    public record Route(
            String interfaceName,
            @Nullable Ip4Address relay,
            Ip4Address server,
            boolean broadcastFlag) {}

    /**
     * @param holdLog the file that each ACKed lease is appended to; null for none
     * @param alarm told of each address that two clients hold, as it is found; a bounded number
     */
    public BenchRun(Plan plan, Route route, @Nullable Path holdLog, Consumer<String> alarm) {
        this.plan = plan;
        this.route = route;
        this.holdLog = holdLog;
        this.alarm = alarm;
    }

    /**
     * Runs, and hands over the results; also after Ctrl-C, with what was measured until then.
     *
     * @throws IOException when the sockets cannot be opened or break, or the hold log cannot be
     *     written
     */
    public void run(Consumer<Results> results) throws IOException {
        CountDownLatch printed = new CountDownLatch(1);
        try (Wire wire = open();
                HoldLog log = holdLog == null ? null : HoldLog.append(holdLog)) {
            Ip4Address relay = route.relay();
            ClientMessages messages =
                    new ClientMessages(
                            plan.startClient(),
                            route.broadcastFlag(),
                            relay == null ? 0 : relay.bits());
            Generator generator =
                    new Generator(
                            plan, messages, wire, System::nanoTime, Clock.systemUTC(), log, alarm);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().unstarted(() -> finish(generator, printed)));
            Results measured = measured(generator, wire);
            heldTwice = measured.addressHeldTwice();
            results.accept(measured);
        } finally {
            printed.countDown();
        }
    }

    private Wire open() throws IOException {
        Ip4Address relay = route.relay();
        return relay == null
                ? new LinkWire(route.interfaceName())
                : new RelayWire(relay, route.server());
    }

    private Results measured(Generator generator, Wire wire) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long before = System.nanoTime();
        long measuredNanos = generator.run();
        double busy =
                (threads.getCurrentThreadCpuTime() - cpuBefore)
                        / (double) (System.nanoTime() - before);
        return new Results(
                plan,
                generator.measured(),
                measuredNanos / 1e9,
                generator.exchangesInAll(),
                busy,
                generator.holders(),
                wire.trouble());
    }

    /** What Ctrl-C does: the run ends early, and the results are still printed. */
    private void finish(Generator generator, CountDownLatch printed) {
        generator.stop();
        try {
            boolean done = printed.await(PRINT_SECONDS_MAX, TimeUnit.SECONDS);
            if (done && heldTwice) {
                // The exit code of a signal would hide what must not be overlooked.
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
