package io.leasehold.app.config;

import io.leasehold.relay.RelayConfig;
import java.util.List;

/**
 * One relay, as flags or a file tell it.
 *
 * @param rules what it does with messages
 * @param servers where it passes requests on to; may be empty where it broadcasts them
 * @param resolveSeconds how often names of servers are resolved again
 */
public record RelaySetup(RelayConfig rules, List<ServerName> servers, int resolveSeconds) {
    public static final int RESOLVE_SECONDS_DEFAULT = 30;
    public static final int RESOLVE_SECONDS_MAX = 86_400;

    /** Each name has a thread that resolves it. */
    public static final int SERVERS_MAX = 64;

    public RelaySetup {
        servers = List.copyOf(servers);
    }
}
