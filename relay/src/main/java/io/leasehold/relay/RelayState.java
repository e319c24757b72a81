package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;

/** What the two directions of the relay share. */
final class RelayState {
    final RelayConfig config;
    final RelayEvents events;
    final Servers servers = new Servers();
    Interfaces interfaces = Interfaces.NONE;

    RelayState(RelayConfig config, RelayEvents events) {
        this.config = config;
        this.events = events;
    }

    Decision<Void> drop(Arrival arrival, RelayDropReason reason) {
        events.dropped(arrival, reason);
        return new Decision.Drop<>(reason);
    }
}
