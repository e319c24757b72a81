package io.leasehold.protocol.wire;

/**
 * What a message holds under an option code. Absent and malformed are different: an absent option
 * is a wish not made, a malformed one is a wish that cannot be read.
 *
 * @param <T> the type of the value
 */
public sealed interface Field<T> {
    /** The option is not there. */
    record Absent<T>() implements Field<T> {}

    /**
     * The option is there and well-formed.
     *
     * @param value what it says
     */
    record Present<T>(T value) implements Field<T> {}

    /**
     * The option is there and cannot be read.
     *
     * @param why what was found and what was expected
     */
    record Malformed<T>(String why) implements Field<T> {}

    static <T> Field<T> absent() {
        return new Absent<>();
    }

    static <T> Field<T> present(T value) {
        return new Present<>(value);
    }

    static <T> Field<T> malformed(String why) {
        return new Malformed<>(why);
    }

    default boolean isMalformed() {
        return this instanceof Malformed<T>;
    }

    /** The value, or the given one where it is absent or malformed. */
    default T or(T otherwise) {
        return this instanceof Present<T> present ? present.value() : otherwise;
    }
}
