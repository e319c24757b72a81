package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps all that a link hands over. */
final class Recorder implements Receiver {
    record Datagram(
            Octets bytes,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {}

    final List<Datagram> datagrams = new ArrayList<>();
    final List<Ip4Address> answers = new ArrayList<>();
    final List<List<NetworkInterface>> changes = new ArrayList<>();

    @Override
    public void datagram(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {
        Octets bytes = Octets.of(Arrays.copyOfRange(buffer, offset, offset + length));
        datagrams.add(new Datagram(bytes, interfaceIndex, source, sourcePort, destination));
    }

    @Override
    public void pingAnswered(Ip4Address address) {
        answers.add(address);
    }

    @Override
    public void interfacesChanged(List<NetworkInterface> interfaces) {
        changes.add(interfaces);
    }
}
