package io.leasehold.link.helper;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * For whom the helper makes entries, as its command line says. A character of a name that is not
 * plain ASCII is written as {@code %} and the two digits of each octet, so that it does not matter
 * which characters the helper's surroundings know; a name is kept here as one character an octet.
 */
public final class HelperScope {
    private static final String INTERFACE = "interface=";
    private static final String EXCLUDED = "excluded=";
    private static final String NETWORK = "network=";
    private static final String DIGITS = "0123456789abcdef";

    private final List<String> interfaces = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<Ip4Network> networks = new ArrayList<>();

    /**
     * Reads the helper's command line.
     *
     * @throws IllegalArgumentException says what was found
     */
    public static HelperScope parse(String... arguments) {
        HelperScope scope = new HelperScope();
        for (String each : arguments) {
            String value = each.substring(each.indexOf('=') + 1);
            if (each.startsWith(INTERFACE)) {
                scope.interfaces.add(decode(value));
            } else if (each.startsWith(EXCLUDED)) {
                scope.excluded.add(decode(value));
            } else if (each.startsWith(NETWORK)) {
                scope.networks.add(Ip4Network.parse(value));
            } else {
                throw new IllegalArgumentException(
                        "found \"" + each + "\", expected interface=, excluded= or network=");
            }
        }
        return scope;
    }

    /** The command line that says so. */
    public static List<String> arguments(
            List<String> interfaces, List<String> excluded, List<Ip4Network> networks) {
        List<String> arguments = new ArrayList<>();
        for (String each : interfaces) {
            arguments.add(INTERFACE + encode(each));
        }
        for (String each : excluded) {
            arguments.add(EXCLUDED + encode(each));
        }
        for (Ip4Network each : networks) {
            arguments.add(NETWORK + each);
        }
        return arguments;
    }

    private static String encode(String name) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f && octet != '%') {
                text.append((char) octet);
            } else {
                text.append('%');
                text.append(DIGITS.charAt(octet >> 4 & 15)).append(DIGITS.charAt(octet & 15));
            }
        }
        return text.toString();
    }

    private static String decode(String text) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length()) {
                int high = DIGITS.indexOf(text.charAt(i + 1));
                c = (char) (high << 4 | DIGITS.indexOf(text.charAt(i + 2)));
                i += 2;
            }
            name.append(c);
        }
        return name.toString();
    }

    /** True when an entry may be made for an address on an interface, these being all there are. */
    boolean allows(HelperInterfaces all, int interfaceIndex, int addressBits) {
        Ip4Address address = Ip4Address.of(addressBits);
        boolean allowed = false;
        for (HelperInterfaces.One each : all.all()) {
            for (int i = 0; i < each.addresses().size(); i++) {
                if (each.addresses().get(i).equals(address)) {
                    return false;
                }
            }
            allowed |= each.index() == interfaceIndex && serves(each) && reaches(each, address);
        }
        return allowed;
    }

    /** True when an interface is served, these being all there are. */
    boolean allowsEverybody(HelperInterfaces all, int interfaceIndex) {
        boolean allowed = false;
        for (HelperInterfaces.One each : all.all()) {
            allowed |= each.index() == interfaceIndex && serves(each);
        }
        return allowed;
    }

    private boolean serves(HelperInterfaces.One each) {
        return interfaces.isEmpty()
                ? !each.loopback() && !excluded.contains(each.name())
                : interfaces.contains(each.name());
    }

    private boolean reaches(HelperInterfaces.One each, Ip4Address address) {
        return isHost(each.networks(), address) || isHost(networks, address);
    }

    private static boolean isHost(List<Ip4Network> networks, Ip4Address address) {
        for (Ip4Network network : networks) {
            boolean special =
                    network.prefixBits() < 31
                            && (address.equals(network.address())
                                    || address.equals(network.last()));
            if (network.contains(address) && !special) {
                return true;
            }
        }
        return false;
    }
}
