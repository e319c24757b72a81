package io.leasehold.protocol.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type made of the functions of whoever uses the library. */
final class OwnType<T> implements OptionType<T> {
    private final String description;
    private final Function<byte[], ? extends @Nullable T> read;
    private final Function<? super T, byte[]> write;
    private final Function<String, ? extends T> parse;

    OwnType(
            String description,
            Function<byte[], ? extends @Nullable T> read,
            Function<? super T, byte[]> write,
            Function<String, ? extends T> parse) {
        this.description = description;
        this.read = read;
        this.write = write;
        this.parse = parse;
    }

    /** Whatever a stranger sent must not throw further than here. */
    @Override
    public Field<T> decode(byte[] bytes) {
        try {
            T value = read.apply(bytes.clone());
            return value == null ? Spelling.malformed(bytes, description) : Field.present(value);
        } catch (RuntimeException e) {
            return Spelling.malformed(bytes, description);
        }
    }

    @Override
    public byte[] encode(T value) {
        return write.apply(value);
    }

    @Override
    public T parse(String text) {
        return parse.apply(text.trim());
    }

    @Override
    public String format(T value) {
        return String.valueOf(value);
    }

    @Override
    public String description() {
        return description;
    }
}
