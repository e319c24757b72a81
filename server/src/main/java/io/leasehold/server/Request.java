package io.leasehold.server;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionIndex;
import io.leasehold.server.config.Reservation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's message with what the rules ask of it, read once.
 *
 * @param arrival how it came
 * @param type null for BOOTP
 * @param hardware htype and chaddr
 * @param clientId option 61; empty when absent or empty
 * @param requestedAddress option 50; 0.0.0.0 when absent
 * @param serverId option 54; 0.0.0.0 when absent
 * @param agent option 82; for a renewal that passes no relay, what the relay said when the lease
 *     was made
 * @param wanted option 55, the codes asked for in their order; null when absent or empty
 */
record Request(
        Arrival arrival,
        @Nullable MessageType type,
        HardwareAddress hardware,
        Octets clientId,
        Ip4Address requestedAddress,
        Ip4Address serverId,
        AgentInformation agent,
        @Nullable Octets wanted) {
    /** What one instance of option 61 can hold; more would let a stranger fill the memory. */
    private static final int CLIENT_ID_BYTES_MAX = 255;

    /** What reading gives: the request, or why there is none. */
    sealed interface Reading {
        record Understood(Request request) implements Reading {}

        record Unreadable(ServerDrop reason) implements Reading {}
    }

    /**
     * Reads a message. Malformed 50, 53, 54, 61 and 82 make it unreadable; any other malformed
     * option does not.
     */
    static Reading read(Arrival arrival) {
        Message message = arrival.message();
        if (message.op() != Message.BOOTREQUEST) {
            return new Reading.Unreadable(ServerDrop.NOT_A_REQUEST);
        }
        int typeCode = message.typeCode();
        if (typeCode < 0) {
            return new Reading.Unreadable(ServerDrop.MALFORMED_MESSAGE_TYPE);
        }
        MessageType type = MessageType.of(typeCode);
        if (typeCode != 0 && type == null) {
            return new Reading.Unreadable(ServerDrop.UNEXPECTED_TYPE);
        }
        byte[] requested = message.raw(OptionCode.REQUESTED_ADDRESS);
        byte[] serverId = message.raw(OptionCode.SERVER_ID);
        byte[] clientId = message.raw(OptionCode.CLIENT_ID);
        ServerDrop flaw = flawOf(message.index(), requested, serverId, clientId);
        if (flaw != null) {
            return new Reading.Unreadable(flaw);
        }
        byte[] agentBytes = message.raw(OptionCode.RELAY_AGENT_INFORMATION);
        AgentInformation agent =
                agentBytes == null ? AgentInformation.NONE : AgentInformation.parse(agentBytes);
        if (agent == null) {
            return new Reading.Unreadable(ServerDrop.MALFORMED_AGENT_INFORMATION);
        }
        return new Reading.Understood(
                new Request(
                        arrival,
                        type,
                        message.hardware(),
                        clientId == null ? Octets.EMPTY : Octets.of(clientId),
                        addressIn(requested),
                        addressIn(serverId),
                        agent,
                        wantedIn(message)));
    }

    private static @Nullable ServerDrop flawOf(
            OptionIndex index,
            byte @Nullable [] requested,
            byte @Nullable [] serverId,
            byte @Nullable [] clientId) {
        if (index.isTruncated(OptionCode.REQUESTED_ADDRESS) || !isAddressOrAbsent(requested)) {
            return ServerDrop.MALFORMED_REQUESTED_ADDRESS;
        }
        if (index.isTruncated(OptionCode.SERVER_ID) || !isAddressOrAbsent(serverId)) {
            return ServerDrop.MALFORMED_SERVER_ID;
        }
        boolean tooLong = clientId != null && clientId.length > CLIENT_ID_BYTES_MAX;
        if (index.isTruncated(OptionCode.CLIENT_ID) || tooLong) {
            return ServerDrop.MALFORMED_CLIENT_ID;
        }
        if (index.isTruncated(OptionCode.RELAY_AGENT_INFORMATION)) {
            return ServerDrop.MALFORMED_AGENT_INFORMATION;
        }
        return null;
    }

    private static boolean isAddressOrAbsent(byte @Nullable [] value) {
        return value == null || value.length == 4;
    }

    private static @Nullable Octets wantedIn(Message message) {
        byte[] value = message.raw(OptionCode.PARAMETER_LIST);
        return value == null || value.length == 0 ? null : Octets.of(value);
    }

    private static Ip4Address addressIn(byte @Nullable [] value) {
        return value == null ? Ip4Address.ZERO : new Cursor(value).address();
    }

    /** This request, as if its relay had said this of it. */
    Request withAgent(AgentInformation remembered) {
        return new Request(
                arrival, type, hardware, clientId, requestedAddress, serverId, remembered, wanted);
    }

    Message message() {
        return arrival.message();
    }

    /** True when option 54 is there, whatever it says. */
    boolean namesServer() {
        return message().has(OptionCode.SERVER_ID);
    }

    boolean relayed() {
        return !message().giaddr().isZero();
    }

    /** What a reservation may know this client by, in the order in which that counts. */
    List<Reservation.Key> reservationKeys() {
        List<Reservation.Key> keys = new ArrayList<>(4);
        if (clientId.length() > 0) {
            keys.add(new Reservation.Key.ClientId(clientId));
        }
        keys.add(new Reservation.Key.Hardware(hardware));
        if (agent.circuitId().length() > 0) {
            keys.add(new Reservation.Key.CircuitId(agent.circuitId()));
        }
        if (agent.remoteId().length() > 0) {
            keys.add(new Reservation.Key.RemoteId(agent.remoteId()));
        }
        return keys;
    }

    boolean wants(int code) {
        if (wanted == null) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (wanted.get(i) == code) {
                return true;
            }
        }
        return false;
    }

    /** True when the message was sent to one address and not to all on the wire. */
    boolean unicast(HostInterfaces interfaces) {
        return interfaces.isOwn(arrival.destination());
    }

    long nowSeconds() {
        return Math.floorDiv(arrival.nowMillis(), 1000L);
    }
}
