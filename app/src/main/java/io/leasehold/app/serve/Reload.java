package io.leasehold.app.serve;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.log.Logs;
import io.leasehold.app.netboot.Netbooting;
import io.leasehold.app.relay.FileRelays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /** Returns what is wrong, a line each; nothing when the new configuration is in force. */
    synchronized List<String> run(ServerProcess process) {
        return switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> refused.errors();
            case ConfigResult.Loaded loaded -> apply(process, loaded.config());
        };
    }

    private List<String> apply(ServerProcess process, AppConfig next) {
        List<String> needRestart = new ArrayList<>();
        if (!next.hasServer()) {
            return List.of(file + ": server went: that takes a restart");
        }
        if (!next.interfaces().equals(current.interfaces())) {
            needRestart.add(file + ": interfaces changed: that takes a restart");
        }
        if (!next.listen().equals(current.listen())) {
            needRestart.add(file + ": listen changed: that takes a restart");
        }
        if (!next.data().equals(current.data())) {
            needRestart.add(file + ": data changed: that takes a restart");
        }
        if (!Objects.equals(next.admin(), current.admin())) {
            needRestart.add(file + ": admin changed: that takes a restart");
        }
        needRestart.addAll(bootsNeedRestart(next));
        needRestart.addAll(FileRelays.needRestart(file, current.relays(), next.relays()));
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
    private List<String> bootsNeedRestart(AppConfig next) {
        NetbootSetup before = current.netboot();
        NetbootSetup after = next.netboot();
        if (before == null || after == null) {
            return before == null && after == null
                    ? List.of()
                    : List.of(file + ": netboot came or went: that takes a restart");
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
                .map(each -> file + ": netboot: " + each)
                .toList();
    }
}
