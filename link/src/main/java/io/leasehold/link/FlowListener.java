package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.nio.ByteBuffer;

/** Hears what comes to {@link Flows}, on the thread that called {@link Flows#await}. */
public interface FlowListener {
    /**
     * A datagram came to the port where everybody asks.
     *
     * @param buffer holds it during this call only
     * @param offset its first byte
     * @param length its length in bytes, 0 to 65,507
     * @param interfaceIndex the interface it came by
     * @param source the address it came from
     * @param sourcePort the UDP port it came from
     * @param destination the address it was sent to
     */
    void asked(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination);

    /**
     * A datagram of a flow's peer came.
     *
     * @param datagram from its position to its limit, during this call only
     */
    void arrived(Flow flow, ByteBuffer datagram);

    /** The peer's host says that nobody has its port (ICMP port unreachable). */
    void unreachable(Flow flow);
}
