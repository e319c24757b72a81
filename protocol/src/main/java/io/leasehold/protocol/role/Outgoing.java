package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message to send, and where.
 *
 * @param message what to send
 * @param destination the address it goes to
 * @param port the UDP port it goes to
 * @param source the address it leaves from; 0.0.0.0 means the primary address of the interface
 * @param interfaceIndex the interface it leaves by; 0 lets the routing table choose
 * @param neighbour the hardware address to enter into the neighbour table for the destination
 *     before sending, since the receiver cannot answer ARP yet; null when there is no need. Where
 *     the entry cannot be made, the message is broadcast instead.
 * @param sourcePort the UDP port it leaves from; 0 means the link's own
 */
public record Outgoing(
        Message message,
        Ip4Address destination,
        int port,
        Ip4Address source,
        int interfaceIndex,
        @Nullable HardwareAddress neighbour,
        int sourcePort) {
    /** A message that leaves from the link's own port. */
    public Outgoing(
            Message message,
            Ip4Address destination,
            int port,
            Ip4Address source,
            int interfaceIndex,
            @Nullable HardwareAddress neighbour) {
        this(message, destination, port, source, interfaceIndex, neighbour, 0);
    }
}
