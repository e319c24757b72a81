package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From clients to servers. */
final class Requests {
    private final RelayState state;
    private final RequestAgent agent;
    private final Pacer clientPacer;
    private final Pacer interfacePacer;
    private final @Nullable ClientTable paced;

    Requests(RelayState state) {
        this.state = state;
        this.agent = new RequestAgent(state);
        this.clientPacer = new Pacer(state.config.clientLimit());
        this.interfacePacer = new Pacer(state.config.interfaceLimit());
        this.paced = clientPacer.isOff() ? null : new ClientTable();
    }

    Decision<Void> decide(Arrival arrival) {
        Circuit circuit = state.interfaces.at(arrival.interfaceIndex());
        if (circuit == null || !circuit.serves) {
            boolean uplink = circuit != null && circuit.uplink;
            return state.drop(
                    arrival,
                    uplink
                            ? RelayDropReason.UPLINK_INTERFACE
                            : RelayDropReason.NOT_A_CLIENT_INTERFACE);
        }
        RelayDropReason refused = refused(arrival, circuit);
        if (refused != null) {
            return state.drop(arrival, refused);
        }
        Message message = arrival.message();
        boolean relayed = !message.giaddr().isZero();
        Ip4Address link = relayed ? Ip4Address.ZERO : linkAddress(arrival, circuit);
        Ip4Address giaddr = relayed ? message.giaddr() : giaddr(link);
        if (giaddr.isZero()) {
            return state.drop(arrival, RelayDropReason.NO_INTERFACE_ADDRESS);
        }
        if (state.servers.size() == 0 && state.interfaces.uplinks.isEmpty()) {
            return state.drop(arrival, RelayDropReason.NO_SERVER);
        }
        if (state.askers != null && !relayed) {
            state.askers.asked(message, circuit, arrival.nowMillis());
        }
        MessageEdit edit = MessageEdit.of(message).hops(message.hops() + 1).giaddr(giaddr);
        int sourcePort = agent.edit(edit, arrival, circuit, link);
        return forward(arrival, circuit, edit.build(), sourcePort);
    }

    private @Nullable RelayDropReason refused(Arrival arrival, Circuit circuit) {
        Message message = arrival.message();
        if (message.hops() > state.config.hopsMax()) {
            return RelayDropReason.HOPS;
        }
        int giaddr = message.giaddr().bits();
        if (giaddr != 0) {
            if (state.interfaces.owner(giaddr) != null || giaddr == state.config.giaddr().bits()) {
                return RelayDropReason.GIADDR_OWN;
            }
            if (!Interfaces.isHost(giaddr) || state.interfaces.isBroadcast(giaddr)) {
                return RelayDropReason.GIADDR_INVALID;
            }
        }
        if (RequestAgent.isCarriedBy(message)) {
            // RFC 3046 §2.1: a client could name another's circuit.
            if (giaddr == 0 && !circuit.trusted) {
                return RelayDropReason.AGENT_INFORMATION_UNTRUSTED;
            }
            if (state.config.agentInformation().policy() == AgentPolicy.DISCARD) {
                return RelayDropReason.AGENT_INFORMATION_DISCARDED;
            }
        }
        return tooOften(message, circuit, arrival.nowMillis());
    }

    /** The last question of all: what is refused anyway takes no share of the limits. */
    private @Nullable RelayDropReason tooOften(Message message, Circuit circuit, long nowMillis) {
        int at = -1;
        if (paced != null) {
            at = paced.place(ClientTable.key(message, circuit.index()), nowMillis);
            if (!clientPacer.passes(paced.paceNanos[at], nowMillis)) {
                return RelayDropReason.CLIENT_RATE;
            }
        }
        if (!interfacePacer.isOff()) {
            if (!interfacePacer.passes(circuit.paceNanos, nowMillis)) {
                return RelayDropReason.INTERFACE_RATE;
            }
            circuit.paceNanos = interfacePacer.after(circuit.paceNanos, nowMillis);
        }
        if (paced != null) {
            paced.paceNanos[at] = clientPacer.after(paced.paceNanos[at], nowMillis);
        }
        return null;
    }

    private Ip4Address giaddr(Ip4Address link) {
        return state.config.giaddr().isZero() ? link : state.config.giaddr();
    }

    /** The interface's address in the client's network; 0.0.0.0 when it has none. */
    private Ip4Address linkAddress(Arrival arrival, Circuit circuit) {
        // A client that renews through the relay asks the address of its network (RFC 5107 §5).
        if (circuit.has(arrival.destination().bits())) {
            return arrival.destination();
        }
        int ciaddr = arrival.message().ciaddr().bits();
        Ip4Address ofCiaddr = ciaddr == 0 ? Ip4Address.ZERO : circuit.addressFor(ciaddr);
        if (!ofCiaddr.isZero()) {
            return ofCiaddr;
        }
        if (state.smart != null && circuit.networkCount() > 1) {
            return state.smart.addressFor(arrival, circuit);
        }
        return circuit.address(0);
    }

    private Decision<Void> forward(
            Arrival arrival, Circuit circuit, Message message, int sourcePort) {
        List<Circuit> uplinks = state.interfaces.uplinks;
        int count = state.servers.choose(arrival, circuit);
        List<Outgoing> outgoings = new ArrayList<>(count + uplinks.size());
        for (int at = 0; at < count; at++) {
            RelayServer server = state.servers.target(at);
            outgoings.add(
                    new Outgoing(
                            message,
                            server.address(),
                            server.port(),
                            Ip4Address.ZERO,
                            0,
                            null,
                            sourcePort));
            state.events.relayed(arrival, circuit.attached, server);
        }
        for (int at = 0; at < uplinks.size(); at++) {
            Circuit uplink = uplinks.get(at);
            outgoings.add(
                    new Outgoing(
                            message,
                            Ip4Address.BROADCAST,
                            state.config.serverPort(),
                            Ip4Address.ZERO,
                            uplink.index(),
                            null,
                            sourcePort));
            state.events.relayedByBroadcast(arrival, circuit.attached, uplink.attached);
        }
        return new Decision.Forward<>(outgoings);
    }
}
