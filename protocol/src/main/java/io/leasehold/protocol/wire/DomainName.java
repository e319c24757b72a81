package io.leasehold.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A domain name as RFC 1035 §3.1 puts it on the wire: labels of 1 to 63 octets, 255 octets in all.
 * The case of its letters is kept, and counts in {@link #equals}. Immutable.
 */
public final class DomainName {
    /** Longest label, in octets (RFC 1035 §2.3.4). */
    public static final int LABEL_OCTETS_MAX = 63;

    /** Longest name, in octets with length octets and root (RFC 1035 §2.3.4). */
    public static final int NAME_OCTETS_MAX = 255;

    /** Labels with their length octets; the root's zero at the end unless the name is partial. */
    private final byte[] wire;

    private final boolean absolute;

    private DomainName(byte[] wire, boolean absolute) {
        this.wire = wire;
        this.absolute = absolute;
    }

    /**
     * Reads {@code lab.example}, with a dot at its end or without. {@code \.} is a dot within a
     * label, {@code \044} the octet with that decimal number.
     *
     * @throws IllegalArgumentException when the text is no domain name; the message says why
     */
    public static DomainName parse(String text) {
        return read(text, false);
    }

    /** As {@link #parse}, but the name ends at the root only if the text ends with a dot. */
    static DomainName parsePartial(String text) {
        return read(text, true);
    }

    private static DomainName read(String text, boolean partialAllowed) {
        boolean dotAtEnd = text.equals(".");
        OctetWriter wire = new OctetWriter();
        OctetWriter label = new OctetWriter();
        int at = text.equals(".") ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            dotAtEnd = c == '.';
            if (dotAtEnd) {
                append(wire, label, text);
                label = new OctetWriter();
                at++;
            } else if (c == '\\') {
                at = escaped(text, at + 1, label);
            } else {
                int next = text.offsetByCodePoints(at, 1);
                label.bytes(text.substring(at, next).getBytes(StandardCharsets.UTF_8));
                at = next;
            }
        }
        if (label.length() > 0) {
            append(wire, label, text);
        }
        if (wire.length() > NAME_OCTETS_MAX - 1) {
            throw Spelling.unexpected(text, "a domain name of at most 253 characters");
        }
        boolean absolute = dotAtEnd || !partialAllowed;
        byte[] bytes = absolute ? wire.u8(0).toBytes() : wire.toBytes();
        return new DomainName(bytes, absolute);
    }

    private static void append(OctetWriter wire, OctetWriter label, String text) {
        if (label.length() == 0 || label.length() > LABEL_OCTETS_MAX) {
            throw Spelling.unexpected(
                    text, "a domain name: between its dots there are 1 to 63 characters");
        }
        wire.u8(label.length()).bytes(label.toBytes());
    }

    private static int escaped(String text, int at, OctetWriter label) {
        int digits = 0;
        while (digits < 3 && at + digits < text.length() && isDigit(text.charAt(at + digits))) {
            digits++;
        }
        if (digits == 3) {
            label.u8((int) Spelling.number(text.substring(at, at + 3), 0, 255));
            return at + 3;
        }
        if (digits > 0 || at >= text.length() || text.charAt(at) > 126) {
            throw Spelling.unexpected(
                    text, "a domain name: \\ is followed by a sign or by three digits");
        }
        label.u8(text.charAt(at));
        return at + 1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Reads an uncompressed name up to its root; null when it is malformed or cut off. */
    static @Nullable DomainName read(Cursor cursor) {
        OctetWriter wire = new OctetWriter();
        while (true) {
            int length = cursor.u8();
            byte[] label = length > LABEL_OCTETS_MAX ? new byte[0] : cursor.bytes(length);
            boolean fits = wire.length() + 1 + length + (length == 0 ? 0 : 1) <= NAME_OCTETS_MAX;
            if (length > LABEL_OCTETS_MAX || cursor.overrun() || !fits) {
                return null;
            }
            wire.u8(length).bytes(label);
            if (length == 0) {
                return new DomainName(wire.toBytes(), true);
            }
        }
    }

    /** Reads a name that fills its bytes and may end before the root (RFC 4702 §2.3.1). */
    static @Nullable DomainName readPartial(byte[] bytes) {
        Cursor cursor = new Cursor(bytes);
        while (cursor.remaining() > 0) {
            int length = cursor.u8();
            if (length == 0) {
                return cursor.remaining() == 0 && bytes.length <= NAME_OCTETS_MAX
                        ? new DomainName(bytes.clone(), true)
                        : null;
            }
            cursor.skip(length);
            if (length > LABEL_OCTETS_MAX || cursor.overrun()) {
                return null;
            }
        }
        return bytes.length < NAME_OCTETS_MAX ? new DomainName(bytes.clone(), false) : null;
    }

    /** Reads dotted ASCII that fills its bytes; trailing NULs are not part of it. */
    static @Nullable DomainName readAscii(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        OctetWriter wire = new OctetWriter();
        Cursor cursor = new Cursor(bytes, 0, end);
        while (cursor.remaining() > 0) {
            int length = 0;
            Cursor ahead = new Cursor(bytes, cursor.position(), cursor.remaining());
            while (ahead.remaining() > 0 && ahead.u8() != '.') {
                length++;
            }
            if (length == 0 || length > LABEL_OCTETS_MAX) {
                return null;
            }
            wire.u8(length).bytes(cursor.bytes(length));
            cursor.u8();
        }
        boolean absolute = end > 0 && bytes[end - 1] == '.';
        if (wire.length() > NAME_OCTETS_MAX - 1) {
            return null;
        }
        return new DomainName(absolute ? wire.u8(0).toBytes() : wire.toBytes(), absolute);
    }

    /** The labels with dots between them, and one behind them unless the name is partial. */
    byte[] toAscii() {
        OctetWriter out = new OctetWriter();
        Cursor cursor = new Cursor(wire);
        while (cursor.remaining() > 0) {
            int length = cursor.u8();
            if (length > 0) {
                out.bytes(out.length() == 0 ? new byte[0] : new byte[] {'.'});
                out.bytes(cursor.bytes(length));
            }
        }
        return absolute && !isEmpty() ? out.u8('.').toBytes() : out.toBytes();
    }

    /** A name from labels that were checked while they were read. */
    static DomainName ofWire(OctetWriter wire) {
        return new DomainName(wire.toBytes(), true);
    }

    /** False for a name that ends before the root, such as a host name alone. */
    public boolean absolute() {
        return absolute;
    }

    /** True for the root, and for a name without any label. */
    public boolean isEmpty() {
        return wire.length == 0 || wire[0] == 0;
    }

    /** The uncompressed form, with the root's zero unless the name is partial. */
    public byte[] toWire() {
        return wire.clone();
    }

    /** True when the names differ in the case of ASCII letters at most (RFC 4343). */
    public boolean equalsIgnoreCase(DomainName other) {
        boolean equal = wire.length == other.wire.length;
        for (int i = 0; i < wire.length && equal; i++) {
            equal = lower(wire[i]) == lower(other.wire[i]);
        }
        return equal;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainName that && Arrays.equals(wire, that.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    /** {@code lab.example}, without a dot at the end; the root is a dot. All is printable ASCII. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return absolute ? "." : "";
        }
        StringBuilder text = new StringBuilder();
        Cursor cursor = new Cursor(wire);
        for (int length = cursor.u8(); length > 0; length = cursor.u8()) {
            text.append(text.length() == 0 ? "" : ".");
            for (int i = 0; i < length; i++) {
                appendSpelled(text, cursor.u8());
            }
        }
        return text.toString();
    }

    private static void appendSpelled(StringBuilder text, int octet) {
        if (octet == '.' || octet == '\\') {
            text.append('\\').append((char) octet);
        } else if (octet > ' ' && octet < 127 && octet != ',') {
            text.append((char) octet);
        } else {
            text.append('\\').append((char) ('0' + octet / 100));
            text.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
        }
    }
}
