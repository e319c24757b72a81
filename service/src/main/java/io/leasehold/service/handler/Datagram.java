package io.leasehold.service.handler;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;

/**
 * A UDP datagram that is no DHCP message: shorter than one, with an hlen over 16, or with an op
 * that is neither 1 nor 2.
 *
 * @param bytes what it holds, 0 to 65,507 octets
 * @param interfaceIndex the kernel's index of the interface on which it came
 * @param source the address it came from
 * @param sourcePort the UDP port it came from
 * @param destination the address it was sent to
 * @param nowMillis when it came, as in {@link io.leasehold.protocol.role.Arrival#nowMillis()}
 */
public record Datagram(
        Octets bytes,
        int interfaceIndex,
        Ip4Address source,
        int sourcePort,
        Ip4Address destination,
        long nowMillis) {}
