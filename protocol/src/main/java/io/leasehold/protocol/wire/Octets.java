package io.leasehold.protocol.wire;

import java.util.Arrays;

/** An immutable string of bytes: a client id, a circuit id, an option value without a format. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private static final String HEX = "0123456789abcdef";

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the bytes. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /**
     * Reads hexadecimal pairs, with colons between them or without.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Octets parseHex(String text) {
        String digits = text.replace(":", "");
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a row of hexadecimal pairs such as 01:52:54");
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(digits.charAt(i * 2), 16);
            int low = Character.digit(digits.charAt(i * 2 + 1), 16);
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not a row of hexadecimal pairs such as 01:52:54");
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return new Octets(bytes);
    }

    public int length() {
        return bytes.length;
    }

    /** The byte at an index, 0 to 255. */
    public int get(int index) {
        return bytes[index] & 0xff;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal pairs with colons between them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(':');
            }
            text.append(HEX.charAt(bytes[i] >> 4 & 15)).append(HEX.charAt(bytes[i] & 15));
        }
        return text.toString();
    }
}
