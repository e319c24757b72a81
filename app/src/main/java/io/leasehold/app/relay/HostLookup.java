package io.leasehold.app.relay;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/** Resolves names as every program on this host does: /etc/hosts, name servers, search domains. */
final class HostLookup implements NameResolver.Lookup {
    HostLookup() {
        // What the JDK remembers it would not ask for again. It reads these before its first
        // lookup.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    @Override
    public List<Ip4Address> addresses(String name) throws IOException {
        List<Ip4Address> found = new ArrayList<>();
        try {
            for (InetAddress each : InetAddress.getAllByName(name)) {
                if (each instanceof Inet4Address) {
                    found.add(Ip4Address.of(ByteBuffer.wrap(each.getAddress()).getInt()));
                }
            }
        } catch (UnknownHostException e) {
            // "name: Name or service not known"; the caller says the name itself.
            String why = String.valueOf(e.getMessage());
            String prefix = name + ": ";
            throw new IOException(why.startsWith(prefix) ? why.substring(prefix.length()) : why, e);
        }
        return found;
    }
}
