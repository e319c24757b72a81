package io.leasehold.protocol.wire;

import java.util.Arrays;

/** The options that a builder was given, one value to a code, in the order of the calls. */
final class OptionList {
    /** How many bytes of value one instance of an option can hold (RFC 2132 §2). */
    static final int INSTANCE_BYTES_MAX = 255;

    private static final int PLACES_START = 12;

    private int[] codes = new int[PLACES_START];
    private byte[][] values = new byte[PLACES_START][];
    private int count;
    private long encodedBytes;

    int size() {
        return count;
    }

    int code(int at) {
        return codes[at];
    }

    byte[] value(int at) {
        return values[at];
    }

    /** How many bytes all of them take on the wire, each with its code and length. */
    long encodedBytes() {
        return encodedBytes;
    }

    /** The place of a code; -1 when it is not there. */
    int find(int code) {
        for (int i = 0; i < count; i++) {
            if (codes[i] == code) {
                return i;
            }
        }
        return -1;
    }

    /** Adds an option behind the others, or replaces the value of its code where that stands. */
    void put(int code, byte[] value) {
        int at = find(code);
        if (at >= 0) {
            encodedBytes -= encodedBytes(values[at].length);
        } else {
            if (count == codes.length) {
                codes = Arrays.copyOf(codes, count * 2);
                values = Arrays.copyOf(values, count * 2);
            }
            at = count++;
            codes[at] = code;
        }
        values[at] = value;
        encodedBytes += encodedBytes(value.length);
    }

    void remove(int code) {
        int at = find(code);
        if (at < 0) {
            return;
        }
        encodedBytes -= encodedBytes(values[at].length);
        count--;
        System.arraycopy(codes, at + 1, codes, at, count - at);
        System.arraycopy(values, at + 1, values, at, count - at);
    }

    /**
     * How many bytes a value takes on the wire: more than 255 are split over several instances of
     * the option, each with a code and a length of its own (RFC 3396 §5).
     */
    static int encodedBytes(int valueBytes) {
        int instances = Math.max(1, (valueBytes + INSTANCE_BYTES_MAX - 1) / INSTANCE_BYTES_MAX);
        return valueBytes + 2 * instances;
    }

    /** How many bytes of a value fit where there is room for so many bytes on the wire. */
    static int valueBytesWithin(int roomBytes) {
        int instance = INSTANCE_BYTES_MAX + 2;
        return roomBytes / instance * INSTANCE_BYTES_MAX + Math.max(0, roomBytes % instance - 2);
    }
}
