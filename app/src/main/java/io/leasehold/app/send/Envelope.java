package io.leasehold.app.send;

import io.leasehold.protocol.wire.Ip4Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes.
 *
 * @param interfaceName the interface on whose link it goes out as a frame; null where it goes by
 *     UDP as the routing table says
 * @param to the address it goes to; 255.255.255.255 for everyone on the link
 * @param toPort the UDP port it goes to
 * @param from the address it leaves from, one of this machine; 0.0.0.0 for any
 * @param port the UDP port it leaves from, where answers come to; 0 lets the kernel choose
 * @param relay true when a relay agent is played, so that it goes by UDP in any case
 */
public record Envelope(
        @Nullable String interfaceName,
        Ip4Address to,
        int toPort,
        Ip4Address from,
        int port,
        boolean relay) {
    /** True when it goes out as a frame of its own, for which no address is needed. */
    public boolean asFrame() {
        return interfaceName != null && !relay;
    }

    /** As a line tells it. */
    @Override
    public String toString() {
        return to
                + " port "
                + toPort
                + (interfaceName == null ? "" : " on " + interfaceName)
                + (relay ? " as the relay agent " + from : "");
    }
}
