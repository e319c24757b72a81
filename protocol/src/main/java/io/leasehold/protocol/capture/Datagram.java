package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.List;

/**
 * A UDP datagram, and all that its way tells.
 *
 * @param direction which way its frame went
 * @param vlans the VLAN ids of its tags, 0 to 4095, the outer one first
 * @param hardwareSource the station that it came from; without octets where the link does not tell
 * @param hardwareDestination the station that it went to; without octets where the link does not
 *     tell
 * @param source the address that it came from
 * @param sourcePort its port there
 * @param destination the address that it went to
 * @param destinationPort its port there
 * @param ttl how many hops it may still go
 * @param fragments of how many IP fragments it was put together; 1 when it came whole
 * @param checksum whether it is as it was sent
 * @param cutBytes how many bytes of the payload were not captured; 0 when it is whole
 * @param payload what UDP carries
 */
public record Datagram(
        Direction direction,
        List<Integer> vlans,
        HardwareAddress hardwareSource,
        HardwareAddress hardwareDestination,
        Ip4Address source,
        int sourcePort,
        Ip4Address destination,
        int destinationPort,
        int ttl,
        int fragments,
        Checksum checksum,
        int cutBytes,
        Octets payload) {
    public Datagram {
        vlans = List.copyOf(vlans);
    }

    /** True when one of its ports is one of these. */
    public boolean concerns(List<Integer> ports) {
        return ports.contains(sourcePort) || ports.contains(destinationPort);
    }
}
