package io.leasehold.app.relay;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.ConfigSummary;
import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.config.Restarts;
import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.log.Logs;
import io.leasehold.app.run.Signals;
import io.leasehold.link.InheritedSockets;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NeighbourScope;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Notify;
import io.leasehold.link.Privileges;
import io.leasehold.link.User;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relays of a file in which there is no server, from their start to their end. */
public final class FileRelays {
    private final Path file;

    /** For whom the helper process makes neighbour entries; null where there is none. */
    private final @Nullable NeighbourScope helped;

    private AppConfig current;

    private FileRelays(Path file, AppConfig current, @Nullable NeighbourScope helped) {
        this.file = file;
        this.current = current;
        this.helped = helped;
    }

    /**
     * Relays by a file that has relays alone. Returns the exit code.
     *
     * @param data in which directory commands are answered; null for none
     */
    public static int byFile(PrintWriter err, Path file, @Nullable Path data) throws IOException {
        AppConfig config = ConfigReader.read(file).orTell(err::println);
        if (config == null) {
            return 1;
        }
        if (config.hasServer()) {
            err.println("leasehold: " + file + " has a server: leasehold serve -c runs it");
            return 1;
        }
        Logs.use(config.log());
        run(file, config, data);
        return 0;
    }

    /**
     * Relays until it is told to stop.
     *
     * @param data in which directory commands are answered; null for none
     * @throws IOException says in one line what it cannot have
     */
    public static void run(Path file, AppConfig config, @Nullable Path data) throws IOException {
        User become = become(config);
        FileRelays reload = new FileRelays(file, config, become == null ? null : scope(config));
        try (Relays relays = new Relays(config.relays());
                Link link = Link.open(reload.sockets());
                RelayProcess process = new RelayProcess(relays, link);
                Closeable _ = Relaying.tell(process, config.admin());
                Closeable _ =
                        RelayControl.answer(
                                data,
                                become,
                                new RelayControl(process, () -> reload.run(process)))) {
            checkInterfaces(config, link.interfaces());
            relays.start();
            Relaying.become(become);
            Signals.onEnd(process::stop);
            Signals.on("HUP", () -> reload.run(process));
            List<String> on = process.served();
            int count = config.relays().size();
            String ready =
                    "ready on "
                            + (on.isEmpty() ? "no interface yet" : String.join(", ", on))
                            + (": " + count + (count == 1 ? " relay" : " relays"))
                            + (" of " + file);
            RelayLog.LOG.log(Level.INFO, ready);
            Notify.ready(ready);
            process.run();
        }
        RelayLog.LOG.log(Level.INFO, "stopped");
    }

    /** An interface may come later, but one that never will is most often misspelled. */
    private static void checkInterfaces(AppConfig config, List<NetworkInterface> there)
            throws IOException {
        List<String> names = there.stream().map(NetworkInterface::name).toList();
        for (RelaySetup each : config.relays()) {
            Relaying.refuseLoopback(each.rules(), there);
            for (String name : Relaying.named(each.rules())) {
                if (!names.contains(name)) {
                    RelayLog.LOG.log(
                            Level.WARNING,
                            "no interface "
                                    + name
                                    + " yet; there are: "
                                    + String.join(", ", names));
                }
            }
        }
    }

    /** Null where there is nothing to give up. */
    private static @Nullable User become(AppConfig config) throws IOException {
        String named = config.user();
        User user = named == null ? User.nobody() : User.find(named);
        return Privileges.areRoots() && user.uid() != 0 ? user : null;
    }

    /** Of several relays each names its interfaces; a single one may mean all that there are. */
    private static NeighbourScope scope(AppConfig config) {
        if (config.relays().size() == 1) {
            return Relaying.scope(config.relays().getFirst().rules());
        }
        List<String> names = new ArrayList<>();
        config.relays().forEach(each -> names.addAll(each.rules().clientInterfaces()));
        return new NeighbourScope(names, List.of(), List.of());
    }

    private LinkOptions sockets() throws IOException {
        LinkOptions options =
                LinkOptions.of()
                        .withListen(LinkOptions.EVERY_ADDRESS)
                        .withPort(current.relays().getFirst().rules().serverPort())
                        .withMorePorts(sourcePorts(current.relays()))
                        .withInherited(InheritedSockets.of(System.getenv()))
                        .withoutPings();
        return helped == null ? options : options.withHelper(helped);
    }

    /** The ports that the relays' requests leave from besides their own. */
    public static List<Integer> sourcePorts(List<RelaySetup> relays) {
        List<Integer> ports = new ArrayList<>();
        for (RelaySetup each : relays) {
            int port = each.rules().agentInformation().sourcePort();
            if (port != 0) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** What keeps relays from being changed while they run; none when nothing does. */
    public static List<String> needRestart(
            String at, List<RelaySetup> before, List<RelaySetup> after) {
        List<String> why = new ArrayList<>();
        if (before.isEmpty() != after.isEmpty()) {
            why.add(at + ": relay came or went: that takes a restart");
            return why;
        }
        boolean ports =
                !before.isEmpty()
                        && before.getFirst().rules().serverPort()
                                != after.getFirst().rules().serverPort();
        if (ports || !sourcePorts(before).equals(sourcePorts(after))) {
            why.add(at + ": the ports of a relay changed: that takes a restart");
        }
        return why;
    }

    private synchronized ControlAnswer run(RelayProcess process) {
        Notify.reloading();
        List<String> problems =
                switch (ConfigReader.read(file)) {
                    case ConfigResult.Refused refused -> refused.errors();
                    case ConfigResult.Loaded loaded -> apply(process, loaded);
                };
        Notify.ready();
        for (String problem : problems) {
            RelayLog.LOG.log(Level.ERROR, "configuration not changed: " + problem);
        }
        if (!problems.isEmpty()) {
            return ControlAnswer.refused(problems, "the configuration is as it was");
        }
        String again = "configuration read again: " + ConfigSummary.of(current);
        RelayLog.LOG.log(Level.INFO, again);
        return ControlAnswer.ok(List.of(again));
    }

    private List<String> apply(RelayProcess process, ConfigResult.Loaded loaded) {
        AppConfig next = loaded.config();
        if (next.hasServer()) {
            return List.of(file + ": server came: that takes a restart");
        }
        Restarts restarts = new Restarts(file, loaded);
        restarts.compare("admin", current.admin(), next.admin());
        restarts.compare("user", current.user(), next.user());
        List<String> problems = restarts.lines();
        problems.addAll(needRestart(loaded.at(file, "relay"), current.relays(), next.relays()));
        if (problems.isEmpty()) {
            warnOfBroadcasts(next);
            process.configure(next.relays());
            Logs.use(next.log());
            current = next;
        }
        return problems;
    }

    /** The helper process was told its interfaces when it was started, and takes no others. */
    private void warnOfBroadcasts(AppConfig next) {
        NeighbourScope known = helped;
        if (known == null) {
            return;
        }
        List<String> further = new ArrayList<>(scope(next).interfaces());
        further.removeAll(known.interfaces());
        if (!further.isEmpty() && !known.interfaces().isEmpty()) {
            RelayLog.LOG.log(
                    Level.WARNING,
                    "replies to clients on "
                            + String.join(", ", further)
                            + " are broadcast until a restart: the helper does not know it");
        }
    }
}
