package io.leasehold.protocol.wire;

/**
 * An option: its code, its name as configuration files spell it, and the type of its value.
 *
 * @param code 1 to 254
 * @param name lower case with hyphens, {@code domain-name-servers}
 * @param type how its value is read and written
 * @param <T> the type of its value
 */
public record Option<T>(int code, String name, OptionType<T> type) {
    public Option {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option code " + code + " is not within 1 to 254");
        }
    }

    /**
     * The bytes of a value in the spelling of configuration files.
     *
     * @throws IllegalArgumentException the message says what was found and what was expected
     */
    public byte[] encodeSpelled(String text) {
        return type.encode(type.parse(text));
    }

    /** How people read the bytes of a value: its spelling, or hexadecimal pairs if malformed. */
    public String spell(byte[] bytes) {
        return type.decode(bytes) instanceof Field.Present<T> present
                ? type.format(present.value())
                : Octets.of(bytes).toString();
    }
}
