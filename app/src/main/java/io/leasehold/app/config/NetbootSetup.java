package io.leasehold.app.config;

import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.tftp.TftpLimits;
import io.leasehold.protocol.wire.Ip4Address;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A boot service, as flags or a file tell it.
 *
 * @param interfaces names of the interfaces that machines boot through
 * @param listen addresses of this host to take port 67's unicasts at, which relays send
 * @param rules what boots what
 * @param root the directory of the boot files; null where others serve them
 * @param tftp bounds of TFTP; null where files are not served over it
 * @param proxyOnly whether port 67 is left out, and only port 4011 answered
 */
public record NetbootSetup(
        List<String> interfaces,
        List<Ip4Address> listen,
        NetbootConfig rules,
        @Nullable Path root,
        @Nullable TftpLimits tftp,
        boolean proxyOnly) {
    /** The port of the HTTP server where nothing else is said. */
    public static final int HTTP_PORT_DEFAULT = 8080;

    public NetbootSetup {
        interfaces = List.copyOf(interfaces);
        listen = List.copyOf(listen);
    }

    /** On port 4011 only. */
    public NetbootSetup withProxyOnly() {
        return new NetbootSetup(interfaces, listen, rules, root, tftp, true);
    }
}
