package io.leasehold.app.netboot;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.config.ProxyIni;
import io.leasehold.app.log.Logs;
import io.leasehold.app.run.Signals;
import io.leasehold.link.Daemon;
import io.leasehold.link.Notify;
import io.leasehold.netboot.proxy.BootAction;
import io.leasehold.netboot.proxy.BootRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code leasehold netboot} from its start to its end. */
public final class Netbooting {
    private Netbooting() {}

    /**
     * Boots machines by a file. Returns the exit code.
     *
     * @param proxyOnly whether port 67 is left out, whatever the file says
     */
    public static int byFile(PrintWriter err, Path file, boolean proxyOnly, LogConfig log)
            throws IOException {
        if (ProxyIni.isOne(file)) {
            return byIni(err, ProxyIni.read(file), proxyOnly, log);
        }
        AppConfig config = ConfigReader.read(file).orTell(err::println);
        if (config == null) {
            return 1;
        }
        NetbootSetup setup = config.netboot();
        if (setup == null) {
            err.println(file + ": netboot: missing, expected what machines boot");
            return 1;
        }
        run(proxyOnly ? setup.withProxyOnly() : setup, log);
        return 0;
    }

    /** Files are others', as with ProxyDHCPd. Returns the exit code. */
    private static int byIni(PrintWriter err, ProxyIni.Result ini, boolean proxyOnly, LogConfig log)
            throws IOException {
        if (!ini.errors().isEmpty()) {
            ini.errors().forEach(err::println);
            return 1;
        }
        run(new NetbootSetup(interfaces(ini), List.of(), ini.rules(), null, false, proxyOnly), log);
        return 0;
    }

    /** The interface that is named, else that of the address, else all there are. */
    private static List<String> interfaces(ProxyIni.Result ini) throws IOException {
        String named = ini.interfaceName();
        String address = ini.listenAddress().toString();
        List<String> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            boolean has =
                    Collections.list(each.getInetAddresses()).stream()
                            .anyMatch(one -> one.getHostAddress().equals(address));
            boolean all = ini.listenAddress().isZero() && !each.isLoopback() && each.isUp();
            if ((has || all) && (named == null || named.equals(each.getName()))) {
                found.add(each.getName());
            }
        }
        if (found.isEmpty()) {
            throw new IOException(
                    named == null
                            ? "listen_address " + address + " is no address of this host"
                            : "interface " + named + " has no address " + address);
        }
        return found;
    }

    /**
     * Boots machines until it is told to stop.
     *
     * @throws IOException says in one line what it cannot have
     */
    public static void run(NetbootSetup setup, LogConfig log) throws IOException {
        // Whoever starts a daemon is told what is wrong, and syslog the rest.
        Logs.use(Daemon.isAwaited() ? new LogConfig(log.format(), LogConfig.Level.WARN) : log);
        warnOfMissing(setup);
        try (NetbootProcess process = new NetbootProcess(setup)) {
            Signals.onEnd(process::stop);
            if (Daemon.isAwaited()) {
                Daemon.ready();
                Logs.useForDaemon(log);
            }
            Notify.ready();
            BootLog.LOG.log(Level.INFO, ready(setup));
            process.run();
        }
        BootLog.LOG.log(Level.INFO, "stopped");
    }

    private static String ready(NetbootSetup setup) {
        int http = setup.rules().httpPort();
        String files =
                setup.root() == null
                        ? "files are others'"
                        : "files of "
                                + setup.root()
                                + " over "
                                + (setup.tftp() ? "TFTP" : "")
                                + (setup.tftp() && http != 0 ? " and " : "")
                                + (http != 0 ? "HTTP port " + http : "");
        return "ready on "
                + String.join(", ", setup.interfaces())
                + (setup.proxyOnly() ? ", port 4011 only" : ", ports 67 and 4011")
                + ": "
                + setup.rules().rules().size()
                + (setup.rules().rules().size() == 1 ? " rule; " : " rules; ")
                + files;
    }

    /** A file may still come, so that a missing one is no error. */
    private static void warnOfMissing(NetbootSetup setup) {
        Path root = setup.root();
        if (root == null) {
            return;
        }
        for (BootRule rule : setup.rules().rules()) {
            String name = nameIn(rule.action());
            if (name != null && !Files.isRegularFile(root.resolve(name))) {
                BootLog.LOG.log(Level.WARNING, "no file " + root.resolve(name) + " yet");
            }
        }
    }

    private static @Nullable String nameIn(BootAction action) {
        return switch (action) {
            case BootAction.File file -> file.name();
            case BootAction.Script script -> script.name();
            case BootAction.Url _, BootAction.Tftp _, BootAction.None _ -> null;
        };
    }
}
