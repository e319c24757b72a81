package io.leasehold.testkit;

import io.leasehold.link.DatagramReceiver;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.service.client.ClientWire;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** A client's end of the virtual link. Waiting on it is what lets the lab's time pass. */
final class VirtualWire implements ClientWire {
    private final VirtualLab<?> lab;
    private final HardwareAddress hardware;
    private final int port;
    private final Deque<Outgoing> come = new ArrayDeque<>();
    private Ip4Address held = Ip4Address.ZERO;

    VirtualWire(VirtualLab<?> lab, HardwareAddress hardware, int port) {
        this.lab = lab;
        this.hardware = hardware;
        this.port = port;
    }

    @Override
    public HardwareAddress hardware() {
        return hardware;
    }

    @Override
    public void send(
            byte[] datagram, Ip4Address source, Ip4Address destination, Ip4Address nextHop) {
        lab.send(datagram, source, port, destination).forEach(this::take);
    }

    /** A frame reaches the client when it is for its hardware address, its own address, or all. */
    private void take(Outgoing outgoing) {
        boolean mine =
                outgoing.destination().equals(Ip4Address.BROADCAST)
                        || Objects.equals(hardware, outgoing.neighbour())
                        || outgoing.destination().equals(held);
        if (mine && outgoing.port() == port) {
            come.add(outgoing);
        }
    }

    @Override
    public void receive(long waitMillis, DatagramReceiver receiver) {
        lab.takeSent().forEach(this::take);
        long until = lab.nowMillis() + waitMillis;
        while (come.isEmpty() && lab.nowMillis() < until) {
            lab.step(until);
            lab.takeSent().forEach(this::take);
        }
        for (Outgoing each = come.poll(); each != null; each = come.poll()) {
            byte[] bytes = each.message().toBytes();
            receiver.datagram(bytes, 0, bytes.length, each.source(), SERVER_PORT);
        }
    }

    @Override
    public void hold(Ip4Address address) {
        held = address;
    }

    @Override
    public void close() {
        come.clear();
    }
}
