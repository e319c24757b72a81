package io.leasehold.protocol.wire;

/**
 * The authentication option, 90 (RFC 3118 §2).
 *
 * @param protocol 0 to 255
 * @param algorithm 0 to 255
 * @param replayMethod 0 to 255: what the replay detection is
 * @param replayDetection 64 bits, by that method
 * @param information what the protocol wants; may be empty
 */
public record Authentication(
        int protocol, int algorithm, int replayMethod, long replayDetection, Octets information) {
    static final Part<Authentication> PART = new AuthenticationPart();

    /** {@code 1 1 0 00:00:00:00:00:00:00:2a aa:bb}. */
    @Override
    public String toString() {
        Octets replay = Octets.of(new OctetWriter().u64(replayDetection).toBytes());
        return (protocol + " " + algorithm + " " + replayMethod + " " + replay + " " + information)
                .trim();
    }

    private static final class AuthenticationPart extends Part<Authentication> {
        AuthenticationPart() {
            super("an authentication of at least 11 bytes", "authentications");
        }

        @Override
        Authentication read(Cursor cursor) {
            return new Authentication(
                    cursor.u8(), cursor.u8(), cursor.u8(), cursor.u64(), Octets.of(cursor.rest()));
        }

        @Override
        void write(OctetWriter out, Authentication value) {
            out.u8(value.protocol()).u8(value.algorithm()).u8(value.replayMethod());
            out.u64(value.replayDetection()).octets(value.information());
        }

        @Override
        Authentication parse(String text) {
            Words words =
                    new Words(
                            text,
                            "protocol, algorithm, replay detection method, eight octets and the"
                                    + " rest, such as 1 1 0 00:00:00:00:00:00:00:2a aa:bb");
            int protocol = words.number(255);
            int algorithm = words.number(255);
            int method = words.number(255);
            Octets replay = Octets.parseHex(words.next());
            if (replay.length() != 8) {
                throw words.wrong();
            }
            return new Authentication(
                    protocol,
                    algorithm,
                    method,
                    new Cursor(replay.toBytes()).u64(),
                    Octets.parseHex(words.rest()));
        }
    }
}
