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

    Requests(RelayState state) {
        this.state = state;
    }

    Decision<Void> decide(Arrival arrival) {
        Circuit circuit = state.interfaces.at(arrival.interfaceIndex());
        RelayDropReason refused = refused(arrival, circuit);
        if (refused != null || circuit == null) {
            return state.drop(
                    arrival, refused == null ? RelayDropReason.NOT_A_CLIENT_INTERFACE : refused);
        }
        Message message = arrival.message();
        Ip4Address giaddr = message.giaddr();
        if (giaddr.isZero()) {
            giaddr = giaddrOf(arrival, circuit);
            if (giaddr.isZero()) {
                return state.drop(arrival, RelayDropReason.NO_INTERFACE_ADDRESS);
            }
        }
        if (state.servers.size() == 0 && state.interfaces.uplink == null) {
            return state.drop(arrival, RelayDropReason.NO_SERVER);
        }
        MessageEdit edit = MessageEdit.of(message).hops(message.hops() + 1).giaddr(giaddr);
        return forward(arrival, circuit, edit.build());
    }

    private @Nullable RelayDropReason refused(Arrival arrival, @Nullable Circuit circuit) {
        if (circuit == null || !circuit.serves) {
            return circuit != null && circuit.uplink
                    ? RelayDropReason.UPLINK_INTERFACE
                    : RelayDropReason.NOT_A_CLIENT_INTERFACE;
        }
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
        return null;
    }

    /** What giaddr becomes for a client of this relay; 0.0.0.0 when there is no address. */
    private Ip4Address giaddrOf(Arrival arrival, Circuit circuit) {
        if (!state.config.giaddr().isZero()) {
            return state.config.giaddr();
        }
        // A client that renews through the relay asks the address of its network (RFC 5107 §5).
        if (circuit.has(arrival.destination().bits())) {
            return arrival.destination();
        }
        int ciaddr = arrival.message().ciaddr().bits();
        Ip4Address ofCiaddr = ciaddr == 0 ? Ip4Address.ZERO : circuit.addressFor(ciaddr);
        return ofCiaddr.isZero() ? circuit.address(0) : ofCiaddr;
    }

    private Decision<Void> forward(Arrival arrival, Circuit circuit, Message message) {
        Servers servers = state.servers;
        Circuit uplink = state.interfaces.uplink;
        int count = servers.size();
        List<Outgoing> outgoings = new ArrayList<>(count + 1);
        for (int at = 0; at < count; at++) {
            RelayServer server = servers.get(at);
            outgoings.add(to(message, server.address(), server.port(), 0));
            state.events.relayed(arrival, circuit.attached, server);
        }
        if (uplink != null) {
            outgoings.add(
                    to(message, Ip4Address.BROADCAST, state.config.serverPort(), uplink.index()));
            state.events.relayedByBroadcast(arrival, circuit.attached, uplink.attached);
        }
        return new Decision.Forward<>(outgoings);
    }

    private Outgoing to(Message message, Ip4Address address, int port, int interfaceIndex) {
        int sourcePort = state.config.agentInformation().sourcePort();
        return new Outgoing(
                message, address, port, Ip4Address.ZERO, interfaceIndex, null, sourcePort);
    }
}
