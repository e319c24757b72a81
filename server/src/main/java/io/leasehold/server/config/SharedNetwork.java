package io.leasehold.server.config;

import java.util.List;

/**
 * One wire with its subnets. A subnet that shares its wire with no other is a shared network of
 * one.
 *
 * @param name what logs call it
 * @param subnets at least one; addresses are chosen from the first that has any
 */
public record SharedNetwork(String name, List<Subnet> subnets) {
    public SharedNetwork {
        subnets = List.copyOf(subnets);
        if (subnets.isEmpty()) {
            throw new IllegalArgumentException("shared network " + name + " has no subnet");
        }
    }
}
