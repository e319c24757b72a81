package io.leasehold.server;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wire at work: its subnets in the order in which addresses are chosen from them.
 *
 * @param name what logs call it
 * @param subnets at least one
 */
record ServedNetwork(String name, List<ServedSubnet> subnets) {

    ServedSubnet first() {
        return subnets.getFirst();
    }

    /** The subnet that holds an address; null when the address is wrong for this wire. */
    @Nullable ServedSubnet subnetOf(Ip4Address address) {
        for (ServedSubnet subnet : subnets) {
            if (subnet.config().network().contains(address)) {
                return subnet;
            }
        }
        return null;
    }

    /** The client's reservation, by its first key that has one in any subnet. */
    @Nullable Reservation reservationOf(Request request) {
        return ServedSubnet.reservationIn(subnets, request);
    }
}
