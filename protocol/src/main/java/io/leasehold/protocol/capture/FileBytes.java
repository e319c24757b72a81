package io.leasehold.protocol.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Takes a stream in pieces, and knows how far it is. */
final class FileBytes {
    private static final int PIECE_BYTES = 64 * 1024;

    private final InputStream in;
    private long offset;

    FileBytes(InputStream in) {
        this.in = in;
    }

    /** Where the next piece begins, in bytes from the start. */
    long offset() {
        return offset;
    }

    /**
     * The next bytes; fewer where the stream ends before. Memory grows with what is there, not with
     * what is asked for.
     */
    byte[] take(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, PIECE_BYTES)];
        int have = 0;
        while (have < count) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(count, bytes.length * 2));
            }
            int got = in.read(bytes, have, bytes.length - have);
            if (got < 0) {
                break;
            }
            have += got;
        }
        offset += have;
        return have == bytes.length ? bytes : Arrays.copyOf(bytes, have);
    }
}
