package io.leasehold.server.config;

import io.leasehold.protocol.wire.Ip4Network;
import java.util.List;

/**
 * A subnet that is served.
 *
 * @param network its addresses
 * @param pools what is given away, not overlapping, within the network
 * @param reservations addresses kept for one client each
 * @param settings how leases are given; all inheritance is done already
 * @param options its own options; those for every subnet are in {@link ServerConfig#options()}
 */
public record Subnet(
        Ip4Network network,
        List<Pool> pools,
        List<Reservation> reservations,
        Settings settings,
        OptionSet options) {
    public Subnet {
        pools = List.copyOf(pools);
        reservations = List.copyOf(reservations);
    }
}
