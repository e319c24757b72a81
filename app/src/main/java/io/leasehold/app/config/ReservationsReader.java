package io.leasehold.app.config;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code reservations} of a subnet. */
final class ReservationsReader {
    private static final List<String> KEYS =
            List.of("hardware", "client-id", "circuit-id", "remote-id");

    private final Problems problems;
    private final Values values;
    private final OptionsReader options;
    private final NetworkChecks checks;

    ReservationsReader(Problems problems, OptionsReader options) {
        this.problems = problems;
        this.values = new Values(problems);
        this.options = options;
        this.checks = new NetworkChecks(problems);
    }

    /**
     * @param network where the addresses must lie; null when that could not be read
     * @param seen the reservations on the same wire before these
     */
    List<Reservation> read(
            @Nullable YamlNode node, @Nullable Ip4Network network, ReservationKeys seen) {
        List<Reservation> reservations = new ArrayList<>();
        for (YamlNode item : values.list(node, "reservations")) {
            Optional<Fields> fields =
                    Fields.of(item, "reservations", Section.RESERVATION, problems);
            Reservation found = fields.isEmpty() ? null : reservation(fields.get(), network, seen);
            if (found != null) {
                reservations.add(found);
            }
        }
        return reservations;
    }

    private @Nullable Reservation reservation(
            Fields fields, @Nullable Ip4Network network, ReservationKeys seen) {
        Reservation.Key key = key(fields, seen);
        YamlNode addressNode = fields.require("address", "an IPv4 address such as 192.168.1.10");
        Ip4Address address = addressNode == null ? null : values.address(addressNode, "address");
        YamlNode nameNode = fields.get("hostname");
        String hostName = nameNode == null ? "" : hostName(nameNode);
        OptionSet own = options.read(fields.get("options"));
        if (address != null && addressNode != null) {
            if (network == null || checks.fits(address, network, addressNode)) {
                seen.add(address, addressNode);
            }
        }
        return key == null || address == null ? null : new Reservation(key, address, hostName, own);
    }

    private Reservation.@Nullable Key key(Fields fields, ReservationKeys seen) {
        String name = null;
        YamlNode node = null;
        for (String candidate : KEYS) {
            YamlNode found = fields.get(candidate);
            if (found != null && node != null) {
                problems.add(found, candidate + ": found beside " + name + ", expected one key");
            } else if (found != null) {
                name = candidate;
                node = found;
            }
        }
        if (name == null || node == null) {
            String expected = "expected one of " + String.join(", ", KEYS);
            problems.add(fields.at(), "reservations: found no key of a client, " + expected);
            return null;
        }
        Reservation.Key key = key(name, node);
        if (key != null) {
            seen.add(key, node, name);
        }
        return key;
    }

    private Reservation.@Nullable Key key(String name, YamlNode node) {
        if (name.equals("hardware")) {
            HardwareAddress hardware = values.hardware(node, name);
            return hardware == null ? null : new Reservation.Key.Hardware(hardware);
        }
        if (name.equals("client-id")) {
            Octets id = values.hex(node, name, "01:52:54:00:aa:00:02");
            return id == null ? null : new Reservation.Key.ClientId(id);
        }
        Octets id = values.textOrHex(node, name);
        if (id == null) {
            return null;
        }
        return name.equals("circuit-id")
                ? new Reservation.Key.CircuitId(id)
                : new Reservation.Key.RemoteId(id);
    }

    private String hostName(YamlNode node) {
        String expected = "a host name such as printer, letters, digits, hyphens and dots";
        String name = values.text(node, "hostname", expected);
        if (name == null) {
            return "";
        }
        String label = "[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?";
        if (name.length() > 253 || !name.matches(label + "(\\." + label + ")*")) {
            problems.expected(node, "hostname", expected);
            return "";
        }
        return name;
    }
}
