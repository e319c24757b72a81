package io.leasehold.service.client;

import io.leasehold.link.DatagramReceiver;
import io.leasehold.link.UdpSocket;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A client, or a relay agent that is played, with a UDP socket of the kernel's. */
final class UdpWire implements ClientWire {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final HardwareAddress UNKNOWN =
            HardwareAddress.of(HardwareAddress.ETHERNET, new byte[0]);

    private final UdpSocket socket;
    private final Ip4Address server;
    private final int serverPort;

    private UdpWire(UdpSocket socket, Ip4Address server, int serverPort) {
        this.socket = socket;
        this.server = server;
        this.serverPort = serverPort;
        socket.setDestination(server, serverPort);
    }

    static UdpWire open(
            Ip4Address local,
            int port,
            Ip4Address server,
            int serverPort,
            @Nullable String interfaceName)
            throws IOException {
        return new UdpWire(UdpSocket.open(local, port, interfaceName), server, serverPort);
    }

    @Override
    public HardwareAddress hardware() {
        return UNKNOWN;
    }

    @Override
    public void send(byte[] datagram, Ip4Address source, Ip4Address destination, Ip4Address nextHop)
            throws IOException {
        socket.queue(datagram, 0, datagram.length);
        if (socket.flush() == 0) {
            throw new IOException(
                    "cannot send to "
                            + server
                            + " port "
                            + serverPort
                            + ": "
                            + socket.lastSendFailure());
        }
    }

    @Override
    public void receive(long waitMillis, DatagramReceiver receiver) throws IOException {
        socket.receiveFrom(Math.min(waitMillis, WAIT_MILLIS_MAX) * NANOS_PER_MILLI, receiver);
    }

    @Override
    public void hold(Ip4Address address) {
        // The kernel has the address, or a relay agent's: there is nobody else to be found.
    }

    @Override
    public void close() {
        socket.close();
    }
}
