package io.leasehold.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An option that is a row of equal parts up to its end; spelled with commas between them. */
final class ListType<T> extends PartsType<List<T>> {
    private final Part<T> part;
    private final boolean emptyAllowed;

    ListType(Part<T> part, boolean emptyAllowed) {
        this.part = part;
        this.emptyAllowed = emptyAllowed;
    }

    @Override
    Field<List<T>> decode(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, length);
        List<T> values = new ArrayList<>();
        // Every round either moves on or ends, so that the bytes are the bound of the loop.
        while (cursor.remaining() > 0) {
            int before = cursor.position();
            T value = part.read(cursor);
            if (value == null || cursor.overrun() || cursor.position() == before) {
                return malformed(bytes, offset, length);
            }
            values.add(value);
        }
        return values.isEmpty() && !emptyAllowed
                ? malformed(bytes, offset, length)
                : Field.present(Collections.unmodifiableList(values));
    }

    private Field<List<T>> malformed(byte[] bytes, int offset, int length) {
        return Spelling.malformed(
                Arrays.copyOfRange(bytes, offset, offset + length), description());
    }

    @Override
    void write(OctetWriter out, List<T> values) {
        for (T value : values) {
            part.write(out, value);
        }
    }

    @Override
    public List<T> parse(String text) {
        List<T> values = new ArrayList<>();
        for (String item : Spelling.items(text)) {
            values.add(part.parse(item));
        }
        if (values.isEmpty() && !emptyAllowed) {
            throw Spelling.unexpected(text, description());
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public String format(List<T> values) {
        StringBuilder text = new StringBuilder();
        for (T value : values) {
            text.append(text.length() == 0 ? "" : ", ").append(part.format(value));
        }
        return text.toString();
    }

    @Override
    public String description() {
        return "a list of " + part.many();
    }
}
