package io.leasehold.service;

import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/** What the owner of a service does on the loop's thread. Must not block. */
public interface ServiceHooks {
    /** Called several times a second. */
    void tick(long nowMillis);

    /** Interfaces or addresses came or went. */
    void interfacesChanged(List<NetworkInterface> interfaces);

    /**
     * A datagram came that is no message. The parameters are those of {@link
     * io.leasehold.link.Receiver#datagram}: the buffer holds it during this call only.
     */
    default void notDhcp(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {}
}
