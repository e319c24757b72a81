package io.leasehold.lease;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One small hash table of many: values by a 32-bit tag, open addressing with linear probing. A tag
 * may stand several times; who asks compares the values. A removal shifts back what follows, so
 * that no tombstones gather.
 */
final class TableSegment {
    private static final int SLOTS_MIN = 8;

    private final KeyedHash hash;
    private int[] tags = new int[SLOTS_MIN];
    private @Nullable Object[] values = new @Nullable Object[SLOTS_MIN];
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
        for (int slot = start; values[slot] != null; slot = after(slot)) {
            if (tags[slot] == tag) {
                return slot;
            }
        }
        return -1;
    }

    /** The value in a slot that {@link #first} or {@link #next} gave. */
    Object value(int slot) {
        Object value = values[slot];
        if (value == null) {
            throw new IllegalStateException("slot " + slot + " of " + values.length + " is empty");
        }
        return value;
    }

    void replace(int slot, Object value) {
        values[slot] = value;
    }

    /** Adds a value, whether its tag stands already or not. */
    void add(int tag, long spread, Object value) {
        if (size >= values.length - values.length / 4) {
            grow();
        }
        insert(tag, spread, value);
        size++;
    }

    private void insert(int tag, long spread, Object value) {
        int slot = home(spread);
        while (values[slot] != null) {
            slot = after(slot);
        }
        tags[slot] = tag;
        values[slot] = value;
    }

    private void grow() {
        int[] oldTags = tags;
        @Nullable Object[] oldValues = values;
        int slots = oldValues.length + (oldValues.length >> 1);
        tags = new int[slots];
        values = new @Nullable Object[slots];
        for (int i = 0; i < oldValues.length; i++) {
            Object value = oldValues[i];
            if (value != null) {
                insert(oldTags[i], hash.of(oldTags[i]), value);
            }
        }
    }

    /** Empties a slot, and closes the gap. */
    void remove(int slot) {
        int gap = slot;
        for (int i = after(gap); ; i = after(i)) {
            Object value = values[i];
            if (value == null) {
                break;
            }
            int home = home(hash.of(tags[i]));
            // The value may move back unless its home lies behind the gap, up to where it stands.
            boolean stays = gap < i ? gap < home && home <= i : gap < home || home <= i;
            if (!stays) {
                tags[gap] = tags[i];
                values[gap] = value;
                gap = i;
            }
        }
        values[gap] = null;
        size--;
    }

    /** How many slots there are, most of them in use. */
    int slots() {
        return values.length;
    }

    /** The value in a slot, null when it is empty. */
    @Nullable Object peek(int slot) {
        return values[slot];
    }

    private int home(long spread) {
        return (int) ((spread & 0xffff_ffffL) * values.length >>> 32);
    }

    private int after(int slot) {
        return slot + 1 == values.length ? 0 : slot + 1;
    }

    @Override
    public String toString() {
        return size + " of " + values.length + " " + Arrays.toString(tags);
    }
}
