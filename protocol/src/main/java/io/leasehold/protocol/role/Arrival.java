package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;

/**
 * A message with all that matters about how it came.
 *
 * @param message what came
 * @param interfaceIndex the kernel's index of the interface on which it came
 * @param source the address it came from; 0.0.0.0 from a client without one
 * @param sourcePort the UDP port it came from
 * @param destination the address it was sent to: one of ours, or 255.255.255.255, or a subnet's
 *     broadcast address
 * @param nowMillis when it came, in milliseconds since 1970 on the server's own clock, which never
 *     jumps
 */
public record Arrival(
        Message message,
        int interfaceIndex,
        Ip4Address source,
        int sourcePort,
        Ip4Address destination,
        long nowMillis) {}
