package io.leasehold.app.lab;

import java.util.List;

/**
 * How a client of the lab is to behave.
 *
 * @param iface the interface that it configures
 * @param hostname the name that it tells the server (option 12)
 * @param clientId its client identifier (option 61) as octets, such as 01:52:54:00:aa:00:02; empty
 *     for the program's own choice
 * @param checkAddress whether it asks the segment if another host has the address before it uses it
 * @param extra further words for its command line
 */
public record ClientOptions(
        String iface, String hostname, String clientId, boolean checkAddress, List<String> extra) {
    public ClientOptions {
        extra = List.copyOf(extra);
    }

    public ClientOptions(String iface, String hostname) {
        this(iface, hostname, "", false, List.of());
    }

    public ClientOptions withClientId(String newClientId) {
        return new ClientOptions(iface, hostname, newClientId, checkAddress, extra);
    }

    public ClientOptions withCheckAddress() {
        return new ClientOptions(iface, hostname, clientId, true, extra);
    }

    public ClientOptions withExtra(String... words) {
        return new ClientOptions(iface, hostname, clientId, checkAddress, List.of(words));
    }
}
