package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Address;
import org.jspecify.annotations.Nullable;

/**
 * A server as an operator names it.
 *
 * @param host an IPv4 address, or a name that resolves to some
 * @param port the UDP port that it listens on; 0 for the one that the relay itself listens on
 */
public record ServerName(String host, int port) {
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*\\.?";
    private static final int NAME_LENGTH_MAX = 253;

    /**
     * Reads {@code dhcp.example.com}, {@code 10.0.0.5} or either with {@code :1067} behind it.
     *
     * @throws IllegalArgumentException says what was found and expected
     */
    public static ServerName parse(String text) {
        int colon = text.indexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean named =
                host.length() <= NAME_LENGTH_MAX
                        && host.matches(NAME)
                        && !host.replaceFirst("\\.$", "").matches("(.*\\.)?[0-9]+");
        if (!named && addressIn(host) == null) {
            throw new IllegalArgumentException(
                    "found \""
                            + text
                            + "\", expected the name or the IPv4 address of a server, with or"
                            + " without a port: dhcp.example.com, 10.0.0.5, 10.0.0.5:1067");
        }
        return new ServerName(host, colon < 0 ? 0 : port(text, port));
    }

    private static int port(String text, String port) {
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\", expected a port of 1 to 65535 behind the colon");
        }
        return number;
    }

    private static @Nullable Ip4Address addressIn(String host) {
        try {
            Ip4Address address = Ip4Address.parse(host);
            return canBeServer(address) ? address : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** False for what no host can have: 0/8, multicast, and what lies behind it. */
    public static boolean canBeServer(Ip4Address address) {
        int firstOctet = address.bits() >>> 24;
        return firstOctet != 0 && firstOctet < 224;
    }

    /** The address, when the operator gave one; null when it is a name. */
    public @Nullable Ip4Address address() {
        return addressIn(host);
    }

    /** As the operator wrote it. */
    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
