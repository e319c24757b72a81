package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;

/**
 * Which of an interface's networks a client asks for: the first, and after so many DISCOVERs
 * without an answer the next, since its pool may be where the server has addresses left.
 */
final class SmartRelay {
    /** How many DISCOVERs may go unanswered before the next network has its turn. */
    static final int UNANSWERED_DISCOVERS = 3;

    /** A client that was not heard of for so long begins with the first network again. */
    static final int MEMORY_MILLIS = 600_000;

    /** A client's number is its network in the upper bits and its DISCOVERs in the lower. */
    private static final int DISCOVER_BITS = 4;

    private static final int DISCOVER_MASK = (1 << DISCOVER_BITS) - 1;

    private final ClientTable clients = new ClientTable();
    private final RelayEvents events;

    SmartRelay(RelayEvents events) {
        this.events = events;
    }

    /** The address in the network that a client wants, or whose turn it is for it. */
    Ip4Address addressFor(Arrival arrival, Circuit circuit) {
        Message message = arrival.message();
        Ip4Address wanted = networkOfWanted(message, circuit);
        if (!wanted.isZero()) {
            return wanted;
        }
        long key = ClientTable.key(message, circuit.index());
        long nowMillis = arrival.nowMillis();
        int at = clients.find(key);
        if (at >= 0 && nowMillis - clients.heardMillis(at) > MEMORY_MILLIS) {
            clients.values[at] = 0;
        }
        if (message.typeCode() == MessageType.DISCOVER.code()) {
            at = clients.place(key, nowMillis);
            countDiscover(at, arrival, circuit);
        }
        return circuit.networkAddress(at < 0 ? 0 : networkOf(at, circuit));
    }

    /** A client that asks for a certain address, as after its reboot, says by it where it is. */
    private static Ip4Address networkOfWanted(Message message, Circuit circuit) {
        boolean asks = message.typeCode() == MessageType.REQUEST.code();
        int wanted = asks ? AddressOption.of(message, OptionCode.REQUESTED_ADDRESS) : 0;
        return wanted == 0 ? Ip4Address.ZERO : circuit.addressFor(wanted);
    }

    private void countDiscover(int at, Arrival arrival, Circuit circuit) {
        int network = networkOf(at, circuit);
        int discovers = (clients.values[at] & DISCOVER_MASK) + 1;
        if (discovers > UNANSWERED_DISCOVERS) {
            network = (network + 1) % circuit.networkCount();
            discovers = 1;
            events.noted(arrival, RelayIncident.SMART_NEXT_ADDRESS);
        }
        clients.values[at] = network << DISCOVER_BITS | discovers;
    }

    /** Its network; networks may have gone since. */
    private int networkOf(int at, Circuit circuit) {
        return (clients.values[at] >>> DISCOVER_BITS) % circuit.networkCount();
    }

    /** The server answers in the network that the client asks for: it stays there. */
    void answered(Message reply, Circuit circuit) {
        int at = clients.find(ClientTable.key(reply, circuit.index()));
        if (at >= 0) {
            clients.values[at] &= ~DISCOVER_MASK;
        }
    }
}
