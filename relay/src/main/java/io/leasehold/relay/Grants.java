package io.leasehold.relay;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;

/**
 * Which server offered or gave an address to whom: clients that take the relay for the server (RFC
 * 5107) do not tell.
 */
final class Grants {
    private final ClientTable clients = new ClientTable();

    /**
     * @param server its {@link ServerHealth#number}
     */
    void given(Message reply, int server, long nowMillis) {
        int address = reply.yiaddr().bits();
        if (address != 0) {
            clients.values[clients.place(ClientTable.key(reply, address), nowMillis)] = server;
        }
    }

    /** The server of the address that a message is about; 0 when it is not known. */
    int serverOf(Message request) {
        int ciaddr = request.ciaddr().bits();
        int address =
                ciaddr == 0 ? AddressOption.of(request, OptionCode.REQUESTED_ADDRESS) : ciaddr;
        int at = clients.find(ClientTable.key(request, address));
        return at < 0 ? 0 : clients.values[at];
    }
}
