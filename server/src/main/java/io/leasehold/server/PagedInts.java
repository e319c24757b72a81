package io.leasehold.server;

import org.jspecify.annotations.Nullable;

/**
 * Numbers by an index from 0, in pages that are made when they are first written: growth copies
 * nothing, so that nobody waits for it, however many numbers there are.
 */
final class PagedInts {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;

    private final int size;
    private final int[] @Nullable [] pages;

    /**
     * @param size how many numbers there may be
     */
    PagedInts(int size) {
        this.size = size;
        pages = new int[(int) ((size + (PAGE_SIZE - 1L)) >>> PAGE_BITS)] @Nullable [];
    }

    /** A number; 0 when none was written there. */
    int get(int index) {
        int[] page = pages[index >>> PAGE_BITS];
        return page == null ? 0 : page[index & PAGE_SIZE - 1];
    }

    void set(int index, int number) {
        int at = index >>> PAGE_BITS;
        int[] page = pages[at];
        if (page == null) {
            page = new int[Math.min(PAGE_SIZE, size - (at << PAGE_BITS))];
            pages[at] = page;
        }
        page[index & PAGE_SIZE - 1] = number;
    }
}
