package io.leasehold.app.config;

import io.leasehold.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a configuration file says.
 *
 * @param interfaces names of the interfaces to serve clients on; may be empty
 * @param listen further addresses to listen on, as text; {@code *} for all that there are
 * @param data the directory of the lease journal
 * @param server the rules of the server, all inheritance done
 * @param log what the log looks like
 */
public record AppConfig(
        List<String> interfaces,
        List<String> listen,
        Path data,
        ServerConfig server,
        LogConfig log) {

    /** Where leases are kept when nothing else is said. */
    public static final Path DATA_DEFAULT = Path.of("leasehold-data");

    public AppConfig {
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
    }
}
