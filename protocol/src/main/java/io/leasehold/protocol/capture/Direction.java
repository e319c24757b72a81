package io.leasehold.protocol.capture;

/** Which way a frame went, seen from the host that captured it. */
public enum Direction {
    /** Nothing tells. */
    UNKNOWN(0),
    /** It came in. */
    IN(1),
    /** The host sent it. */
    OUT(2);

    private final int code;

    Direction(int code) {
        this.code = code;
    }

    /** The two lowest bits of epb_flags. */
    int code() {
        return code;
    }

    static Direction of(int epbFlags) {
        return switch (epbFlags & 3) {
            case 1 -> IN;
            case 2 -> OUT;
            default -> UNKNOWN;
        };
    }
}
