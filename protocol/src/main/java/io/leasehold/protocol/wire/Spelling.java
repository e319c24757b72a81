package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/** The small parts of reading what people write, with errors that say what was found. */
final class Spelling {
    private static final int EXCERPT_BYTES_MAX = 16;

    private Spelling() {}

    /**
     * The items between commas, without the blanks around them. No item at all is an empty list.
     */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        if (text.trim().isEmpty()) {
            return items;
        }
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ',') {
                items.add(text.substring(from, i).trim());
                from = i + 1;
            }
        }
        return items;
    }

    /** A decimal number, or a hexadecimal one after 0x. */
    static long number(String text, long min, long max) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean negative = text.startsWith("-");
        int at = hexadecimal ? 2 : negative ? 1 : 0;
        boolean wrong = at == text.length() || text.length() - at > 18;
        long value = 0;
        for (; at < text.length() && !wrong; at++) {
            int digit = Character.digit(text.charAt(at), hexadecimal ? 16 : 10);
            wrong = digit < 0 || text.charAt(at) > 'f' || value > max;
            value = value * (hexadecimal ? 16 : 10) + digit;
        }
        value = negative ? -value : value;
        if (wrong || value < min || value > max) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a number from " + min + " to " + max);
        }
        return value;
    }

    static IllegalArgumentException unexpected(String found, String expected) {
        return new IllegalArgumentException("\"" + found + "\" is not " + expected);
    }

    /** What a decoder says of bytes that it cannot read. */
    static <T> Field<T> malformed(byte[] bytes, String expected) {
        int shown = Math.min(bytes.length, EXCERPT_BYTES_MAX);
        String excerpt = Octets.of(new Cursor(bytes, 0, shown).rest()).toString();
        String found =
                bytes.length == 0
                        ? "an empty value"
                        : bytes.length
                                + (bytes.length == 1 ? " byte " : " bytes ")
                                + excerpt
                                + (shown < bytes.length ? ":..." : "");
        return Field.malformed(found + " is not " + expected);
    }
}
