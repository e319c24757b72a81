package io.leasehold.app.relay;

import io.leasehold.app.admin.AdminServer;
import io.leasehold.app.admin.RelayMetrics;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.log.Logs;
import io.leasehold.app.run.PidFile;
import io.leasehold.app.run.Signals;
import io.leasehold.link.Daemon;
import io.leasehold.link.InheritedSockets;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NeighbourScope;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Notify;
import io.leasehold.link.Privileges;
import io.leasehold.link.User;
import io.leasehold.relay.RelayConfig;
import io.leasehold.relay.RelayServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code leasehold relay} from its start to its end: waits, sockets, process, signals. */
public final class Relaying {
    /** How long names may take to be looked up for the first time; the resolver's own limits. */
    private static final long LOOK_UP_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private static final long STEP_MILLIS = 20;
    private static final long TRY_AGAIN_MILLIS = 500;

    private Relaying() {}

    /**
     * Relays by flags. Returns when it was told to stop.
     *
     * @param waitSeconds so long it waits for what it needs: the port, the interfaces, a server's
     *     address and a way to it; 0 to have it at once or not at all
     * @throws IOException says in one line what it cannot have
     */
    public static void byFlags(RelaySetup setup, int waitSeconds, Footing footing, LogConfig log)
            throws IOException {
        // Whoever starts a daemon is told what is wrong, and syslog the rest.
        Logs.use(Daemon.isAwaited() ? new LogConfig(log.format(), LogConfig.Level.WARN) : log);
        try (Relays relays = new Relays(List.of(setup))) {
            relays.start();
            LinkOptions sockets = sockets(setup.rules(), footing.become() != null);
            try (Link link =
                            waitSeconds == 0
                                    ? open(relays, setup.rules(), sockets)
                                    : wait(relays, setup.rules(), sockets, waitSeconds);
                    RelayProcess process = new RelayProcess(relays, link);
                    Closeable _ = tell(process, footing.admin());
                    Closeable _ =
                            RelayControl.answer(
                                    footing.data(),
                                    footing.become(),
                                    new RelayControl(process, null))) {
                stand(process, setup, footing, log);
            }
        }
        RelayLog.LOG.log(Level.INFO, "stopped");
    }

    /** Before it becomes somebody else, who could not have a port below 1024. */
    static Closeable tell(RelayProcess process, @Nullable InetSocketAddress admin)
            throws IOException {
        return AdminServer.start(admin, process, () -> RelayMetrics.of(process));
    }

    private static void stand(
            RelayProcess process, RelaySetup setup, Footing footing, LogConfig log)
            throws IOException {
        try (PidFile _ = PidFile.write(footing.pidFile())) {
            become(footing.become());
            Signals.onEnd(process::stop);
            if (Daemon.isAwaited()) {
                Daemon.ready();
                Logs.useForDaemon(log);
            }
            tellReady(process, setup);
            process.run();
        }
    }

    /** Gives up what root may do; null for nothing. */
    static void become(@Nullable User user) throws IOException {
        if (user != null) {
            // Afterwards the jars may be out of reach: this look for nothing opens them all.
            ClassLoader.getSystemResource("io/leasehold/nothing");
            Privileges.become(user);
        }
    }

    /** Opens the sockets, and waits until the names of servers were looked up once. */
    private static Link open(Relays relays, RelayConfig rules, LinkOptions sockets)
            throws IOException {
        Link link = openLink(rules, sockets);
        try {
            long end = System.nanoTime() + LOOK_UP_NANOS_MAX;
            while (relays.unreachable() != null
                    && !relays.hasLookedUp()
                    && System.nanoTime() - end < 0) {
                pause(STEP_MILLIS);
            }
            String why = relays.unreachable();
            if (why != null) {
                throw new IOException(why);
            }
            return link;
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /**
     * The sockets come last: what clients ask meanwhile would be answered when they no longer wait.
     */
    private static Link wait(Relays relays, RelayConfig rules, LinkOptions sockets, int seconds)
            throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String told = "";
        while (true) {
            String why = relays.unreachable();
            why = why != null ? why : noWayTo(relays.resolvedServers());
            if (why == null) {
                try {
                    return openLink(rules, sockets);
                } catch (IOException e) {
                    why = String.valueOf(e.getMessage());
                }
            }
            if (System.nanoTime() - end > 0) {
                throw new IOException(why + " (waited " + seconds + " s)");
            }
            if (!why.equals(told) && relays.hasLookedUp()) {
                RelayLog.LOG.log(Level.INFO, "waiting up to " + seconds + " s: " + why);
                told = why;
            }
            pause(relays.hasLookedUp() ? TRY_AGAIN_MILLIS : STEP_MILLIS);
        }
    }

    /** Why no server can be reached; null when there is a route to one. Sends nothing. */
    private static @Nullable String noWayTo(List<RelayServer> servers) {
        String why = null;
        for (RelayServer server : servers) {
            try (DatagramSocket probe = new DatagramSocket()) {
                InetAddress address = InetAddress.getByAddress(server.address().toBytes());
                probe.connect(new InetSocketAddress(address, server.port()));
                return null;
            } catch (IOException | UncheckedIOException e) {
                why = "no way to server " + server + ": " + e.getMessage();
            }
        }
        return why;
    }

    /**
     * One socket for all addresses: interfaces and addresses that come later need no new one, for
     * which there would be no privilege any more.
     */
    private static LinkOptions sockets(RelayConfig rules, boolean helped) throws IOException {
        int sourcePort = rules.agentInformation().sourcePort();
        LinkOptions options =
                LinkOptions.of()
                        .withListen(LinkOptions.EVERY_ADDRESS)
                        .withPort(rules.serverPort())
                        .withMorePorts(sourcePort == 0 ? List.of() : List.of(sourcePort))
                        .withInherited(InheritedSockets.of(System.getenv()))
                        .withoutPings();
        return helped ? options.withHelper(scope(rules)) : options;
    }

    /** For whom neighbour entries are made. */
    static NeighbourScope scope(RelayConfig rules) {
        List<String> excluded = new ArrayList<>(rules.excludedInterfaces());
        excluded.addAll(rules.broadcastInterfaces());
        return new NeighbourScope(rules.clientInterfaces(), excluded, List.of());
    }

    private static Link openLink(RelayConfig rules, LinkOptions sockets) throws IOException {
        Link link = Link.open(sockets);
        try {
            checkInterfaces(rules, link.interfaces());
            return link;
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    private static void checkInterfaces(RelayConfig rules, List<NetworkInterface> there)
            throws IOException {
        List<String> names = there.stream().map(NetworkInterface::name).toList();
        for (String name : named(rules)) {
            if (!names.contains(name)) {
                throw new IOException(
                        "no interface " + name + "; there are: " + String.join(", ", names));
            }
        }
        refuseLoopback(rules, there);
    }

    /** All interfaces that a relay's settings name. */
    static List<String> named(RelayConfig rules) {
        List<String> named = new ArrayList<>(rules.clientInterfaces());
        named.addAll(rules.excludedInterfaces());
        named.addAll(rules.agentInformation().trustedInterfaces());
        named.addAll(rules.broadcastInterfaces());
        return named;
    }

    static void refuseLoopback(RelayConfig rules, List<NetworkInterface> there) throws IOException {
        for (NetworkInterface one : there) {
            if (one.loopback() && rules.broadcastInterfaces().contains(one.name())) {
                throw new IOException("interface " + one.name() + " cannot broadcast");
            }
            if (one.loopback() && rules.clientInterfaces().contains(one.name())) {
                throw new IOException(
                        "interface " + one.name() + " is the loopback, which no clients are on");
            }
        }
    }

    private static void tellReady(RelayProcess process, RelaySetup setup) {
        List<String> to = new ArrayList<>();
        setup.servers().forEach(each -> to.add(each.toString()));
        setup.rules().broadcastInterfaces().forEach(each -> to.add("all on " + each));
        List<String> on = process.served();
        String ready =
                "ready on "
                        + (on.isEmpty() ? "no interface yet" : String.join(", ", on))
                        + ": relaying to "
                        + String.join(", ", to);
        RelayLog.LOG.log(Level.INFO, ready);
        Notify.ready(ready);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
