package io.leasehold.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers that there are now. */
final class Servers {
    private RelayServer[] servers = {};

    void replace(List<RelayServer> now) {
        servers = now.toArray(new RelayServer[0]);
    }

    int size() {
        return servers.length;
    }

    RelayServer get(int at) {
        return servers[at];
    }

    /** The first server with an address; null when none has it. */
    @Nullable RelayServer find(int address) {
        for (RelayServer server : servers) {
            if (server.address().bits() == address) {
                return server;
            }
        }
        return null;
    }
}
