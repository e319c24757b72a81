package io.leasehold.app.netboot;

import io.leasehold.app.admin.AdminServer;
import io.leasehold.app.admin.NetbootMetrics;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.log.Logs;
import io.leasehold.app.run.Counters;
import io.leasehold.app.run.Signals;
import io.leasehold.link.Daemon;
import io.leasehold.link.Notify;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.tftp.TftpLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code leasehold netboot} from its start to its end. */
public final class Netbooting {
    private final NetbootSource source;
    private NetbootSource.Plan current;

    private Netbooting(NetbootSource source, NetbootSource.Plan current) {
        this.source = source;
        this.current = current;
    }

    /**
     * Boots machines until it is told to stop. Returns the exit code.
     *
     * @param json where it tells of machines, a JSON object a line; null for the log
     * @throws IOException says in one line what it cannot have
     */
    public static int run(PrintWriter err, NetbootSource source, @Nullable PrintStream json)
            throws IOException {
        switch (source.read()) {
            case NetbootSource.Refused refused -> {
                refused.errors().forEach(err::println);
                return 1;
            }
            case NetbootSource.Plan plan -> new Netbooting(source, plan).run(json);
        }
        BootLog.LOG.log(Level.INFO, "stopped");
        return 0;
    }

    private void run(@Nullable PrintStream json) throws IOException {
        LogConfig log = current.log();
        // Whoever starts a daemon is told what is wrong, and syslog the rest.
        Logs.use(Daemon.isAwaited() ? new LogConfig(log.format(), LogConfig.Level.WARN) : log);
        warnOfMissing(current.setup());
        BootTelling telling = new BootTelling(new Counters(), json, Level.INFO);
        try (NetbootProcess process = new NetbootProcess(current.setup(), telling);
                Closeable _ =
                        AdminServer.start(
                                current.admin(), process, () -> NetbootMetrics.of(process))) {
            Signals.onEnd(process::stop);
            Signals.on("HUP", () -> reload(process));
            if (Daemon.isAwaited()) {
                Daemon.ready();
                Logs.useForDaemon(log);
            }
            String ready = ready(current.setup());
            Notify.ready(ready);
            BootLog.LOG.log(Level.INFO, ready);
            process.run();
        }
    }

    /** Reads again what to do. What is wrong changes nothing. */
    private synchronized void reload(NetbootProcess process) {
        Notify.reloading();
        List<String> problems = problemsOfReload(process);
        Notify.ready();
        for (String problem : problems) {
            BootLog.LOG.log(Level.ERROR, "configuration not changed: " + problem);
        }
        if (problems.isEmpty()) {
            String rules = rules(current.setup());
            BootLog.LOG.log(Level.INFO, "configuration read again: " + rules);
        }
    }

    private List<String> problemsOfReload(NetbootProcess process) {
        try {
            return switch (source.read()) {
                case NetbootSource.Refused refused -> refused.errors();
                case NetbootSource.Plan next -> apply(process, next);
            };
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> apply(NetbootProcess process, NetbootSource.Plan next) {
        List<String> problems = needRestart(current.setup(), next.setup());
        if (!Objects.equals(current.admin(), next.admin())) {
            problems.add("admin changed: that takes a restart");
        }
        if (problems.isEmpty()) {
            process.configure(next.setup().rules());
            if (!next.log().equals(current.log())) {
                useLog(next.log());
            }
            current = next;
            warnOfMissing(next.setup());
        }
        return problems;
    }

    private static void useLog(LogConfig log) {
        if (Daemon.isAwaited()) {
            Logs.useForDaemon(log);
        } else {
            Logs.use(log);
        }
    }

    /** What keeps a boot service from being changed while it runs; none when nothing does. */
    public static List<String> needRestart(NetbootSetup before, NetbootSetup after) {
        List<String> changed = new ArrayList<>();
        note(changed, "interfaces", before.interfaces(), after.interfaces());
        note(changed, "listen", before.listen(), after.listen());
        note(changed, "root", before.root(), after.root());
        note(changed, "tftp", before.tftp() != null, after.tftp() != null);
        note(changed, "tftp-block-size", blockBytes(before), blockBytes(after));
        note(changed, "http-port", before.rules().httpPort(), after.rules().httpPort());
        note(changed, "proxy-only", before.proxyOnly(), after.proxyOnly());
        return changed;
    }

    private static int blockBytes(NetbootSetup setup) {
        TftpLimits tftp = setup.tftp();
        return tftp == null ? 0 : tftp.blockBytesMax();
    }

    private static void note(
            List<String> changed, String key, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(key + " changed: that takes a restart");
        }
    }

    private static String rules(NetbootSetup setup) {
        int rules = setup.rules().rules().size();
        return rules + (rules == 1 ? " rule" : " rules");
    }

    private static String ready(NetbootSetup setup) {
        return "ready on "
                + String.join(", ", setup.interfaces())
                + (setup.proxyOnly() ? ", port 4011 only" : ", ports 67 and 4011")
                + ": "
                + summary(setup);
    }

    /** By how many rules it boots machines, and where their files are. */
    public static String summary(NetbootSetup setup) {
        int http = setup.rules().httpPort();
        boolean tftp = setup.tftp() != null;
        String files =
                setup.root() == null
                        ? "files are others'"
                        : "files of "
                                + setup.root()
                                + " over "
                                + (tftp ? "TFTP" : "")
                                + (tftp && http != 0 ? " and " : "")
                                + (http != 0 ? "HTTP port " + http : "");
        return rules(setup) + "; " + files;
    }

    /** A file may still come, so that a missing one is no error. */
    static void warnOfMissing(NetbootSetup setup) {
        Path root = setup.root();
        if (root == null) {
            return;
        }
        setup.rules().rules().stream()
                .flatMap(rule -> names(rule.action()).stream())
                .map(root::resolve)
                .distinct()
                .filter(file -> !Files.isRegularFile(file))
                .forEach(file -> BootLog.LOG.log(Level.WARNING, "no file " + file + " yet"));
    }

    /** The files under the root that machines are told of, or that are made into what they load. */
    public static List<String> names(BootAction action) {
        return switch (action) {
            case BootAction.File file -> List.of(file.name());
            case BootAction.Script script -> List.of(script.name());
            case BootAction.Template template -> List.of(template.name());
            case BootAction.Backend backend ->
                    backend.fallback() == null ? List.of() : List.of(backend.fallback());
            case BootAction.Menu menu ->
                    menu.items().stream()
                            .flatMap(
                                    item ->
                                            item.action() == null
                                                    ? Stream.empty()
                                                    : names(item.action()).stream())
                            .toList();
            case BootAction.Url _, BootAction.Tftp _, BootAction.None _ -> List.of();
        };
    }
}
