package io.leasehold.protocol.wire;

/**
 * Reads big-endian values from a range of bytes and cannot leave it. Reading past the end gives
 * zeros and marks the cursor as {@link #overrun()}, so that a decoder reads all it wants and checks
 * once. Every wire byte passes here.
 */
public final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int position;
    private boolean overrun;

    public Cursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /**
     * @param offset first byte of the range
     * @param length how many bytes the range has
     */
    public Cursor(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IllegalArgumentException(
                    "range " + offset + "+" + length + " of " + bytes.length);
        }
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Offset of the next byte, in the array. */
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    /** True once something was asked for that was not there. */
    public boolean overrun() {
        return overrun;
    }

    public int u8() {
        return take(1) ? bytes[position - 1] & 0xff : 0;
    }

    public int u16() {
        return take(2) ? at(2) << 8 | at(1) : 0;
    }

    /** 32 bits, also where the value is unsigned. */
    public int u32() {
        return take(4) ? at(4) << 24 | at(3) << 16 | at(2) << 8 | at(1) : 0;
    }

    public long u64() {
        if (remaining() < 8) {
            take(8);
            return 0;
        }
        return (long) u32() << 32 | u32() & 0xffff_ffffL;
    }

    public Ip4Address address() {
        return Ip4Address.of(u32());
    }

    /** The next bytes, copied; an empty array when there are not as many. */
    public byte[] bytes(int count) {
        if (!take(count)) {
            return new byte[0];
        }
        byte[] copy = new byte[count];
        System.arraycopy(bytes, position - count, copy, 0, count);
        return copy;
    }

    /** All that is left, copied. */
    public byte[] rest() {
        return bytes(remaining());
    }

    public void skip(int count) {
        take(count);
    }

    private int at(int back) {
        return bytes[position - back] & 0xff;
    }

    private boolean take(int count) {
        if (overrun || count < 0 || count > end - position) {
            overrun = true;
            position = end;
            return false;
        }
        position += count;
        return true;
    }
}
