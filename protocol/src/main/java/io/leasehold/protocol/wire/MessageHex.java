package io.leasehold.protocol.wire;

import java.io.ByteArrayOutputStream;

/**
 * Bytes as people write them down: pairs of hexadecimal digits, {@code 00*64} for 64 times the
 * same, and comments from # to the end of a line.
 */
public final class MessageHex {
    /** The most that is read: what a UDP datagram can hold. */
    public static final int BYTES_MAX = Message.DATAGRAM_BYTES_MAX;

    private static final int ROW_BYTES = 24;
    private static final int RUN_BYTES_MIN = 8;
    private static final int COMMENT_COLUMN = 28;
    private static final int TIMES_DIGITS_MAX = 5;

    private final byte[] bytes;
    private final StringBuilder text = new StringBuilder();

    private MessageHex(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the bytes of a text.
     *
     * @throws IllegalArgumentException when it is anything else; the message says in which line,
     *     what was found there and what was expected
     */
    public static byte[] parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int comment = lines[i].indexOf('#');
            String digits = comment < 0 ? lines[i] : lines[i].substring(0, comment);
            for (String word : digits.trim().split("\\s+", -1)) {
                if (!word.isEmpty() && !append(bytes, word)) {
                    throw new IllegalArgumentException(
                            "line "
                                    + (i + 1)
                                    + ": found "
                                    + Text.of(word.substring(0, Math.min(word.length(), 40)))
                                    + ", expected pairs of hexadecimal digits such as 63825363, or"
                                    + " 00*64 for 64 times the same, at most "
                                    + BYTES_MAX
                                    + " bytes in all");
                }
            }
        }
        return bytes.toByteArray();
    }

    /** False where a word is neither digits nor a repetition, or is too much. */
    private static boolean append(ByteArrayOutputStream bytes, String word) {
        int star = word.indexOf('*');
        String digits = star < 0 ? word : word.substring(0, star);
        int times = star < 0 ? 1 : number(word.substring(star + 1));
        if (times < 0 || digits.isEmpty() || digits.length() % 2 != 0) {
            return false;
        }
        byte[] once = new byte[digits.length() / 2];
        for (int i = 0; i < once.length; i++) {
            int high = Hex.digit(digits.charAt(2 * i));
            int low = Hex.digit(digits.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return false;
            }
            once[i] = (byte) (high << 4 | low);
        }
        if (bytes.size() + (long) once.length * times > BYTES_MAX) {
            return false;
        }
        for (int i = 0; i < times; i++) {
            bytes.write(once, 0, once.length);
        }
        return true;
    }

    private static int number(String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || i >= TIMES_DIGITS_MAX) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return digits.isEmpty() ? -1 : value;
    }

    /** The bytes of a message, a field or an option a line, with its name. */
    public static String format(Message message) {
        MessageHex hex = new MessageHex(message.bytes());
        hex.part(0, 4, "op, htype, hlen, hops");
        hex.part(4, 8, "xid");
        hex.part(8, 12, "secs, flags");
        hex.part(12, 16, "ciaddr " + message.ciaddr());
        hex.part(16, 20, "yiaddr " + message.yiaddr());
        hex.part(20, 24, "siaddr " + message.siaddr());
        hex.part(24, 28, "giaddr " + message.giaddr());
        hex.part(28, 44, "chaddr");
        hex.part(44, 108, "sname");
        hex.part(108, Message.HEADER_BYTES, "file");
        hex.options(message);
        return hex.text.toString();
    }

    private void options(Message message) {
        int at = Message.HEADER_BYTES;
        if (message.hasOptions()) {
            part(at, Message.OPTIONS_OFFSET, "magic cookie");
            at = Message.OPTIONS_OFFSET;
        }
        OptionIndex index = message.index();
        for (int i = 0; i < index.size(); i++) {
            // Those of file and sname, which come behind, are in the header already.
            int start = index.offset(i) - 2;
            if (start >= at) {
                part(at, start, "padding");
                at = index.offset(i) + index.length(i);
                String name = OptionRegistry.STANDARD.byCode(index.code(i)).name();
                part(start, at, name + " (" + index.code(i) + ")");
            }
        }
        if (at < bytes.length && (bytes[at] & 0xff) == OptionCode.END && message.hasOptions()) {
            part(at, at + 1, "end");
            at++;
        }
        part(at, bytes.length, "behind the options");
    }

    /** Rows of bytes, the first with a comment; what repeats one octet is a word of its own. */
    private void part(int from, int to, String comment) {
        int at = from;
        String said = comment;
        while (at < to) {
            int row = text.length();
            int end = Math.min(to, at + ROW_BYTES);
            while (at < to && (at < end || run(at, to) >= RUN_BYTES_MIN)) {
                int same = run(at, to);
                boolean folded = same >= RUN_BYTES_MIN;
                text.append(folded && text.length() > row ? " " : "").append(pair(bytes[at]));
                if (folded) {
                    text.append('*').append(same).append(at + same < to ? " " : "");
                }
                at += folded ? same : 1;
            }
            if (!said.isEmpty()) {
                int used = text.length() - row;
                text.append(" ".repeat(Math.max(0, COMMENT_COLUMN - used)));
                text.append("  # ").append(said);
                said = "";
            }
            text.append('\n');
        }
    }

    private int run(int from, int to) {
        int at = from;
        while (at < to && bytes[at] == bytes[from]) {
            at++;
        }
        return at - from;
    }

    private static String pair(byte octet) {
        return Hex.pairs(new byte[] {octet});
    }
}
