package io.leasehold.app.netboot;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.config.ProxyIni;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a boot service is told what to do, at its start and again at each SIGHUP. */
@FunctionalInterface
public interface NetbootSource {
    /**
     * Reads it.
     *
     * @throws IOException when this host has not what is asked for
     */
    Result read() throws IOException;

    /**
     * What flags say beside a file.
     *
     * @param proxyOnly whether port 67 is left out, whatever the file says
     * @param admin where it tells of itself over HTTP; null for what the file says
     * @param log what the log looks like; null for what the file says
     */
    record Flags(boolean proxyOnly, @Nullable InetSocketAddress admin, @Nullable LogConfig log) {}

    /** What was read. */
    sealed interface Result {}

    /**
     * What to do.
     *
     * @param admin where it tells of itself over HTTP; null for nowhere
     */
    record Plan(NetbootSetup setup, @Nullable InetSocketAddress admin, LogConfig log)
            implements Result {}

    /**
     * It is not to be used.
     *
     * @param errors a line each
     */
    record Refused(List<String> errors) implements Result {}

    /** A leasehold.yaml, or a proxy.ini. */
    static NetbootSource ofFile(Path file, Flags flags) {
        return ProxyIni.isOne(file) ? () -> ini(file, flags) : () -> yaml(file, flags);
    }

    private static Result yaml(Path file, Flags flags) {
        return switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> new Refused(refused.errors());
            case ConfigResult.Loaded loaded -> yaml(file, loaded.config(), flags);
        };
    }

    private static Result yaml(Path file, AppConfig config, Flags flags) {
        NetbootSetup setup = config.netboot();
        if (setup == null) {
            return new Refused(List.of(file + ": netboot: missing, expected what machines boot"));
        }
        InetSocketAddress admin = flags.admin();
        LogConfig log = flags.log();
        return new Plan(
                flags.proxyOnly() ? setup.withProxyOnly() : setup,
                admin == null ? config.admin() : admin,
                log == null ? config.log() : log);
    }

    /** Files are others', as with ProxyDHCPd. */
    private static Result ini(Path file, Flags flags) throws IOException {
        ProxyIni.Result ini = ProxyIni.read(file);
        if (!ini.errors().isEmpty()) {
            return new Refused(ini.errors());
        }
        LogConfig log = flags.log();
        return new Plan(
                new NetbootSetup(
                        interfaces(ini), List.of(), ini.rules(), null, null, flags.proxyOnly()),
                flags.admin(),
                log == null ? LogConfig.DEFAULT : log);
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
}
