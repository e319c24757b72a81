package io.leasehold.service;

import io.leasehold.link.LinkCounters;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Transport;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/** Carries nothing anywhere; what a test is about it overrides. */
abstract class StillTransport implements Transport {
    @Override
    public void wakeUp() {}

    @Override
    public void send(List<Outgoing> outgoings) {}

    @Override
    public void ping(Ip4Address address, Ip4Address source, int interfaceIndex) {}

    @Override
    public List<NetworkInterface> interfaces() {
        return List.of();
    }

    @Override
    public int port() {
        return 67;
    }

    @Override
    public LinkCounters counters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    /** An owner who does nothing from time to time either. */
    static final class Owner implements ServiceHooks {
        @Override
        public void tick(long nowMillis) {}

        @Override
        public void interfacesChanged(List<NetworkInterface> interfaces) {}
    }
}
