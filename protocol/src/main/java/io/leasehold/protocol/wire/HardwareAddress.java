package io.leasehold.protocol.wire;

import java.util.Arrays;

/** A hardware address as a message carries it: htype, and chaddr cut to hlen octets. Immutable. */
public final class HardwareAddress {
    /** The hardware type of Ethernet (RFC 1700). */
    public static final int ETHERNET = 1;

    private final int type;
    private final byte[] octets;

    private HardwareAddress(int type, byte[] octets) {
        this.type = type;
        this.octets = octets;
    }

    /**
     * @param type htype, 0 to 255
     * @param octets 0 to 16 octets; copied
     */
    public static HardwareAddress of(int type, byte[] octets) {
        if (type < 0 || type > 255 || octets.length > 16) {
            throw new IllegalArgumentException("htype " + type + ", hlen " + octets.length);
        }
        return new HardwareAddress(type, octets.clone());
    }

    /**
     * Reads {@code 52:54:00:aa:00:01} as Ethernet.
     *
     * @throws IllegalArgumentException when the text is anything else; the message says what was
     *     expected
     */
    public static HardwareAddress parse(String text) {
        byte[] octets = new byte[(text.length() + 1) / 3];
        if (octets.length == 0 || octets.length > 16 || text.length() != octets.length * 3 - 1) {
            throw notHardware(text);
        }
        for (int i = 0; i < octets.length; i++) {
            int high = Hex.digit(text.charAt(i * 3));
            int low = Hex.digit(text.charAt(i * 3 + 1));
            boolean separated =
                    i == octets.length - 1
                            || text.charAt(i * 3 + 2) == ':'
                            || text.charAt(i * 3 + 2) == '-';
            if (high < 0 || low < 0 || !separated) {
                throw notHardware(text);
            }
            octets[i] = (byte) (high << 4 | low);
        }
        return new HardwareAddress(ETHERNET, octets);
    }

    private static IllegalArgumentException notHardware(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a hardware address such as 52:54:00:aa:00:01");
    }

    /** htype. */
    public int type() {
        return type;
    }

    /** hlen: how many octets there are. */
    public int length() {
        return octets.length;
    }

    /** The octet at an index, 0 to 255. */
    public int get(int index) {
        return octets[index] & 0xff;
    }

    /** A copy of the octets. */
    public byte[] toBytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that
                && type == that.type
                && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(octets) + type;
    }

    /** Octets in hexadecimal with colons; {@code -} when there are none. */
    @Override
    public String toString() {
        if (octets.length == 0) {
            return "-";
        }
        return Hex.pairs(octets);
    }
}
