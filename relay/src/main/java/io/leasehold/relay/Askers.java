package io.leasehold.relay;

import io.leasehold.protocol.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * On which interface who asked: where a configured giaddr is the same for all of them, and the
 * server does not echo a link selection, nothing else tells where a reply belongs.
 */
final class Askers {
    private final ClientTable clients = new ClientTable();

    void asked(Message request, Circuit circuit, long nowMillis) {
        long key = ClientTable.key(request, request.xid());
        clients.values[clients.place(key, nowMillis)] = circuit.index();
    }

    /** The interface that a reply's client asked on; null when it is not known, or gone. */
    @Nullable Circuit circuitOf(Message reply, Interfaces interfaces) {
        int at = clients.find(ClientTable.key(reply, reply.xid()));
        return at < 0 ? null : interfaces.at(clients.values[at]);
    }
}
