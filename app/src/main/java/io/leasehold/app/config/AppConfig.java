package io.leasehold.app.config;

import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.ServerConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a configuration file says.
 *
 * @param interfaces names of the interfaces to serve clients on; may be empty
 * @param listen further addresses to listen on, as text; {@code *} for all that there are
 * @param data the directory of the lease journal
 * @param server the rules of the server, all inheritance done; {@link #NO_SERVER} for none
 * @param relays the relays, each with interfaces of its own
 * @param netboot the boot service; null for none
 * @param admin where the program tells of itself over HTTP; null for nowhere
 * @param user whom relays become that root started, without a server beside them; null for nobody
 * @param log what the log looks like
 */
public record AppConfig(
        List<String> interfaces,
        List<String> listen,
        Path data,
        ServerConfig server,
        List<RelaySetup> relays,
        @Nullable NetbootSetup netboot,
        @Nullable InetSocketAddress admin,
        @Nullable String user,
        LogConfig log) {

    /**
     * Where leases are kept when nothing else is said, as picocli spells it: what the environment
     * says, by which an installed program has its place.
     */
    public static final String DATA_DEFAULT_TEXT = "${env:LEASEHOLD_DATA:-leasehold-data}";

    /** The same. */
    public static final Path DATA_DEFAULT =
            Path.of(System.getenv().getOrDefault("LEASEHOLD_DATA", "leasehold-data"));

    /** Where there are only relays, or a boot service. */
    public static final ServerConfig NO_SERVER =
            new ServerConfig(List.of(), List.of(), OptionSet.EMPTY);

    public AppConfig {
        relays = List.copyOf(relays);
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
    }

    /** With leases kept in another directory. */
    public AppConfig withData(Path directory) {
        return new AppConfig(
                interfaces, listen, directory, server, relays, netboot, admin, user, log);
    }

    /** Whether there is a server, perhaps beside relays and a boot service. */
    public boolean hasServer() {
        return relays.isEmpty() && netboot == null || !server.equals(NO_SERVER);
    }
}
