package io.leasehold.protocol.wire;

import java.nio.charset.StandardCharsets;

/**
 * A string option (RFC 2132 §2): kept as the bytes that came, so that a trailing NUL or a name in
 * an unknown character set goes out as it came in.
 *
 * @param octets the bytes, with the trailing NULs if there are any
 */
public record Text(Octets octets) {
    /** What precedes hexadecimal pairs where the text itself cannot be written. */
    private static final String HEX_PREFIX = "hex:";

    public static final Text EMPTY = new Text(Octets.EMPTY);

    /** A text in UTF-8. */
    public static Text of(String value) {
        return new Text(Octets.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The text without trailing NULs, which a receiver must delete (RFC 2132 §2), read as UTF-8.
     * Bytes that are none become U+FFFD; control characters are not removed.
     */
    public String value() {
        byte[] bytes = octets.toBytes();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Reads the spelling of configuration files: the text itself, or {@code hex:} and hexadecimal
     * pairs.
     *
     * @throws IllegalArgumentException when what follows {@code hex:} is something else
     */
    public static Text parse(String spelled) {
        return spelled.startsWith(HEX_PREFIX)
                ? new Text(Octets.parseHex(spelled.substring(HEX_PREFIX.length())))
                : of(spelled);
    }

    /**
     * The text itself where {@link #parse} would read the same bytes from it and it has no control
     * characters; otherwise {@code hex:} and hexadecimal pairs. So it is one line, whatever a
     * client sent.
     */
    @Override
    public String toString() {
        return spelled(false);
    }

    /** As {@link #toString}, fit to stand between commas. */
    String item() {
        return spelled(true);
    }

    private String spelled(boolean item) {
        String text = new String(octets.toBytes(), StandardCharsets.UTF_8);
        boolean plain =
                !text.startsWith(HEX_PREFIX)
                        && text.equals(text.trim())
                        && !(item && (text.isEmpty() || text.indexOf(',') >= 0))
                        && of(text).equals(this);
        for (int i = 0; i < text.length() && plain; i++) {
            plain = isPrintable(text.charAt(i));
        }
        return plain ? text : HEX_PREFIX + octets;
    }

    /** False for C0 and C1 controls, line separators and what reverses the direction of writing. */
    private static boolean isPrintable(char c) {
        boolean control = c < ' ' || c >= 0x7f && c < 0xa0;
        boolean format = c >= 0x200b && c <= 0x200f || c >= 0x2028 && c <= 0x202e;
        boolean isolate = c >= 0x2060 && c <= 0x206f || c == 0xfeff;
        return !control && !format && !isolate;
    }
}
