package io.leasehold.protocol.wire;

/**
 * An IPv4 address, ordered as on the wire (unsigned).
 *
 * @param bits the four octets, the first in the highest byte
 */
public record Ip4Address(int bits) implements Comparable<Ip4Address> {
    /** 0.0.0.0: no address. */
    public static final Ip4Address ZERO = new Ip4Address(0);

    /** 255.255.255.255: everyone on the wire. */
    public static final Ip4Address BROADCAST = new Ip4Address(-1);

    public static Ip4Address of(int bits) {
        return bits == 0 ? ZERO : new Ip4Address(bits);
    }

    /**
     * Reads the dotted form, four decimal numbers of 0 to 255. A number with a leading zero is
     * refused: some readers take it for octal.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     expected
     */
    public static Ip4Address parse(String text) {
        int bits = 0;
        int octets = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c >= '0' && c <= '9') {
                if (value == 0) {
                    throw notAnAddress(text);
                }
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    throw notAnAddress(text);
                }
            } else if (c == '.' && value >= 0 && octets < 4) {
                bits = bits << 8 | value;
                octets++;
                value = -1;
            } else {
                throw notAnAddress(text);
            }
        }
        if (octets != 4) {
            throw notAnAddress(text);
        }
        return of(bits);
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not an IPv4 address such as 192.168.1.10");
    }

    public boolean isZero() {
        return bits == 0;
    }

    /** True for 224.0.0.0/4. */
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /** True for 127.0.0.0/8. */
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    public Ip4Address plus(int offset) {
        return of(bits + offset);
    }

    /** The four octets, in wire order. */
    public byte[] toBytes() {
        return new byte[] {
            (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
        };
    }

    @Override
    public int compareTo(Ip4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }
}
