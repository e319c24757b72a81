package io.leasehold.protocol.wire;

/** Hexadecimal as addresses and client ids are spelled. */
final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** The value of a digit of ASCII, in either case; -1 for any other character. */
    static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Pairs of digits with colons between them. */
    static String pairs(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (int i = 0; i < bytes.length; i++) {
            if (i > 0) {
                text.append(':');
            }
            text.append(DIGITS.charAt(bytes[i] >> 4 & 15)).append(DIGITS.charAt(bytes[i] & 15));
        }
        return text.toString();
    }
}
