package io.leasehold.lease;

import java.util.Arrays;

/**
 * One small hash table of many: numbers of 32 bits by a tag of 32 bits, open addressing with linear
 * probing. A tag may stand several times. A removal shifts back what follows, so that no tombstones
 * gather. Numbers and not objects, so that the collector has nothing to look at in it.
 */
final class TableSegment {
    private static final int SLOTS_MIN = 8;

    private final KeyedHash hash;

    /** Tag and value, the tag in the upper half; 0 where a slot is empty. */
    private long[] entries = new long[SLOTS_MIN];

    /**
     * How many slots there are. The array knows it too, but is far away: a lookup would wait for
     * its length, and only then for the slot.
     */
    private int capacity = SLOTS_MIN;

    private int size;

    TableSegment(KeyedHash hash) {
        this.hash = hash;
    }

    /** The slot of the first value with a tag, -1 when there is none. */
    int first(int tag, long spread) {
        return from(home(spread), tag);
    }

    /** The slot of the next value with the same tag, -1 when there is none. */
    int next(int slot, int tag) {
        return from(after(slot), tag);
    }

    private int from(int start, int tag) {
        for (int slot = start; entries[slot] != 0; slot = after(slot)) {
            if (tagOf(entries[slot]) == tag) {
                return slot;
            }
        }
        return -1;
    }

    /** The value in a slot that {@link #first} or {@link #next} gave. */
    int value(int slot) {
        return valueOf(entries[slot]);
    }

    void replace(int slot, int value) {
        entries[slot] = entry(tagOf(entries[slot]), value);
    }

    /** Adds a value, whether its tag stands already or not. Tag or value is not 0. */
    void add(int tag, long spread, int value) {
        if (size >= capacity - capacity / 4) {
            grow();
        }
        insert(entry(tag, value), spread);
        size++;
    }

    private void insert(long entry, long spread) {
        int slot = home(spread);
        while (entries[slot] != 0) {
            slot = after(slot);
        }
        entries[slot] = entry;
    }

    private void grow() {
        long[] old = entries;
        entries = new long[old.length + (old.length >> 1)];
        capacity = entries.length;
        for (long entry : old) {
            if (entry != 0) {
                insert(entry, hash.of(tagOf(entry)));
            }
        }
    }

    /** Empties a slot, and closes the gap. */
    void remove(int slot) {
        int gap = slot;
        for (int i = after(gap); entries[i] != 0; i = after(i)) {
            int home = home(hash.of(tagOf(entries[i])));
            // The value may move back unless its home lies behind the gap, up to where it stands.
            boolean stays = gap < i ? gap < home && home <= i : gap < home || home <= i;
            if (!stays) {
                entries[gap] = entries[i];
                gap = i;
            }
        }
        entries[gap] = 0;
        size--;
    }

    /** The slots, to be read only. */
    long[] entries() {
        return entries;
    }

    private static int tagOf(long entry) {
        return (int) (entry >>> 32);
    }

    static int valueOf(long entry) {
        return (int) entry;
    }

    private static long entry(int tag, int value) {
        return (long) tag << 32 | value & 0xffff_ffffL;
    }

    private int home(long spread) {
        return (int) ((spread & 0xffff_ffffL) * capacity >>> 32);
    }

    private int after(int slot) {
        return slot + 1 == capacity ? 0 : slot + 1;
    }

    @Override
    public String toString() {
        return size + " of " + capacity + " " + Arrays.toString(entries);
    }
}
