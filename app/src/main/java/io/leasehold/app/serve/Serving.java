package io.leasehold.app.serve;

import io.leasehold.app.admin.AdminServer;
import io.leasehold.app.admin.ServerMetrics;
import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.control.ControlServer;
import io.leasehold.app.log.Logs;
import io.leasehold.app.netboot.NetbootSource;
import io.leasehold.app.netboot.Netbooting;
import io.leasehold.app.relay.FileRelays;
import io.leasehold.app.run.Signals;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.Notify;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code leasehold serve} from its start to its end: sockets, process, signals. */
public final class Serving {
    private static final System.Logger LOG = System.getLogger("leasehold.server");

    private Serving() {}

    /**
     * Serves by a file. Returns the exit code.
     *
     * @param json where it tells of machines that boot, a JSON object a line; null for the log
     */
    public static int byFile(
            PrintWriter err, Path file, @Nullable Path data, @Nullable PrintStream json)
            throws IOException {
        AppConfig config = ConfigReader.read(file).orTell(err::println);
        if (config == null) {
            return 1;
        }
        AppConfig used = data == null ? config : config.withData(data);
        Logs.use(used.log());
        NetbootSetup netboot = used.netboot();
        if (netboot == null && json != null) {
            err.println("--json: tells of machines that boot; expected netboot: in " + file);
            return 1;
        }
        if (netboot != null && !used.hasServer()) {
            NetbootSource.Flags none = new NetbootSource.Flags(false, null, null);
            return Netbooting.run(err, NetbootSource.ofFile(file, none), json);
        }
        if (!used.hasServer()) {
            FileRelays.run(file, used, data);
            return 0;
        }
        try (Link link = open(used)) {
            return serve(used, link, null, json, new Reload(file, config));
        }
    }

    /**
     * Serves the networks of interfaces. Returns the exit code.
     *
     * @param admin where the server tells of itself over HTTP; null for nowhere
     */
    public static int byFlags(
            PrintWriter err,
            List<String> interfaces,
            InterfaceConfig.Flags flags,
            Path data,
            @Nullable InetSocketAddress admin,
            LogConfig log)
            throws IOException {
        Logs.use(log);
        try (Link link = Link.open(LinkOptions.of(interfaces.toArray(String[]::new)))) {
            InterfaceNetworks networks;
            try {
                networks = new InterfaceNetworks(interfaces, flags, link.interfaces());
            } catch (IllegalArgumentException e) {
                err.println("leasehold: " + e.getMessage());
                return 1;
            }
            AppConfig config =
                    new AppConfig(
                            interfaces,
                            List.of(),
                            data,
                            networks.current(),
                            List.of(),
                            null,
                            admin,
                            null,
                            log);
            return serve(config, link, networks, null, null);
        }
    }

    /** The server's sockets, and those of relays beside it. */
    private static Link open(AppConfig config) throws IOException {
        List<String> interfaces = new ArrayList<>(config.interfaces());
        List<String> listen = new ArrayList<>(config.listen());
        for (RelaySetup relay : config.relays()) {
            interfaces.addAll(relay.rules().clientInterfaces());
            if (!relay.rules().giaddr().isZero()) {
                listen.add(relay.rules().giaddr().toString());
            }
        }
        return Link.open(
                LinkOptions.of(interfaces.toArray(String[]::new))
                        .withListen(listen.toArray(String[]::new))
                        .withMorePorts(FileRelays.sourcePorts(config.relays())));
    }

    private static int serve(
            AppConfig config,
            Link link,
            @Nullable InterfaceNetworks networks,
            @Nullable PrintStream json,
            @Nullable Reload reload)
            throws IOException {
        // What is asked for while leases are being loaded is done already: the file was just read.
        Signals.on("HUP", () -> LOG.log(Level.INFO, "not ready yet: SIGHUP has nothing to do"));
        try (ServerProcess process = new ServerProcess(config, link, networks, json);
                Closeable _ = process.boots().open()) {
            // From here on SIGTERM and SIGINT end the loop, and what was decided becomes durable:
            // an orderly end, exit code 0. Before, there is nothing to lose.
            Signals.onEnd(process::stop);
            Control control = new Control(process, reload);
            Signals.on("HUP", control::reload);
            try (Closeable _ =
                            AdminServer.start(
                                    config.admin(), process, () -> ServerMetrics.of(process));
                    Closeable _ = answerCommands(config.data(), control)) {
                tellReady(config, process);
                process.run();
            }
        }
        LOG.log(Level.INFO, "stopped");
        return 0;
    }

    /** Addresses are given also where commands cannot be answered, on a full disk for one. */
    private static Closeable answerCommands(Path data, Control control) {
        try {
            return ControlServer.start(data, null, control)::close;
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    e.getMessage() + "; leasehold reload will not work, SIGHUP does the same");
            return () -> {};
        }
    }

    private static void tellReady(AppConfig config, ServerProcess process) {
        String where =
                config.interfaces().isEmpty()
                        ? "relays at " + Few.of(config.listen(), ", ")
                        : Few.of(config.interfaces(), ", ");
        String ready =
                "ready on "
                        + where
                        + ": "
                        + InterfaceNetworks.text(config.server())
                        + "; "
                        + process.leases()
                        + " leases on record in "
                        + config.data()
                        + relays(config)
                        + boots(config);
        LOG.log(Level.INFO, ready);
        Notify.ready(ready);
        String memory = PoolMemory.warning(config.server(), Runtime.getRuntime().maxMemory());
        if (memory != null) {
            LOG.log(Level.WARNING, memory);
        }
    }

    private static String relays(AppConfig config) {
        List<String> on = new ArrayList<>();
        config.relays().forEach(relay -> on.addAll(relay.rules().clientInterfaces()));
        return on.isEmpty() ? "" : "; relaying on " + Few.of(on, ", ");
    }

    private static String boots(AppConfig config) {
        NetbootSetup netboot = config.netboot();
        return netboot == null ? "" : "; booting by " + Netbooting.summary(netboot);
    }
}
