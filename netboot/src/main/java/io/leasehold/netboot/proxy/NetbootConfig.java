package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.Ip4Address;
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
}
