package io.leasehold.server;

/**
 * Which address of a pool is unused for how long. Addresses are numbers from 0, times are seconds
 * from any beginning, as an int.
 *
 * <p>An address is untouched until something is known of it. From then on it has a slot, which
 * either waits in a heap until it is worth a look, or stands in the list of the free ones, which is
 * in the order in which they became free. The time at which a slot in the heap is worth a look
 * never comes after the end of its record, but it may come before: a renewal only notes the new
 * end, and the heap is put right when the old end has passed.
 */
final class UseHistory {
    /** The end of a lease without an end. */
    static final int FOREVER = Integer.MAX_VALUE;

    /** The end of the last lease of an address that never had one. */
    private static final int NEVER = Integer.MIN_VALUE;

    private static final int PAGE_BITS = 10;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int UNTOUCHED = 0;
    private static final int EXCLUDED = -1;
    private static final int NONE = -1;

    private final int size;

    /**
     * For each address a bit, 0 for {@link #UNTOUCHED}: of all that is known of a large pool this
     * alone is small enough to be near, and most choices need no more.
     */
    private final PagedInts touched;

    /** For each address its slot + 1, {@link #UNTOUCHED} or {@link #EXCLUDED}. */
    private final PagedInts entries;

    private final short[] touchedInPage;
    private int untouched;

    private int slots;
    private final PagedInts address;
    private final PagedInts end;

    /** The position in the heap; in the list: -2 less the slot before, or -1 for the first. */
    private final PagedInts place;

    /** In the heap: when the slot is worth a look. In the list: the slot behind, or -1. */
    private final PagedInts due;

    private final PagedInts heap;
    private int waiting;
    private int head = NONE;
    private int tail = NONE;
    private int free;
    private int cursor;

    UseHistory(int size) {
        this.size = size;
        untouched = size;
        touched = new PagedInts((size >>> 5) + 1);
        entries = new PagedInts(size);
        touchedInPage = new short[(int) ((size + (PAGE_SIZE - 1L)) >>> PAGE_BITS)];
        address = new PagedInts(size);
        end = new PagedInts(size);
        place = new PagedInts(size);
        due = new PagedInts(size);
        heap = new PagedInts(size);
    }

    /** Takes an untouched address out for good. */
    void exclude(int index) {
        if (entries.get(index) == UNTOUCHED) {
            touch(index, EXCLUDED);
        }
    }

    boolean excluded(int index) {
        return entries.get(index) == EXCLUDED;
    }

    /** True when no record holds the address at a time. */
    boolean free(int index, int now) {
        int entry = entry(index);
        return entry == UNTOUCHED || entry > 0 && end.get(entry - 1) <= now;
    }

    private int entry(int index) {
        boolean known = (touched.get(index >>> 5) & 1 << index) != 0;
        return known ? entries.get(index) : UNTOUCHED;
    }

    /** How many addresses are free, of those whose records have been looked at by now. */
    int freeCount() {
        return untouched + free;
    }

    /** Notes when the last record of an address ends, in the future or in the past. */
    void record(int index, int recordEnd) {
        int entry = entry(index);
        if (entry == EXCLUDED) {
            return;
        }
        if (entry == UNTOUCHED) {
            push(newSlot(index, recordEnd), recordEnd);
            return;
        }
        int slot = entry - 1;
        end.set(slot, recordEnd);
        if (place.get(slot) < 0) {
            unlink(slot);
            push(slot, recordEnd);
        } else if (recordEnd < due.get(slot)) {
            due.set(slot, recordEnd);
            up(place.get(slot));
        }
    }

    /**
     * Moves addresses whose records have ended from the heap to the list.
     *
     * @param looksMax how many may be looked at
     * @return false when there may be more to look at
     */
    boolean settle(int now, int looksMax) {
        for (int looks = 0; waiting > 0 && due.get(heap.get(0)) <= now; looks++) {
            if (looks == looksMax) {
                return false;
            }
            int slot = heap.get(0);
            if (end.get(slot) > now) {
                due.set(slot, end.get(slot));
                down(0);
            } else {
                pop();
                link(slot);
            }
        }
        return true;
    }

    /** An untouched address, -1 when there is none. The same one until it is touched. */
    int nextUntouched() {
        while (cursor < size) {
            int page = cursor >>> PAGE_BITS;
            int inPage = cursor & PAGE_SIZE - 1;
            if (inPage == 0 && touchedInPage[page] == PAGE_SIZE) {
                cursor += PAGE_SIZE;
            } else if (entries.get(cursor) != UNTOUCHED) {
                cursor++;
            } else {
                return cursor;
            }
        }
        return -1;
    }

    /** The free address whose last record ended first, -1 when there is none. */
    int longestUnused() {
        return head < 0 ? -1 : address.get(head);
    }

    /** Puts off an address that is untouched or in the list, so that others have their turn. */
    void postpone(int index, int until) {
        int entry = entries.get(index);
        if (entry == UNTOUCHED) {
            push(newSlot(index, NEVER), until);
        } else if (entry > 0 && place.get(entry - 1) < 0) {
            int slot = entry - 1;
            unlink(slot);
            push(slot, Math.max(until, end.get(slot)));
        }
    }

    private void touch(int index, int entry) {
        entries.set(index, entry);
        touched.set(index >>> 5, touched.get(index >>> 5) | 1 << index);
        touchedInPage[index >>> PAGE_BITS]++;
        untouched--;
    }

    private int newSlot(int index, int recordEnd) {
        int slot = slots++;
        touch(index, slot + 1);
        address.set(slot, index);
        end.set(slot, recordEnd);
        return slot;
    }

    // The list of the free.

    private void link(int slot) {
        boolean first = head < 0 || end.get(slot) == NEVER;
        int before = first ? NONE : tail;
        int behind = first ? head : NONE;
        place.set(slot, -2 - before);
        due.set(slot, behind);
        join(before, slot);
        joinBack(slot, behind);
        free++;
    }

    private void unlink(int slot) {
        int before = -2 - place.get(slot);
        int behind = due.get(slot);
        join(before, behind);
        joinBack(before, behind);
        free--;
    }

    private void join(int before, int behind) {
        if (before < 0) {
            head = behind;
        } else {
            due.set(before, behind);
        }
    }

    private void joinBack(int before, int behind) {
        if (behind < 0) {
            tail = before;
        } else {
            place.set(behind, -2 - before);
        }
    }

    // The heap of those that wait, by when they are due.

    private void push(int slot, int when) {
        due.set(slot, when);
        heap.set(waiting, slot);
        place.set(slot, waiting);
        up(waiting++);
    }

    private void pop() {
        int last = heap.get(--waiting);
        if (waiting > 0) {
            heap.set(0, last);
            place.set(last, 0);
            down(0);
        }
    }

    private void up(int from) {
        int position = from;
        int slot = heap.get(position);
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            if (due.get(heap.get(parent)) <= due.get(slot)) {
                break;
            }
            set(position, heap.get(parent));
            position = parent;
        }
        set(position, slot);
    }

    private void down(int from) {
        int position = from;
        int slot = heap.get(position);
        while (2 * position + 1 < waiting) {
            int child = 2 * position + 1;
            if (child + 1 < waiting && due.get(heap.get(child + 1)) < due.get(heap.get(child))) {
                child++;
            }
            if (due.get(slot) <= due.get(heap.get(child))) {
                break;
            }
            set(position, heap.get(child));
            position = child;
        }
        set(position, slot);
    }

    private void set(int position, int slot) {
        heap.set(position, slot);
        place.set(slot, position);
    }
}
