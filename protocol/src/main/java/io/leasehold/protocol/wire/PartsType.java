package io.leasehold.protocol.wire;

/** An option that is made of parts: read where it lies and written where it shall lie. */
abstract class PartsType<T> implements OptionType<T> {
    /** As {@link #decode(byte[])}, of a range of bytes. */
    abstract Field<T> decode(byte[] bytes, int offset, int length);

    /** As {@link #encode}, behind what was written before. */
    abstract void write(OctetWriter out, T value);

    @Override
    public final Field<T> decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    @Override
    public final byte[] encode(T value) {
        OctetWriter out = new OctetWriter();
        write(out, value);
        return out.toBytes();
    }
}
