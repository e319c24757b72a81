package io.leasehold.protocol.wire;

/**
 * Two addresses that belong together: a destination and its mask in option 21 (RFC 2132 §4.3), a
 * destination and its router in option 33 (§5.8).
 */
public record AddressPair(Ip4Address first, Ip4Address second) {
    /** {@code 10.0.0.0 192.168.50.1}. */
    @Override
    public String toString() {
        return first + " " + second;
    }
}
