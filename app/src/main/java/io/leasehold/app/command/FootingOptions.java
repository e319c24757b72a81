package io.leasehold.app.command;

import io.leasehold.app.relay.Footing;
import io.leasehold.link.Privileges;
import io.leasehold.link.User;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say as whom a relay runs, and in front or behind. */
final class FootingOptions {
    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description =
                    "Become this user once the sockets are open, when started as root."
                            + " Default: nobody.")
    private @Nullable String user;

    @Option(
            names = {"-r", "--pid-file"},
            paramLabel = "FILE",
            description = "Where it writes its process id. As a daemon: /var/run/dhcp-helper.pid.")
    private @Nullable Path pidFile;

    // An array takes a flag that is there twice, as dhcp-helper does.
    @Option(
            names = {"-d", "--debug"},
            description = "Stay in front as whoever started it, write no process id, and log more.")
    private boolean[] debug = {};

    /** For the launcher, which puts the program into the background where this is not said. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-n", "--foreground"},
            description = "Stay in front. A daemon logs to syslog.")
    private boolean[] foreground = {};

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Answer leasehold status in this directory, and leasehold reload where there"
                            + " is a file. Default: nowhere.")
    private @Nullable Path data;

    /** Where commands are answered; null for nowhere. */
    @Nullable Path data() {
        return data;
    }

    boolean debug() {
        return debug.length > 0;
    }

    /**
     * @param admin where the relay tells of itself over HTTP; null for nowhere
     * @throws IOException when there is no such user
     */
    Footing footing(@Nullable InetSocketAddress admin) throws IOException {
        User become = user == null ? User.nobody() : User.find(user);
        boolean changes = Privileges.areRoots() && !debug() && become.uid() != 0;
        return new Footing(changes ? become : null, debug() ? null : pidFile, admin, data);
    }
}
