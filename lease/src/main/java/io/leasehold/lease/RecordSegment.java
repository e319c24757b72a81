package io.leasehold.lease;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some of all leases, found by address, each packed into a few bytes of a larger array. What is
 * full is never copied to grow, so that growth leaves no garbage.
 *
 * <pre>
 * 8 octets   the end, in seconds since 1970
 * 8 octets   the beginning
 * 4 octets   the server id
 * 4 octets   the address
 * 4 octets   the state, {@link #USED}, {@link #ALIVE} unless it was replaced, and 16 times the length
 *            of what follows
 * the rest   {@link LeaseFacts}
 * </pre>
 *
 * Never written to disk. Behind the last record of a chunk there are zeros, if anything.
 */
final class RecordSegment {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int START = 8;
    private static final int SERVER_ID = 16;
    private static final int ADDRESS = 20;
    private static final int STATE_AND_LENGTH = 24;
    private static final int FACTS = 28;
    private static final int STATE_MASK = 3;
    private static final int ALIVE = 4;
    private static final int USED = 8;
    private static final int LENGTH_SHIFT = 4;
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int FIRST_CHUNK_BYTES = 256;
    private static final Lease.State[] STATES = Lease.State.values();

    /** By address the place of its record, plus one: number of the chunk, then offset in it. */
    private final TableSegment places;

    /** None is longer than its offsets reach, but for one with a single record. */
    private byte[][] chunks = {};

    /** The last chunk, and what of it is used and left: what is added looks at nothing else. */
    private byte[] open = {};

    private int openPlace;
    private int used;
    private int left;

    /** Of all chunks. */
    private int stored;

    /** How much of what is stored belongs to records that were replaced. */
    private int wasted;

    /** The chunks that {@link #share} gave away and that were not copied since. */
    private byte[] @Nullable [] given = {};

    /** The leases of a segment as they were at a time. */
    static final class Frozen {
        private final byte[][] chunks;

        /** Of the last chunk. */
        private final int used;

        private Frozen(byte[][] chunks, int used) {
            this.chunks = chunks;
            this.used = used;
        }

        Stream<Lease> leases() {
            return IntStream.range(0, chunks.length).boxed().flatMap(this::ofChunk);
        }

        private Stream<Lease> ofChunk(int index) {
            byte[] chunk = chunks[index];
            int limit = index == chunks.length - 1 ? used : chunk.length;
            List<Lease> found = new ArrayList<>();
            int at = 0;
            while (at + FACTS <= limit && stateAndLength(chunk, at) != 0) {
                if ((stateAndLength(chunk, at) & ALIVE) != 0) {
                    found.add(read(chunk, at));
                }
                at += FACTS + factsLength(chunk, at);
            }
            return found.stream();
        }
    }

    RecordSegment(KeyedHash hash) {
        places = new TableSegment(hash);
    }

    @Nullable Lease get(int address, long spread) {
        int slot = places.first(address, spread);
        return slot < 0 ? null : readPlace(places.value(slot) - 1);
    }

    /** Makes a lease the record of its address; returns the record until now. */
    @Nullable Lease put(Lease lease, long spread) {
        if (wasted > CHUNK_BYTES && wasted > stored / 2) {
            compact();
        }
        int address = lease.addressBits();
        int slot = places.first(address, spread);
        if (slot < 0) {
            places.add(address, spread, append(lease) + 1);
            return null;
        }
        int place = places.value(slot) - 1;
        Lease former = readPlace(place);
        if (former.facts().length == lease.facts().length) {
            ownChunk(place >>> CHUNK_BITS);
            write(lease, chunks[place >>> CHUNK_BITS], offset(place));
        } else {
            bury(place);
            places.replace(slot, append(lease) + 1);
        }
        return former;
    }

    /** Drops the record of an address; returns it. */
    @Nullable Lease remove(int address, long spread) {
        int slot = places.first(address, spread);
        if (slot < 0) {
            return null;
        }
        int place = places.value(slot) - 1;
        Lease former = readPlace(place);
        bury(place);
        places.remove(slot);
        return former;
    }

    /** The leases as they are now, for any thread: what changes of them is copied before. */
    Frozen share() {
        given = chunks.clone();
        return new Frozen(chunks.clone(), used);
    }

    /** Gives each lease to an action, which must not change the segment. */
    void forEach(Consumer<? super Lease> action) {
        new Frozen(chunks, used).leases().forEach(action);
    }

    /**
     * To write over a record. One that is added needs no copy: nobody knows of the place it takes.
     */
    private void ownChunk(int index) {
        if (index < given.length && given[index] == chunks[index]) {
            byte[] copy = chunks[index].clone();
            if (chunks[index] == open) {
                open = copy;
            }
            chunks[index] = copy;
            given[index] = null;
        }
    }

    /** Makes a record one that was replaced. */
    private void bury(int place) {
        ownChunk(place >>> CHUNK_BITS);
        byte[] chunk = chunks[place >>> CHUNK_BITS];
        int at = offset(place);
        INT.set(chunk, at + STATE_AND_LENGTH, stateAndLength(chunk, at) & ~ALIVE);
        wasted += FACTS + factsLength(chunk, at);
    }

    /** Moves all records close together. */
    private void compact() {
        byte[][] old = chunks;
        chunks = new byte[][] {};
        given = chunks;
        open = new byte[] {};
        left = 0;
        stored = 0;
        wasted = 0;
        long[] all = places.entries();
        for (int slot = 0; slot < all.length; slot++) {
            if (all[slot] != 0) {
                int from = TableSegment.valueOf(all[slot]) - 1;
                byte[] chunk = old[from >>> CHUNK_BITS];
                int bytes = FACTS + factsLength(chunk, offset(from));
                int place = room(bytes);
                System.arraycopy(chunk, offset(from), open, offset(place), bytes);
                places.replace(slot, place + 1);
            }
        }
    }

    private int append(Lease lease) {
        int place = room(FACTS + lease.facts().length);
        write(lease, open, offset(place));
        return place;
    }

    /** The place of so many bytes that nobody uses, in the last chunk. */
    private int room(int bytes) {
        if (bytes > left) {
            // Small ones first: most networks have few leases, and there are many segments.
            int count = chunks.length;
            int usual = count < 4 ? FIRST_CHUNK_BYTES << count : CHUNK_BYTES;
            byte[] chunk = new byte[Math.max(usual, bytes)];
            chunks = Arrays.copyOf(chunks, count + 1);
            chunks[count] = chunk;
            open = chunk;
            openPlace = count << CHUNK_BITS;
            used = 0;
            left = open.length;
        }
        int place = openPlace | used;
        used += bytes;
        left -= bytes;
        stored += bytes;
        return place;
    }

    private static int offset(int place) {
        return place & CHUNK_BYTES - 1;
    }

    private static void write(Lease lease, byte[] chunk, int at) {
        byte[] facts = lease.facts();
        LONG.set(chunk, at, lease.endSeconds());
        LONG.set(chunk, at + START, lease.startSeconds());
        INT.set(chunk, at + SERVER_ID, lease.serverIdBits());
        INT.set(chunk, at + ADDRESS, lease.addressBits());
        INT.set(
                chunk,
                at + STATE_AND_LENGTH,
                facts.length << LENGTH_SHIFT | USED | ALIVE | lease.state().code);
        System.arraycopy(facts, 0, chunk, at + FACTS, facts.length);
    }

    private Lease readPlace(int place) {
        return read(chunks[place >>> CHUNK_BITS], offset(place));
    }

    private static Lease read(byte[] chunk, int at) {
        byte[] facts = new byte[factsLength(chunk, at)];
        System.arraycopy(chunk, at + FACTS, facts, 0, facts.length);
        return new Lease(
                (int) INT.get(chunk, at + ADDRESS),
                (int) INT.get(chunk, at + SERVER_ID),
                STATES[stateAndLength(chunk, at) & STATE_MASK],
                facts,
                (long) LONG.get(chunk, at + START),
                (long) LONG.get(chunk, at));
    }

    private static int stateAndLength(byte[] chunk, int at) {
        return (int) INT.get(chunk, at + STATE_AND_LENGTH);
    }

    private static int factsLength(byte[] chunk, int at) {
        return stateAndLength(chunk, at) >>> LENGTH_SHIFT;
    }
}
