package io.leasehold.app.config;

import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.ArrayList;
import java.util.List;

/** How much a configuration holds, so that one who loads it sees that it is the one meant. */
public final class ConfigSummary {
    private ConfigSummary() {}

    /** What there is, for one line. */
    public static String of(AppConfig config) {
        List<String> parts = new ArrayList<>();
        if (config.hasServer()) {
            parts.add(of(config.server()));
        }
        if (!config.relays().isEmpty()) {
            parts.add(count(config.relays().size(), "relay", "s"));
        }
        NetbootSetup netboot = config.netboot();
        if (netboot != null) {
            parts.add(count(netboot.rules().rules().size(), "boot rule", "s"));
        }
        return String.join(", ", parts);
    }

    private static String of(ServerConfig server) {
        long subnets = 0;
        long reservations = 0;
        for (SharedNetwork network : server.networks()) {
            for (Subnet subnet : network.subnets()) {
                subnets++;
                reservations += subnet.reservations().size();
            }
        }
        return count(subnets, "subnet", "s")
                + ", "
                + count(addresses(server), "address", "es")
                + " in pools, "
                + count(reservations, "reservation", "s")
                + ", "
                + count(server.classes().size(), "class", "es");
    }

    /** How many addresses the pools have. */
    public static long addresses(ServerConfig server) {
        long addresses = 0;
        for (SharedNetwork network : server.networks()) {
            for (Subnet subnet : network.subnets()) {
                for (Pool pool : subnet.pools()) {
                    addresses += pool.size();
                }
            }
        }
        return addresses;
    }

    /** {@code 1 subnet}, {@code 2 subnets}. */
    public static String count(long number, String one, String plural) {
        return number + " " + one + (number == 1 ? "" : plural);
    }
}
