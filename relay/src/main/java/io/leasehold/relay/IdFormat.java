package io.leasehold.relay;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Octets;

/**
 * How a circuit id or remote id is spelled: ASCII text in which %i stands for the interface's name,
 * %a for its address, %m for the client's hardware address and %% for a percent sign; or {@code 0x}
 * and hexadecimal pairs.
 */
final class IdFormat {
    /** IFNAMSIZ without its NUL. */
    private static final int NAME_BYTES_MAX = 15;

    private static final int ADDRESS_BYTES_MAX = 15;

    /** 16 octets with colons between them. */
    private static final int HARDWARE_BYTES_MAX = 47;

    /** Tokens above every byte. */
    private static final int NAME = 256;

    private static final int ADDRESS = 257;
    private static final int HARDWARE = 258;

    /** Bytes of 0 to 255, and what stands for something. */
    private final int[] tokens;

    private final int count;

    private IdFormat(int[] tokens, int count) {
        this.tokens = tokens;
        this.count = count;
    }

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException when it is none, or may become longer than a sub-option; the
     *     message says what was found and what was expected
     */
    static IdFormat parse(String text) {
        IdFormat format = text.startsWith("0x") ? hexadecimal(text) : ascii(text);
        if (format.bytesMax() > AgentInformation.SUB_OPTION_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" may become "
                            + format.bytesMax()
                            + " bytes long, expected at most "
                            + AgentInformation.SUB_OPTION_BYTES_MAX);
        }
        return format;
    }

    private static IdFormat hexadecimal(String text) {
        Octets octets = Octets.parseHex(text.substring(2));
        int[] tokens = new int[octets.length()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = octets.get(i);
        }
        return new IdFormat(tokens, tokens.length);
    }

    private static IdFormat ascii(String text) {
        int[] tokens = new int[text.length()];
        int count = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not printable ASCII at character " + (i + 1));
            }
            if (escaped) {
                tokens[count++] = placeholder(c, text, i);
                escaped = false;
            } else if (c == '%') {
                escaped = true;
            } else {
                tokens[count++] = c;
            }
        }
        if (escaped) {
            throw unexpectedPercent(text, text.length());
        }
        return new IdFormat(tokens, count);
    }

    private static int placeholder(char c, String text, int percentAt) {
        return switch (c) {
            case 'i' -> NAME;
            case 'a' -> ADDRESS;
            case 'm' -> HARDWARE;
            case '%' -> '%';
            default -> throw unexpectedPercent(text, percentAt);
        };
    }

    /**
     * @param at the place of the percent sign, the first character is 1
     */
    private static IllegalArgumentException unexpectedPercent(String text, int at) {
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" has a percent sign at character "
                        + at
                        + ", expected %i, %a, %m or %% there");
    }

    boolean isEmpty() {
        return count == 0;
    }

    private int bytesMax() {
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes +=
                    switch (tokens[i]) {
                        case NAME -> NAME_BYTES_MAX;
                        case ADDRESS -> ADDRESS_BYTES_MAX;
                        case HARDWARE -> HARDWARE_BYTES_MAX;
                        default -> 1;
                    };
        }
        return bytes;
    }

    /** Writes the id of a client on an interface. */
    void write(SubOptionWriter out, byte[] interfaceName, Ip4Address address, Message request) {
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token == NAME) {
                out.bytes(interfaceName);
            } else if (token == ADDRESS) {
                out.dotted(address.bits());
            } else if (token == HARDWARE) {
                out.hardware(request);
            } else {
                out.u8(token);
            }
        }
    }
}
