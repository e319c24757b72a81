package io.leasehold.server.config;

import java.util.List;

/**
 * All that a DHCP server is told.
 *
 * @param networks the wires it serves
 * @param classes in the order given; a later one's options win over an earlier one's
 * @param options for every subnet; a subnet's, class's or reservation's own options override them,
 *     in that order
 */
public record ServerConfig(
        List<SharedNetwork> networks, List<ClientClass> classes, OptionSet options) {
    public ServerConfig {
        networks = List.copyOf(networks);
        classes = List.copyOf(classes);
    }
}
