package io.leasehold.protocol.wire;

import java.util.Arrays;

/** An option that is one part and nothing behind it. */
final class SingleType<T> extends PartsType<T> {
    private final Part<T> part;

    SingleType(Part<T> part) {
        this.part = part;
    }

    @Override
    Field<T> decode(byte[] bytes, int offset, int length) {
        Cursor cursor = new Cursor(bytes, offset, length);
        T value = part.read(cursor);
        return value == null || cursor.overrun() || cursor.remaining() > 0
                ? Spelling.malformed(Arrays.copyOfRange(bytes, offset, offset + length), part.one())
                : Field.present(value);
    }

    @Override
    void write(OctetWriter out, T value) {
        part.write(out, value);
    }

    @Override
    public T parse(String text) {
        return part.parse(text.trim());
    }

    @Override
    public String format(T value) {
        return part.format(value);
    }

    @Override
    public String description() {
        return part.one();
    }
}
