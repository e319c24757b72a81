package io.leasehold.protocol.wire;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an option value that shows its own end: an address, a number, a route. An option is
 * one of them, or a list of them.
 */
abstract class Part<T> {
    private final String one;
    private final String many;

    /**
     * @param one what it is called in messages, {@code an IPv4 address}
     * @param many several of them, {@code IPv4 addresses}
     */
    Part(String one, String many) {
        this.one = one;
        this.many = many;
    }

    final String one() {
        return one;
    }

    final String many() {
        return many;
    }

    /**
     * Reads one and leaves the cursor behind it. Null when the bytes cannot be one; what is
     * returned does not count when the cursor has overrun. Never throws.
     */
    abstract @Nullable T read(Cursor cursor);

    abstract void write(OctetWriter out, T value);

    /** Reads the spelling of configuration files; what is wrong is an IllegalArgumentException. */
    abstract T parse(String text);

    /** The spelling that {@link #parse} reads. */
    String format(T value) {
        return String.valueOf(value);
    }
}
