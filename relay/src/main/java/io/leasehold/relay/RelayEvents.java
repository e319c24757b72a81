package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the relay decides, for logs and metrics. Called on the relay's thread, before the
 * message is sent; must not block. Interfaces and servers are those that the relay was given, the
 * very objects.
 */
public interface RelayEvents {
    /** A request goes on to a server; told once for each server that gets it. */
    default void relayed(Arrival request, RelayInterface from, RelayServer to) {}

    /** A request goes on as a broadcast. */
    default void relayedByBroadcast(Arrival request, RelayInterface from, RelayInterface to) {}

    /**
     * A reply goes on to its client.
     *
     * @param from the server whose address it came from; null when no server has it
     */
    default void answered(Arrival reply, @Nullable RelayServer from, RelayInterface to) {}

    /** A message goes on to nobody. */
    default void dropped(Arrival arrival, RelayDropReason reason) {}

    /** Something was not as it should be, but the message goes on. */
    default void noted(Arrival arrival, RelayIncident incident) {}

    /** A server stopped answering; clients of it go to others while that lasts. */
    default void serverSilent(RelayServer server, long nowMillis) {}

    /** A server that had stopped answering answers again. */
    default void serverBack(RelayServer server, long nowMillis) {}

    /** Hears nothing. */
    RelayEvents NONE = new RelayEvents() {};
}
