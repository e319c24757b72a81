package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/** Takes what a {@link Link} received, on the thread that called {@link Link#receive}. */
public interface Receiver {
    /**
     * A datagram came.
     *
     * @param buffer holds it during this call only
     * @param offset its first byte
     * @param length its length in bytes, 0 to 65,507
     * @param interfaceIndex the interface it came by
     * @param source the address it came from
     * @param sourcePort the UDP port it came from
     * @param destination the address it was sent to: one of this host's, 255.255.255.255, or a
     *     subnet's broadcast address
     */
    void datagram(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination);

    /** An address answered to {@link Link#ping}. */
    void pingAnswered(Ip4Address address);

    /** Interfaces or their addresses have changed; these are all that there are now. */
    void interfacesChanged(List<NetworkInterface> interfaces);
}
