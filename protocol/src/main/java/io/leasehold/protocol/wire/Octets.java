package io.leasehold.protocol.wire;

import java.util.Arrays;

/** An immutable string of bytes: a client id, a circuit id, an option value without a format. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

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
        byte[] bytes = new byte[text.length() / 2];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            if (count > 0 && text.charAt(at) == ':') {
                at++;
            }
            int high = at + 1 < text.length() ? Hex.digit(text.charAt(at)) : -1;
            int low = at + 1 < text.length() ? Hex.digit(text.charAt(at + 1)) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not a row of hexadecimal pairs such as 01:52:54");
            }
            bytes[count++] = (byte) (high << 4 | low);
            at += 2;
        }
        return count == 0 ? EMPTY : new Octets(Arrays.copyOf(bytes, count));
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
        return Hex.pairs(bytes);
    }
}
