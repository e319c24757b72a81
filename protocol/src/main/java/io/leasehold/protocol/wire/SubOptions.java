package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options within an option, in the order in which they came: a code, a length and a value each.
 * There is neither a pad nor an end among them (RFC 3046 §2.0).
 *
 * @param entries repeated codes are kept apart
 */
public record SubOptions(List<Entry> entries) {
    public static final SubOptions EMPTY = new SubOptions(List.of());

    public SubOptions {
        entries = List.copyOf(entries);
    }

    /**
     * @param code 0 to 255
     * @param value 0 to 255 octets
     */
    public record Entry(int code, Octets value) {
        public Entry {
            if (code < 0 || code > 255 || value.length() > 255) {
                throw new IllegalArgumentException(
                        "sub-option " + code + " of " + value.length() + " bytes");
            }
        }

        /** {@code 1=65:74:68:30}. */
        @Override
        public String toString() {
            return code + "=" + value;
        }
    }

    public boolean has(int code) {
        return raw(code) != null;
    }

    /** The value of the first entry with a code; null when there is none. */
    public @Nullable Octets raw(int code) {
        for (Entry entry : entries) {
            if (entry.code() == code) {
                return entry.value();
            }
        }
        return null;
    }

    /**
     * The value of a sub-option: absent, malformed, or what it says.
     *
     * @param option one of {@link RelayOptions}, or one of the caller's own
     */
    public <T> Field<T> get(Option<T> option) {
        Octets raw = raw(option.code());
        return raw == null ? Field.absent() : option.type().decode(raw.toBytes());
    }

    /** These, and one more behind them. */
    public <T> SubOptions with(Option<T> option, T value) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(option.code(), Octets.of(option.type().encode(value))));
        return new SubOptions(more);
    }

    /** Reads entries up to the end of the cursor; null when one runs past it. */
    static @Nullable SubOptions read(Cursor cursor) {
        List<Entry> entries = new ArrayList<>();
        while (cursor.remaining() > 0) {
            int code = cursor.u8();
            Octets value = Octets.of(cursor.bytes(cursor.u8()));
            if (cursor.overrun()) {
                return null;
            }
            entries.add(new Entry(code, value));
        }
        return new SubOptions(entries);
    }

    void write(OctetWriter out) {
        for (Entry entry : entries) {
            out.u8(entry.code()).u8(entry.value().length()).octets(entry.value());
        }
    }

    /**
     * Reads {@code 1=65:74:68:30, 2=aa:bb}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static SubOptions parse(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String item : Spelling.items(text)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw Spelling.unexpected(item, "a sub-option such as 1=65:74:68:30");
            }
            int code = (int) Spelling.number(item.substring(0, equals).trim(), 0, 255);
            Octets value = Octets.parseHex(item.substring(equals + 1).trim());
            if (value.length() > 255) {
                throw Spelling.unexpected(item, "a sub-option of at most 255 bytes");
            }
            entries.add(new Entry(code, value));
        }
        return new SubOptions(entries);
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(text.length() == 0 ? "" : ", ").append(entry);
        }
        return text.toString();
    }
}
