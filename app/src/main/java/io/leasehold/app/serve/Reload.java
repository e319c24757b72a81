package io.leasehold.app.serve;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.ConfigSummary;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.config.Restarts;
import io.leasehold.app.log.Logs;
import io.leasehold.app.netboot.Netbooting;
import io.leasehold.app.relay.FileRelays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the configuration again while the server runs. A bad file changes nothing. */
final class Reload {
    private final Path file;
    private AppConfig current;

    /**
     * @param current what the file said when the server started
     */
    Reload(Path file, AppConfig current) {
        this.file = file;
        this.current = current;
    }

    /** What is in force, for one line. */
    synchronized String summary() {
        return ConfigSummary.of(current);
    }

    /** Returns what is wrong, a line each; nothing when the new configuration is in force. */
    synchronized List<String> run(ServerProcess process) {
        return switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> refused.errors();
            case ConfigResult.Loaded loaded -> apply(process, loaded);
        };
    }

    private List<String> apply(ServerProcess process, ConfigResult.Loaded loaded) {
        AppConfig next = loaded.config();
        if (!next.hasServer()) {
            return List.of(file + ": server went: that takes a restart");
        }
        Restarts restarts = new Restarts(file, loaded);
        restarts.compare("interfaces", current.interfaces(), next.interfaces());
        restarts.compare("listen", current.listen(), next.listen());
        restarts.compare("data", current.data(), next.data());
        restarts.compare("admin", current.admin(), next.admin());
        List<String> needRestart = restarts.lines();
        needRestart.addAll(bootsNeedRestart(loaded));
        needRestart.addAll(
                FileRelays.needRestart(loaded.at(file, "relay"), current.relays(), next.relays()));
        if (!needRestart.isEmpty()) {
            return needRestart;
        }
        try {
            process.configure(next);
        } catch (IOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        Logs.use(next.log());
        current = next;
        return List.of();
    }

    /** Of interfaces and listen the server itself has told. */
    private List<String> bootsNeedRestart(ConfigResult.Loaded loaded) {
        AppConfig next = loaded.config();
        String at = loaded.at(file, "netboot");
        NetbootSetup before = current.netboot();
        NetbootSetup after = next.netboot();
        if (before == null || after == null) {
            return before == null && after == null
                    ? List.of()
                    : List.of(at + ": netboot came or went: that takes a restart");
        }
        NetbootSetup elsewhere =
                new NetbootSetup(
                        before.interfaces(),
                        before.listen(),
                        after.rules(),
                        after.root(),
                        after.tftp(),
                        after.proxyOnly());
        return Netbooting.needRestart(before, elsewhere).stream()
                .map(each -> at + ": netboot: " + each)
                .toList();
    }
}
