package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageEdit;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import org.jspecify.annotations.Nullable;

/** From servers to clients. */
final class Replies {
    /** What sockaddr has room for: neighbour entries take no longer hardware address. */
    private static final int NEIGHBOUR_HARDWARE_BYTES_MAX = 14;

    private static final byte[] NO_BYTES = {};

    private final RelayState state;
    private final ReplyAgent agent;

    Replies(RelayState state) {
        this.state = state;
        this.agent = new ReplyAgent(state);
    }

    Decision<Void> decide(Arrival arrival) {
        RelayServer server = state.servers.find(arrival.source().bits(), arrival.sourcePort());
        if (server == null && !isTakenFromAnyone(arrival)) {
            return state.drop(arrival, RelayDropReason.UNKNOWN_SERVER);
        }
        state.servers.answered(arrival);
        Message message = arrival.message();
        byte[] option = message.raw(OptionCode.RELAY_AGENT_INFORMATION);
        option = option == null ? NO_BYTES : option;
        Circuit circuit = circuitOf(message, option);
        if (circuit == null || !circuit.serves) {
            return state.drop(arrival, RelayDropReason.GIADDR_UNKNOWN);
        }
        MessageEdit edit = MessageEdit.of(message);
        RelayDropReason refused = agent.edit(edit, arrival, circuit, option);
        if (refused != null) {
            return state.drop(arrival, refused);
        }
        if (state.smart != null) {
            state.smart.answered(message, circuit);
        }
        if (server != null) {
            state.servers.gave(arrival, server);
        }
        Message reply = edit.padded().build();
        state.events.answered(arrival, server, circuit.attached);
        return new Decision.Reply<>(deliver(arrival, circuit, reply));
    }

    /** Behind an interface of broadcasts the servers are not known by address. */
    private boolean isTakenFromAnyone(Arrival arrival) {
        Circuit from = state.interfaces.at(arrival.interfaceIndex());
        return state.config.anyServer() || from != null && from.uplink;
    }

    /** The interface of the client that a reply is for; null when nothing tells. */
    private @Nullable Circuit circuitOf(Message message, byte[] option) {
        int giaddr = message.giaddr().bits();
        if (state.askers == null || giaddr != state.config.giaddr().bits()) {
            return state.interfaces.owner(giaddr);
        }
        Circuit circuit = state.interfaces.onlyServed();
        if (circuit == null && state.config.agentInformation().linkSelection()) {
            circuit = state.interfaces.owner(AgentOption.linkSelection(option));
        }
        if (circuit == null) {
            circuit = state.askers.circuitOf(message, state.interfaces);
        }
        if (circuit == null) {
            boolean renewed = !message.ciaddr().isZero();
            int client = renewed ? message.ciaddr().bits() : message.yiaddr().bits();
            circuit = state.interfaces.servedOnLink(client);
        }
        return circuit == null ? state.interfaces.owner(giaddr) : circuit;
    }

    /** RFC 2131 §4.1: to ciaddr, to yiaddr by a neighbour entry, or to everyone on the wire. */
    private Outgoing deliver(Arrival arrival, Circuit circuit, Message reply) {
        if (reply.type() == MessageType.NAK) {
            // RFC 2131 §4.3.2: its client has no address that is right, whatever ciaddr says.
            return broadcast(circuit, reply);
        }
        int ciaddr = reply.ciaddr().bits();
        if (canBeClient(ciaddr)) {
            int index = circuit.isOnLink(ciaddr) ? circuit.index() : 0;
            return send(circuit, reply, reply.ciaddr(), index, null);
        }
        int yiaddr = reply.yiaddr().bits();
        if (reply.broadcast() || yiaddr == 0) {
            return broadcast(circuit, reply);
        }
        int hlen = reply.hlen();
        if (hlen == 0 || hlen > NEIGHBOUR_HARDWARE_BYTES_MAX || reply.htype() == 0) {
            state.events.noted(arrival, RelayIncident.HARDWARE_UNREACHABLE);
            return broadcast(circuit, reply);
        }
        if (!canBeClient(yiaddr) || !circuit.isOnLink(yiaddr)) {
            state.events.noted(arrival, RelayIncident.YIADDR_OFF_LINK);
            return broadcast(circuit, reply);
        }
        return send(circuit, reply, reply.yiaddr(), circuit.index(), reply.hardware());
    }

    private boolean canBeClient(int address) {
        return Interfaces.isHost(address)
                && state.interfaces.owner(address) == null
                && !state.interfaces.isBroadcast(address);
    }

    private Outgoing broadcast(Circuit circuit, Message reply) {
        return send(circuit, reply, Ip4Address.BROADCAST, circuit.index(), null);
    }

    private Outgoing send(
            Circuit circuit,
            Message reply,
            Ip4Address destination,
            int interfaceIndex,
            @Nullable HardwareAddress neighbour) {
        Ip4Address giaddr = reply.giaddr();
        Ip4Address source = circuit.has(giaddr.bits()) ? giaddr : circuit.address(0);
        return new Outgoing(
                reply, destination, state.config.clientPort(), source, interfaceIndex, neighbour);
    }
}
