package io.leasehold.app.ports;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabException;
import io.leasehold.link.PacketSocket;
import io.leasehold.link.lab.NamespaceThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Frames as they are on the wire of a host that has no address. */
final class Tap implements AutoCloseable {
    private static final int WAIT_MILLIS_MAX = 10_000;
    private static final int CLIENT_PORT = 68;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};

    private final PacketSocket socket;

    private Tap(PacketSocket socket) {
        this.socket = socket;
    }

    static Tap on(Host host, String iface) {
        try {
            return new Tap(
                    NamespaceThread.call(
                            host.namespace(),
                            () ->
                                    PacketSocket.open(
                                            iface, PacketSocket.Sight.PROMISCUOUS, CLIENT_PORT)));
        } catch (Exception e) {
            throw new LabException("cannot tap " + iface + ": " + e.getMessage(), e);
        }
    }

    void send(RawDatagram datagram) {
        send(datagram, EVERYBODY);
    }

    void send(RawDatagram datagram, byte[] station) {
        byte[] frame = datagram.frame(station);
        socket.queue(frame, 0, frame.length);
        socket.flush();
    }

    /** Waits for a datagram to a client's port. */
    RawDatagram await(String what, Predicate<RawDatagram> wanted) throws IOException {
        List<RawDatagram> seen = new ArrayList<>();
        long deadline = System.nanoTime() + WAIT_MILLIS_MAX * 1_000_000L;
        while (System.nanoTime() < deadline) {
            int before = seen.size();
            socket.receive(
                    100,
                    (buffer, offset, length) ->
                            seen.add(
                                    RawDatagram.parse(
                                            Arrays.copyOfRange(buffer, offset, offset + length))));
            for (RawDatagram each : seen.subList(before, seen.size())) {
                if (wanted.test(each)) {
                    return each;
                }
            }
        }
        throw new LabException("no " + what + " on the wire, only " + seen);
    }

    @Override
    public void close() {
        socket.close();
    }
}
