package io.leasehold.netboot.http;

import org.jspecify.annotations.Nullable;

/**
 * A part of a file (RFC 9110 §14).
 *
 * @param first its first byte, from 0
 * @param length how many bytes; 0 where the file has none of them
 */
record ByteRange(long first, long length) {
    private static final String UNIT = "bytes=";

    /**
     * Reads the header {@code Range}: one range of bytes. Old iPXE writes ranges that are none;
     * those and several at once are answered with the whole file, as RFC 9110 §14.2 allows.
     *
     * @return null where the whole file is to be sent
     */
    static @Nullable ByteRange parse(@Nullable String header, long size) {
        if (header == null || !header.startsWith(UNIT)) {
            return null;
        }
        String range = header.substring(UNIT.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return null;
        }
        String before = range.substring(0, dash);
        String after = range.substring(dash + 1);
        long from = number(before);
        long to = number(after);
        if (before.isEmpty()) {
            return to < 0 ? null : last(to, size);
        }
        if (from < 0 || to < 0 && !after.isEmpty() || !after.isEmpty() && to < from) {
            return null;
        }
        if (from >= size) {
            return new ByteRange(from, 0);
        }
        return new ByteRange(
                from, (after.isEmpty() ? size - 1 : Math.min(to, size - 1)) - from + 1);
    }

    private static ByteRange last(long count, long size) {
        long length = Math.min(count, size);
        return new ByteRange(size - length, length);
    }

    /** Decimal digits alone; -1 for anything else. */
    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && text.length() <= 18 ? Long.parseLong(text) : -1;
    }

    /** The header {@code Content-Range}. */
    String text(long size) {
        return length == 0
                ? "bytes */" + size
                : "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
}
