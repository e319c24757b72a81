package io.leasehold.app.bench;

import io.leasehold.link.UdpSocket;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;

/**
 * Relayed clients: all they send goes from the relay agent to the server, and comes back the same
 * way (RFC 2131 §4.1). Their renewals too, as those of clients whose broadcasts are relayed.
 */
final class RelayWire implements Wire {
    private static final int SERVER_PORT = 67;

    private final UdpSocket socket;

    /**
     * @param relay the relay agent's address, one of this machine
     */
    RelayWire(Ip4Address relay, Ip4Address server) throws IOException {
        socket = UdpSocket.open(relay, SERVER_PORT, null);
        socket.tellArrivals();
        socket.setDestination(server, SERVER_PORT);
    }

    @Override
    public void receive(long waitNanos, Receiver receiver) throws IOException {
        socket.receiveWithin(
                waitNanos,
                (bytes, offset, length) ->
                        receiver.message(bytes, offset, length, socket.arrivedNanos()));
    }

    @Override
    public void send(byte[] message, int length, int source, int server) {
        socket.queue(message, 0, length);
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public String trouble() {
        return Wire.unsent(socket.sendFailures(), socket.lastSendFailure());
    }

    @Override
    public void close() {
        socket.close();
    }
}
