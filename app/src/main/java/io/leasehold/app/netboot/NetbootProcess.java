package io.leasehold.app.netboot;

import io.leasehold.app.bootfiles.BootFileServers;
import io.leasehold.app.bootfiles.BootFileSettings;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.run.Health;
import io.leasehold.app.scripts.ScriptMaker;
import io.leasehold.link.Link;
import io.leasehold.link.LinkCounters;
import io.leasehold.link.LinkOptions;
import io.leasehold.netboot.proxy.BootPort;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A boot service at work: its ports, each with a loop of its own, and its files. */
public final class NetbootProcess implements Health, Closeable {
    private static final int JOIN_MILLIS_MAX = 5_000;

    private final BootTelling telling;
    private final @Nullable Path root;
    private @Nullable ScriptMaker scripts;
    private final List<BootLoop> loops = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    /**
     * Opens all sockets; {@link #run} answers.
     *
     * @throws IOException says in one line what it cannot have
     */
    public NetbootProcess(NetbootSetup setup, BootTelling telling) throws IOException {
        this.telling = telling;
        this.root = setup.root();
        try {
            if (!setup.proxyOnly()) {
                open(BootPort.DHCP, setup, shared(setup));
            }
            open(BootPort.BOOT_SERVER, setup, LinkOptions.of(names(setup)));
            if (root != null) {
                ScriptMaker made = new ScriptMaker(root, setup.rules(), telling.counters());
                scripts = made;
                opened.push(made);
                opened.push(
                        BootFileServers.start(
                                files(setup, root), made, telling.counters(), telling));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static BootFileSettings files(NetbootSetup setup, Path root) {
        return new BootFileSettings(
                root, setup.interfaces(), setup.tftp(), setup.rules().httpPort());
    }

    private static String[] names(NetbootSetup setup) {
        return setup.interfaces().toArray(String[]::new);
    }

    /**
     * Answers on port 4011 and serves the files, on threads of its own, beside this process's own
     * DHCP server. Ends when it is closed.
     */
    public static NetbootProcess beside(NetbootSetup setup, BootTelling telling)
            throws IOException {
        NetbootProcess process = new NetbootProcess(setup.withProxyOnly(), telling);
        Thread thread = Thread.ofPlatform().name("netboot").start(process::runBeside);
        process.opened.push(() -> process.join(thread));
        return process;
    }

    private void join(Thread thread) {
        stop();
        try {
            thread.join(JOIN_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runBeside() {
        try {
            run();
        } catch (IOException e) {
            BootLog.LOG.log(Level.ERROR, "port 4011 is not answered any more: " + e.getMessage());
        }
    }

    /** Another server may have port 67 on this host, and every unicast that comes there. */
    private static LinkOptions shared(NetbootSetup setup) {
        String[] listen = setup.listen().stream().map(Ip4Address::toString).toArray(String[]::new);
        return LinkOptions.of(names(setup)).withListen(listen).withSharedPort();
    }

    private void open(BootPort port, NetbootSetup setup, LinkOptions options) throws IOException {
        Link link = Link.open(options.withPort(port.number()).withoutPings());
        BootLoop loop = new BootLoop(port, setup.interfaces(), setup.rules(), link, telling);
        loops.add(loop);
        opened.push(loop);
    }

    /**
     * Answers until {@link #stop}.
     *
     * @throws IOException when a port can no longer be waited on
     */
    public void run() throws IOException {
        List<Thread> threads = new ArrayList<>();
        for (BootLoop loop : loops) {
            threads.add(Thread.ofPlatform().name("netboot").start(() -> run(loop)));
        }
        try {
            ended.await();
            loops.forEach(BootLoop::stop);
            for (Thread each : threads) {
                each.join(JOIN_MILLIS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException why = failure.get();
        if (why != null) {
            throw why;
        }
    }

    private void run(BootLoop loop) {
        try {
            loop.run();
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        } finally {
            ended.countDown();
        }
    }

    /** Boots machines by other rules from now on; from any thread. */
    void configure(NetbootConfig rules) {
        ScriptMaker made = scripts;
        if (made != null) {
            // First those who are asked for what the others tell.
            made.configure(rules);
        }
        loops.forEach(each -> each.configure(rules));
    }

    @Override
    public @Nullable String dead() {
        if (ended.getCount() == 0) {
            return "a port is not answered any more";
        }
        return loops.stream().allMatch(BootLoop::isTurning) ? null : "a loop hangs";
    }

    @Override
    public List<String> lacks() {
        return root == null || Files.isReadable(root)
                ? List.of()
                : List.of("the boot files' root " + root + " cannot be read");
    }

    /** What machines did, and how far they came. */
    public BootTelling telling() {
        return telling;
    }

    /** What the sockets of all ports counted. */
    public List<LinkCounters> sockets() {
        return loops.stream().map(BootLoop::sockets).toList();
    }

    /** Ends {@link #run}, from any thread. */
    public void stop() {
        ended.countDown();
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                BootLog.LOG.log(Level.WARNING, "while it ended: " + e);
            }
        }
    }
}
