package io.leasehold.protocol.wire;

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
}
