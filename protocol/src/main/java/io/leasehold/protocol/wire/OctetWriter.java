package io.leasehold.protocol.wire;

import java.util.Arrays;

/** Grows an option value. What does not fit its field is a bug of the caller, and thrown. */
final class OctetWriter {
    private static final int START_BYTES = 32;

    private byte[] bytes = new byte[START_BYTES];
    private int length;

    OctetWriter u8(int value) {
        require(value, 0xff);
        return put(value);
    }

    OctetWriter u16(int value) {
        require(value, 0xffff);
        return put(value >>> 8).put(value);
    }

    OctetWriter u32(long value) {
        require(value, 0xffff_ffffL);
        return i32((int) value);
    }

    OctetWriter i32(int value) {
        return put(value >>> 24).put(value >>> 16).put(value >>> 8).put(value);
    }

    OctetWriter u64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    OctetWriter address(Ip4Address value) {
        return i32(value.bits());
    }

    OctetWriter octets(Octets value) {
        return bytes(value.toBytes());
    }

    OctetWriter bytes(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    int length() {
        return length;
    }

    /** Begins anew, in the same array. */
    OctetWriter clear() {
        length = 0;
        return this;
    }

    /** The array that is written into; only the first {@link #length()} bytes count. */
    byte[] array() {
        return bytes;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private OctetWriter put(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    private static void require(long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(value + " is not within 0 to " + max);
        }
    }
}
