package io.leasehold.server.config;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;

/**
 * An address kept for one client.
 *
 * @param key how the client is known
 * @param address the address, within the subnet, in a pool or not
 * @param hostName the name it is told (option 12); empty for none
 * @param options its own options, which win over all others
 */
public record Reservation(Key key, Ip4Address address, String hostName, OptionSet options) {
    /** How a client is known. Where several reservations fit, the first kind of these wins. */
    public sealed interface Key {
        /** By option 61. */
        record ClientId(Octets value) implements Key {}

        /** By hardware address. */
        record Hardware(HardwareAddress value) implements Key {}

        /** By the relay's circuit id (82.1): whoever is on that port. */
        record CircuitId(Octets value) implements Key {}

        /** By the relay's remote id (82.2). */
        record RemoteId(Octets value) implements Key {}
    }
}
