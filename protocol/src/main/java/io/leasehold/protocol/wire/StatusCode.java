package io.leasehold.protocol.wire;

/**
 * The status of a bulk leasequery, option 151 (RFC 6926 §6.2.2).
 *
 * @param code 0 for success
 * @param message for people; may be empty
 */
public record StatusCode(int code, Text message) {
    static final Part<StatusCode> PART = new StatusCodePart();

    /** {@code 1 the reason}. */
    @Override
    public String toString() {
        return (code + " " + message).trim();
    }

    private static final class StatusCodePart extends Part<StatusCode> {
        StatusCodePart() {
            super("a status code with a message", "status codes with messages");
        }

        @Override
        StatusCode read(Cursor cursor) {
            return new StatusCode(cursor.u8(), new Text(Octets.of(cursor.rest())));
        }

        @Override
        void write(OctetWriter out, StatusCode value) {
            out.u8(value.code()).octets(value.message().octets());
        }

        @Override
        StatusCode parse(String text) {
            Words words = new Words(text, one());
            return new StatusCode(words.number(255), Text.parse(words.rest()));
        }
    }
}
