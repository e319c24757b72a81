package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a boot service is told to do.
 *
 * @param rules of which the first that matches counts; a machine that none matches is left alone
 * @param fileServer where files are fetched by TFTP; null for the address that a machine sees this
 *     service at
 * @param httpPort the port of the HTTP server beside this service; 0 where there is none
 */
public record NetbootConfig(List<BootRule> rules, @Nullable Ip4Address fileServer, int httpPort) {
    public NetbootConfig {
        rules = List.copyOf(rules);
        if (httpPort < 0 || httpPort > 65_535) {
            throw new IllegalArgumentException("HTTP port " + httpPort + ", expected 0 to 65535");
        }
    }

    /**
     * The first rule that is for a machine; null when none is.
     *
     * @param ownAddress of this service in the network of a machine that is not relayed
     */
    public @Nullable BootRule ruleFor(BootClient client, Message message, Ip4Address ownAddress) {
        Ip4Address place =
                !message.giaddr().isZero()
                        ? message.giaddr()
                        : message.ciaddr().isZero() ? ownAddress : message.ciaddr();
        for (BootRule rule : rules) {
            if (rule.isFor(client, place)) {
                return rule;
            }
        }
        return null;
    }

    /** The number of a rule, from 1, by which the URL of a script names it. */
    int numberOf(BootRule rule) {
        return rules.indexOf(rule) + 1;
    }
}
