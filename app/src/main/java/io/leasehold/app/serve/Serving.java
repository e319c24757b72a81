package io.leasehold.app.serve;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.log.Logs;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NetworkInterface;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code leasehold serve} from its start to its end: sockets, process, signals. */
public final class Serving {
    private static final System.Logger LOG = System.getLogger("leasehold.server");
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    private Serving() {}

    /** Serves by a file. Returns the exit code. */
    public static int byFile(PrintWriter err, Path file, @Nullable Path data) throws IOException {
        AppConfig config;
        switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> {
                refused.errors().forEach(err::println);
                return 1;
            }
            case ConfigResult.Loaded loaded -> config = loaded.config();
        }
        AppConfig used = data == null ? config : withData(config, data);
        Logs.use(used.log());
        try (Link link = open(used.interfaces(), used.listen())) {
            return serve(used, link, new Reload(file, config));
        }
    }

    /** Serves the networks of interfaces. Returns the exit code. */
    public static int byFlags(
            PrintWriter err,
            List<String> interfaces,
            InterfaceConfig.Flags flags,
            Path data,
            LogConfig log)
            throws IOException {
        Logs.use(log);
        try (Link link = open(interfaces, List.of())) {
            List<NetworkInterface> served = new ArrayList<>();
            for (NetworkInterface one : link.interfaces()) {
                if (interfaces.contains(one.name())) {
                    served.add(one);
                }
            }
            ServerConfig server;
            try {
                server = InterfaceConfig.of(served, flags);
            } catch (IllegalArgumentException e) {
                err.println("leasehold: " + e.getMessage());
                return 1;
            }
            AppConfig config = new AppConfig(interfaces, List.of(), data, server, log);
            return serve(config, link, null);
        }
    }

    private static AppConfig withData(AppConfig config, Path data) {
        return new AppConfig(
                config.interfaces(), config.listen(), data, config.server(), config.log());
    }

    private static Link open(List<String> interfaces, List<String> listen) throws IOException {
        return Link.open(new LinkOptions(interfaces, listen, SERVER_PORT, CLIENT_PORT));
    }

    private static int serve(AppConfig config, Link link, @Nullable Reload reload)
            throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerProcess process = new ServerProcess(config, link)) {
            Thread onExit = new Thread(() -> stopAndWait(process, ended), "stop");
            Runtime.getRuntime().addShutdownHook(onExit);
            HangUp.then(() -> reload(process, reload));
            try (Control control = Control.open(config.data(), process, reload)) {
                tellReady(config, process);
                process.run();
            }
        } finally {
            LOG.log(Level.INFO, "stopped");
            ended.countDown();
        }
        return 0;
    }

    /** On SIGTERM and SIGINT the process ends only after what was decided is durable. */
    private static void stopAndWait(ServerProcess process, CountDownLatch ended) {
        process.stop();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reload(ServerProcess process, @Nullable Reload reload) {
        List<String> problems = Control.reload(process, reload);
        if (problems.isEmpty()) {
            LOG.log(Level.INFO, "configuration read again");
        }
        for (String problem : problems) {
            LOG.log(Level.ERROR, "configuration not changed: " + problem);
        }
    }

    private static void tellReady(AppConfig config, ServerProcess process) {
        List<String> subnets = new ArrayList<>();
        for (SharedNetwork network : config.server().networks()) {
            for (Subnet subnet : network.subnets()) {
                subnets.add(subnet.network() + " " + subnet.pools());
            }
        }
        String where =
                config.interfaces().isEmpty()
                        ? "relays at " + String.join(", ", config.listen())
                        : String.join(", ", config.interfaces());
        LOG.log(
                Level.INFO,
                "ready on "
                        + where
                        + ": "
                        + String.join("; ", subnets)
                        + "; "
                        + process.leases()
                        + " leases on record in "
                        + config.data());
    }
}
