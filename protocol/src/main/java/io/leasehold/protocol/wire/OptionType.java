package io.leasehold.protocol.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of option value is read, written and spelled. Decoding never throws, whatever the
 * bytes are; what is decoded and encoded again is the same bytes.
 *
 * @param <T> the type of the value
 */
public interface OptionType<T> {
    /** Reads a value whose instances were concatenated (RFC 3396). Never {@link Field.Absent}. */
    Field<T> decode(byte[] bytes);

    /** The bytes of a value; they may be more than 255, the writer splits them. */
    byte[] encode(T value);

    /**
     * Reads the spelling that configuration files use.
     *
     * @throws IllegalArgumentException the message says what was found and what was expected
     */
    T parse(String text);

    /** The spelling that {@link #parse} reads. */
    String format(T value);

    /** What a value looks like, for error messages: {@code a list of IPv4 addresses}. */
    String description();

    /**
     * A type of your own. It is spelled as {@link Object#toString} says.
     *
     * @param description what a value looks like, for error messages: {@code a floor and a room}
     * @param read makes a value of its bytes; what it throws, or null, makes them malformed
     * @param write makes the bytes of a value
     * @param parse reads the spelling; throws IllegalArgumentException when it cannot
     * @param <T> the type of the value; reading what was written has to give an equal one
     */
    static <T> OptionType<T> of(
            String description,
            Function<byte[], ? extends @Nullable T> read,
            Function<? super T, byte[]> write,
            Function<String, ? extends T> parse) {
        return new OwnType<>(description, read, write, parse);
    }
}
