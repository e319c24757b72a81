package io.leasehold.service;

import io.leasehold.protocol.wire.Cursor;

/** Looks at received bytes without reading them in full, to shed before the work is done. */
final class Peek {
    private static final int SECS_OFFSET = 8;
    private static final int OPTIONS_OFFSET = 240;

    private Peek() {}

    /**
     * secs of a message that begins its options with "53: DISCOVER", as nearly all do; a high value
     * for any other.
     */
    static int discoverSecs(byte[] buffer, int offset, int length) {
        if (length < OPTIONS_OFFSET + 3) {
            return Integer.MAX_VALUE;
        }
        Cursor options = new Cursor(buffer, offset + OPTIONS_OFFSET, 3);
        boolean discover = options.u8() == 53 && options.u8() == 1 && options.u8() == 1;
        return discover ? new Cursor(buffer, offset + SECS_OFFSET, 2).u16() : Integer.MAX_VALUE;
    }
}
