package io.leasehold.service.client;

import io.leasehold.link.DatagramReceiver;
import io.leasehold.link.LinkStation;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A client on a link, which may have no address. */
final class StationWire implements ClientWire {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LinkStation station;
    private final int serverPort;

    private StationWire(LinkStation station, int serverPort) {
        this.station = station;
        this.serverPort = serverPort;
    }

    static StationWire open(
            String interfaceName, @Nullable HardwareAddress hardware, int port, int serverPort)
            throws IOException {
        return new StationWire(LinkStation.open(interfaceName, hardware, port), serverPort);
    }

    @Override
    public HardwareAddress hardware() {
        return station.hardware();
    }

    @Override
    public void send(byte[] datagram, Ip4Address source, Ip4Address destination, Ip4Address nextHop)
            throws IOException {
        station.send(datagram, source, destination, serverPort, nextHop);
    }

    @Override
    public void receive(long waitMillis, DatagramReceiver receiver) throws IOException {
        station.receive(Math.min(waitMillis, WAIT_MILLIS_MAX) * NANOS_PER_MILLI, receiver);
    }

    @Override
    public void hold(Ip4Address address) {
        station.hold(address);
    }

    @Override
    public void close() {
        station.close();
    }
}
