package io.leasehold.scratch;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The probes' way of reading and writing: records, each behind its length in four bytes. The parts
 * of a record that is written are put together first.
 */
final class Records {
    private static final int LENGTH_BYTES = 4;
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private byte[] out = new byte[1 << 12];
    private int end = LENGTH_BYTES;

    /** The next record of standard input; null behind the last one. */
    byte @Nullable [] next() throws IOException {
        byte[] length = new byte[LENGTH_BYTES];
        if (!Descriptors.read(length)) {
            return null;
        }
        int bytes =
                (length[0] & 0xff) << 24
                        | (length[1] & 0xff) << 16
                        | (length[2] & 0xff) << 8
                        | length[3] & 0xff;
        if (bytes < 0 || bytes > RECORD_BYTES_MAX) {
            throw new IOException(
                    "a record of " + bytes + " bytes, expected 0 to " + RECORD_BYTES_MAX);
        }
        byte[] record = new byte[bytes];
        if (!Descriptors.read(record)) {
            throw new IOException("the input ends within a record of " + bytes + " bytes");
        }
        return record;
    }

    Records put8(int value) {
        room(1);
        out[end++] = (byte) value;
        return this;
    }

    Records put32(int value) {
        return put8(value >>> 24).put8(value >>> 16).put8(value >>> 8).put8(value);
    }

    /** The bytes, behind how many they are. */
    Records put(byte[] bytes) {
        put32(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, out, end, bytes.length);
        end += bytes.length;
        return this;
    }

    /** The characters, 16 bits each, behind how many they are: a charset would be much C. */
    Records put(String text) {
        put32(text.length());
        for (int i = 0; i < text.length(); i++) {
            put8(text.charAt(i) >>> 8).put8(text.charAt(i));
        }
        return this;
    }

    /** Writes what was put since the last time as one record to standard output. */
    void send() throws IOException {
        int whole = end;
        end = 0;
        put32(whole - LENGTH_BYTES);
        Descriptors.write(out, whole);
        end = LENGTH_BYTES;
    }

    private void room(int bytes) {
        if (end + bytes > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, end + bytes));
        }
    }
}
