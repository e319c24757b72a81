package io.leasehold.protocol.wire;

/** An option that is one part and nothing behind it. */
final class SingleType<T> implements OptionType<T> {
    private final Part<T> part;

    SingleType(Part<T> part) {
        this.part = part;
    }

    @Override
    public Field<T> decode(byte[] bytes) {
        Cursor cursor = new Cursor(bytes);
        T value = part.read(cursor);
        return value == null || cursor.overrun() || cursor.remaining() > 0
                ? Spelling.malformed(bytes, part.one())
                : Field.present(value);
    }

    @Override
    public byte[] encode(T value) {
        OctetWriter out = new OctetWriter();
        part.write(out, value);
        return out.toBytes();
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
