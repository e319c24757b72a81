package io.leasehold.server;

import io.leasehold.lease.ClientKey;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Reservation;
import io.leasehold.server.config.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subnet at work: its configuration, its pool and its reservations by key. */
final class ServedSubnet {
    private final Subnet config;
    private final OptionSet options;
    private final AddressPool pool;
    private final Map<Reservation.Key, Reservation> byKey = new HashMap<>();
    private final Map<Ip4Address, Reservation> byAddress = new HashMap<>();

    /**
     * @param global the options for every subnet
     */
    ServedSubnet(Subnet config, OptionSet global) {
        this.config = config;
        this.options = global.overriddenBy(config.options());
        for (Reservation reservation : config.reservations()) {
            byKey.put(reservation.key(), reservation);
            byAddress.put(reservation.address(), reservation);
        }
        this.pool = newPool();
    }

    /**
     * A pool never gives away a reserved address, nor the network's own and its broadcast address.
     */
    private AddressPool newPool() {
        AddressPool fresh = new AddressPool(config.pools(), config.settings().knownSharePercent());
        if (config.network().prefixBits() < 31) {
            fresh.exclude(config.network().address());
            fresh.exclude(config.network().last());
        }
        for (Ip4Address reserved : byAddress.keySet()) {
            fresh.exclude(reserved);
        }
        return fresh;
    }

    Subnet config() {
        return config;
    }

    /** The options of every client here: global ones, overridden by the subnet's own. */
    OptionSet options() {
        return options;
    }

    AddressPool pool() {
        return pool;
    }

    /** The client's reservation, by the first of its keys that has one. */
    @Nullable Reservation reservationOf(Request request) {
        return reservationIn(List.of(this), request);
    }

    /** The same in several subnets: the kind of key counts before the order of the subnets. */
    static @Nullable Reservation reservationIn(List<ServedSubnet> subnets, Request request) {
        boolean reserved = false;
        for (int i = 0; i < subnets.size() && !reserved; i++) {
            reserved = !subnets.get(i).byKey.isEmpty();
        }
        if (!reserved) {
            return null;
        }
        for (Reservation.Key key : request.reservationKeys()) {
            for (ServedSubnet subnet : subnets) {
                Reservation found = subnet.byKey.get(key);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** True when an address may be given to whom it is not reserved for. */
    boolean gives(Ip4Address address) {
        return !isEdge(address) && pool.contains(address) && !byAddress.containsKey(address);
    }

    /** True for the network's own and its broadcast address, which no host has. */
    boolean isEdge(Ip4Address address) {
        return config.network().prefixBits() < 31
                && (address.equals(config.network().address())
                        || address.equals(config.network().last()));
    }

    /**
     * Who the client is in this subnet (RFC 2131 §4.2); null when it sends neither id nor hardware
     * address.
     */
    @Nullable ClientKey keyOf(Request request) {
        boolean byId = config.settings().matchClientId() || request.hardware().length() == 0;
        if (byId && request.clientId().length() > 0) {
            return new ClientKey.ById(request.clientId());
        }
        return request.hardware().length() == 0
                ? null
                : new ClientKey.ByHardware(request.hardware());
    }
}
