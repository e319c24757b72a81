package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Cursor;

/** A {@link Cursor} over numbers in the byte order of the host that wrote a file. */
final class OrderedCursor {
    private final Cursor cursor;
    private final boolean little;

    OrderedCursor(byte[] bytes, boolean little) {
        this.cursor = new Cursor(bytes);
        this.little = little;
    }

    int u16() {
        int big = cursor.u16();
        return little ? (big & 0xff) << 8 | big >> 8 : big;
    }

    int i32() {
        int big = cursor.u32();
        return little ? Integer.reverseBytes(big) : big;
    }

    long u32() {
        return i32() & 0xffff_ffffL;
    }

    long u64() {
        long big = cursor.u64();
        return little ? Long.reverseBytes(big) : big;
    }

    int u8() {
        return cursor.u8();
    }

    byte[] bytes(long count) {
        return cursor.bytes(count > cursor.remaining() ? -1 : (int) count);
    }

    void skip(int count) {
        cursor.skip(count);
    }

    int remaining() {
        return cursor.remaining();
    }

    boolean overrun() {
        return cursor.overrun();
    }
}
