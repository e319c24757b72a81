package io.leasehold.protocol.wire;

/**
 * An IPv4 network in CIDR form.
 *
 * @param address the first address; no bit is set behind the prefix
 * @param prefixBits length of the prefix, 0 to 32
 */
public record Ip4Network(Ip4Address address, int prefixBits) {
    public Ip4Network {
        if (prefixBits < 0 || prefixBits > 32) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixBits + " is not within 0 to 32");
        }
        if ((address.bits() & ~maskOf(prefixBits)) != 0) {
            throw new IllegalArgumentException(
                    address
                            + "/"
                            + prefixBits
                            + " has bits set behind its prefix; the network is "
                            + Ip4Address.of(address.bits() & maskOf(prefixBits))
                            + "/"
                            + prefixBits);
        }
    }

    /** The network that holds an address. */
    public static Ip4Network containing(Ip4Address address, int prefixBits) {
        return new Ip4Network(Ip4Address.of(address.bits() & maskOf(prefixBits)), prefixBits);
    }

    /**
     * Reads {@code 192.168.50.0/24}.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     expected
     */
    public static Ip4Network parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a network such as 192.168.50.0/24");
        }
        int prefix = 0;
        String digits = text.substring(slash + 1);
        boolean padded = digits.length() > 1 && digits.charAt(0) == '0';
        if (digits.isEmpty() || digits.length() > 2 || padded) {
            throw new IllegalArgumentException("\"" + text + "\" has no prefix length of 0 to 32");
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has no prefix length of 0 to 32");
            }
            prefix = prefix * 10 + (c - '0');
        }
        return new Ip4Network(Ip4Address.parse(text.substring(0, slash)), prefix);
    }

    private static int maskOf(int prefixBits) {
        return prefixBits == 0 ? 0 : -1 << (32 - prefixBits);
    }

    public Ip4Address mask() {
        return Ip4Address.of(maskOf(prefixBits));
    }

    /** The highest address: the subnet's broadcast address where the prefix is shorter than 31. */
    public Ip4Address last() {
        return Ip4Address.of(address.bits() | ~maskOf(prefixBits));
    }

    public boolean contains(Ip4Address candidate) {
        return (candidate.bits() & maskOf(prefixBits)) == address.bits();
    }

    @Override
    public String toString() {
        return address + "/" + prefixBits;
    }
}
