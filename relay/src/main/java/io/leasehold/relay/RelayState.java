package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two directions of the relay share. */
final class RelayState {
    final RelayConfig config;
    final RelayEvents events;
    final Servers servers;
    final AgentOption agentOption;
    final @Nullable SmartRelay smart;
    final @Nullable Askers askers;
    Interfaces interfaces;

    RelayState(RelayConfig config, RelayEvents events) {
        this.config = config;
        this.events = events;
        this.servers = new Servers(config, events);
        this.agentOption = new AgentOption(config.agentInformation());
        this.smart = config.smart() ? new SmartRelay(events) : null;
        this.askers = config.giaddr().isZero() ? null : new Askers();
        this.interfaces = new Interfaces(List.of(), config);
    }

    Decision<Void> drop(Arrival arrival, RelayDropReason reason) {
        events.dropped(arrival, reason);
        return new Decision.Drop<>(reason);
    }
}
