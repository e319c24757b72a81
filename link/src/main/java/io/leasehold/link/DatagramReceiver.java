package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;

/** Takes the datagrams that a {@link UdpSocket} or a {@link LinkStation} received. */
@FunctionalInterface
public interface DatagramReceiver {
    /**
     * A datagram came.
     *
     * @param buffer holds its payload during this call only
     * @param offset the payload's first byte
     * @param length the payload's length in bytes
     * @param source the address it came from
     * @param sourcePort the UDP port it came from
     */
    void datagram(byte[] buffer, int offset, int length, Ip4Address source, int sourcePort);
}
