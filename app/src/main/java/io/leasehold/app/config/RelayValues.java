package io.leasehold.app.config;

import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.VirtualSubnet;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How the values of a relay are spelled, on the command line and in a file alike. What cannot be
 * read is an {@link IllegalArgumentException} whose message says what was found and expected.
 */
public final class RelayValues {
    private static final String PAIRS = "0x([0-9a-fA-F]{2})+";

    /** A burst that no number was given for: some seconds' worth, and a whole exchange at least. */
    private static final int BURST_FACTOR = 2;

    private static final int BURST_LEAST = 4;

    private static final int ALTERNATIVE_SERVER_PORT = 1067;
    private static final int ALTERNATIVE_CLIENT_PORT = 1068;

    private RelayValues() {}

    /** The port of servers and relays. */
    public static int serverPort(boolean alternative) {
        return alternative ? ALTERNATIVE_SERVER_PORT : RelayConfig.DEFAULTS.serverPort();
    }

    /** The port of clients. */
    public static int clientPort(boolean alternative) {
        return alternative ? ALTERNATIVE_CLIENT_PORT : RelayConfig.DEFAULTS.clientPort();
    }

    /** Names of interfaces that are none of clients. */
    public static List<String> apart(List<String> names, List<String> ofClients) {
        for (String name : names) {
            if (ofClients.contains(name)) {
                throw new IllegalArgumentException(
                        name + " is named as an interface of clients too");
            }
        }
        return names;
    }

    /** {@code 5}: so many requests a second; {@code 5/20}: and 20 at once. */
    public static RateLimit rateLimit(String text) {
        String expected =
                ", expected requests a second such as 5, or with how many may come at once: 5/20";
        if (!text.matches("[0-9]{1,7}(/[0-9]{1,7})?")) {
            throw new IllegalArgumentException("found \"" + text + "\"" + expected);
        }
        int slash = text.indexOf('/');
        int perSecond = Integer.parseInt(slash < 0 ? text : text.substring(0, slash));
        int burst =
                slash < 0
                        ? Math.max(BURST_LEAST, BURST_FACTOR * perSecond)
                        : Integer.parseInt(text.substring(slash + 1));
        if (perSecond == 0) {
            throw new IllegalArgumentException("found \"" + text + "\"" + expected);
        }
        return new RateLimit(perSecond, Math.min(burst, RateLimit.BURST_REQUESTS_MAX));
    }

    /**
     * {@code dhcp2.example.com=5}: a server and its share of the clients.
     *
     * @param servers one of which it has to be
     */
    public static Balance.Canary canary(String text, List<ServerName> servers) {
        int equals = text.lastIndexOf('=');
        String percent = text.substring(equals + 1).replaceFirst("%$", "");
        if (equals < 1 || !percent.matches("[0-9]{1,3}") || Integer.parseInt(percent) > 100) {
            throw new IllegalArgumentException(
                    "found \""
                            + text
                            + "\", expected a server and its share of the clients, 0 to 100:"
                            + " dhcp2.example.com=5");
        }
        String server = text.substring(0, equals);
        if (servers.stream().noneMatch(each -> each.toString().equals(server))) {
            throw new IllegalArgumentException(
                    "found \"" + server + "\", expected one of the servers: " + servers);
        }
        return new Balance.Canary(server, Integer.parseInt(percent));
    }

    /** {@code global}, a VPN's name, or {@code 0x} and the seven bytes of a VPN-ID. */
    public static VirtualSubnet virtualSubnet(String text) {
        if (text.equals("global")) {
            return new VirtualSubnet(VirtualSubnet.GLOBAL, Octets.EMPTY);
        }
        if (text.startsWith("0x")) {
            if (!text.matches("0x([0-9a-fA-F]{2}){7}")) {
                throw virtualSubnetExpected(text);
            }
            return new VirtualSubnet(VirtualSubnet.VPN_ID, Octets.parseHex(text.substring(2)));
        }
        if (!text.matches("[ -~]{1,254}")) {
            throw virtualSubnetExpected(text);
        }
        return new VirtualSubnet(
                VirtualSubnet.ASCII, Octets.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static IllegalArgumentException virtualSubnetExpected(String text) {
        return new IllegalArgumentException(
                "found \""
                        + text
                        + "\", expected the name of a VPN in ASCII, a VPN-ID of seven bytes such"
                        + " as 0x00005e00000007, or global");
    }

    /** A DUID: {@code 0x} and hexadecimal pairs. */
    public static Octets relayId(String text) {
        if (!text.matches(PAIRS) || text.length() > 2 + 2 * 255) {
            throw new IllegalArgumentException(
                    "found \""
                            + text
                            + "\", expected the bytes of a DUID such as 0x000300015254000aa001");
        }
        return Octets.parseHex(text.substring(2));
    }
}
