package io.leasehold.app.admin;

import io.leasehold.protocol.wire.Ip4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where the admin endpoint listens, as it is written. */
public final class AdminAddress {
    private static final int PORT_MAX = 65_535;

    private AdminAddress() {}

    /**
     * Reads {@code 127.0.0.1:9067}.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     found and what was expected
     */
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0 && port <= PORT_MAX) {
                Ip4Address address = Ip4Address.parse(text.substring(0, colon));
                return new InetSocketAddress(InetAddress.getByAddress(address.toBytes()), port);
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static String expected(String text) {
        return "found \"" + text + "\", expected ADDRESS:PORT such as 127.0.0.1:9067";
    }
}
