package io.leasehold.netboot.proxy;

import io.leasehold.protocol.wire.HardwareAddress;
import java.util.Arrays;
import java.util.Locale;

/** Hardware addresses by their octets: {@code 52:54:00:77:01:*}, where * is any octet. */
public final class HardwarePattern {
    private static final int ANY = -1;
    private static final int OCTETS_MAX = 16;

    private final int[] octets;
    private final boolean openEnd;

    private HardwarePattern(int[] octets, boolean openEnd) {
        this.octets = octets;
        this.openEnd = openEnd;
    }

    /**
     * Reads pairs of hexadecimal digits with colons between them, * for any octet; a * at the end
     * stands for all that follow.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static HardwarePattern parse(String text) {
        String[] parts = text.split(":", -1);
        int[] octets = new int[parts.length];
        boolean right = parts.length <= OCTETS_MAX;
        for (int i = 0; i < parts.length && right; i++) {
            right = parts[i].equals("*") || parts[i].matches("[0-9a-fA-F]{2}");
            octets[i] = right && !parts[i].equals("*") ? Integer.parseInt(parts[i], 16) : ANY;
        }
        boolean openEnd = octets[octets.length - 1] == ANY;
        if (!right || parts.length < 6 && !openEnd) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is not a hardware address such as 52:54:00:77:01:00, or"
                            + " 52:54:00:77:01:*");
        }
        return new HardwarePattern(octets, openEnd);
    }

    boolean matches(HardwareAddress address) {
        boolean length =
                openEnd ? address.length() >= octets.length : address.length() == octets.length;
        for (int i = 0; i < octets.length && length; i++) {
            if (octets[i] != ANY && octets[i] != address.get(i)) {
                return false;
            }
        }
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwarePattern that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int octet : octets) {
            text.append(text.length() == 0 ? "" : ":")
                    .append(octet == ANY ? "*" : String.format(Locale.ROOT, "%02x", octet));
        }
        return text.toString();
    }
}
