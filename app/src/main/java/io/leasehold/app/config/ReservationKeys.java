package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Reservation;
import java.util.HashMap;
import java.util.Map;

/** Finds the second reservation for a client or an address on one wire. */
final class ReservationKeys {
    private final Problems problems;
    private final Map<Object, Integer> lines = new HashMap<>();

    ReservationKeys(Problems problems) {
        this.problems = problems;
    }

    void add(Reservation.Key key, YamlNode at, String name) {
        Integer before = lines.putIfAbsent(key, at.line());
        if (before != null) {
            problems.add(
                    at, name + ": " + at.found() + " has a reservation already, in line " + before);
        }
    }

    void add(Ip4Address address, YamlNode at) {
        Integer before = lines.putIfAbsent(address, at.line());
        if (before != null) {
            problems.add(at, "address: " + address + " is reserved already, in line " + before);
        }
    }
}
