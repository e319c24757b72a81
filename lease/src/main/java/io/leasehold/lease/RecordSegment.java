package io.leasehold.lease;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some of all leases, found by address, each packed into a few bytes of one array.
 *
 * <pre>
 * 8 octets   the end, in seconds since 1970
 * 8 octets   the beginning
 * 4 octets   the server id
 * 4 octets   the state, and four times the length of what follows
 * the rest   {@link LeaseFacts}
 * </pre>
 *
 * Never written to disk.
 */
final class RecordSegment {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int START = 8;
    private static final int SERVER_ID = 16;
    private static final int STATE_AND_LENGTH = 20;
    private static final int FACTS = 24;
    private static final int BYTES_MIN = 256;
    private static final Lease.State[] STATES = Lease.State.values();

    /** By address where its record begins, plus one. */
    private final TableSegment places;

    private byte[] records = new byte[BYTES_MIN];
    private int used;

    /** How much of what is used belongs to records that were replaced. */
    private int wasted;

    /** True while somebody reads what {@link #share} gave. */
    private boolean shared;

    /** The leases of a segment as they were at a time. */
    static final class Frozen {
        private final long[] places;
        private final byte[] records;

        private Frozen(long[] places, byte[] records) {
            this.places = places;
            this.records = records;
        }

        Stream<Lease> leases() {
            return LongStream.of(places).filter(place -> place != 0).mapToObj(this::lease);
        }

        private Lease lease(long place) {
            return read(TableSegment.tagOf(place), records, TableSegment.valueOf(place) - 1);
        }
    }

    RecordSegment(KeyedHash hash) {
        places = new TableSegment(hash);
    }

    @Nullable Lease get(int address, long spread) {
        int slot = places.first(address, spread);
        return slot < 0 ? null : read(address, records, places.value(slot) - 1);
    }

    /** Makes a lease the record of its address; returns the record until now. */
    @Nullable Lease put(Lease lease, long spread) {
        unshare();
        int bytes = FACTS + lease.facts().length;
        if (bytes > records.length - used) {
            makeRoom(bytes);
        }
        int address = lease.addressBits();
        int slot = places.first(address, spread);
        if (slot < 0) {
            write(lease, used);
            places.add(address, spread, used + 1);
            used += bytes;
            return null;
        }
        int at = places.value(slot) - 1;
        Lease former = read(address, records, at);
        if (former.facts().length == lease.facts().length) {
            write(lease, at);
        } else {
            write(lease, used);
            places.replace(slot, used + 1);
            used += bytes;
            wasted += FACTS + former.facts().length;
        }
        return former;
    }

    /** Drops the record of an address; returns it. */
    @Nullable Lease remove(int address, long spread) {
        int slot = places.first(address, spread);
        if (slot < 0) {
            return null;
        }
        unshare();
        Lease former = read(address, records, places.value(slot) - 1);
        wasted += FACTS + former.facts().length;
        places.remove(slot);
        return former;
    }

    /** The leases as they are now, for any thread. */
    Frozen share() {
        shared = true;
        return new Frozen(places.share(), records);
    }

    private void unshare() {
        if (shared) {
            places.unshare();
            records = records.clone();
            shared = false;
        }
    }

    /** Moves all records close together, into an array with room for this much and some more. */
    private void makeRoom(int bytes) {
        int living = used - wasted;
        byte[] roomy = new byte[Math.max(BYTES_MIN, living + bytes + (living >> 2))];
        long[] all = places.share();
        int end = 0;
        for (int slot = 0; slot < all.length; slot++) {
            if (all[slot] != 0) {
                int at = TableSegment.valueOf(all[slot]) - 1;
                int length = FACTS + factsLength(at);
                System.arraycopy(records, at, roomy, end, length);
                places.replace(slot, end + 1);
                end += length;
            }
        }
        records = roomy;
        used = end;
        wasted = 0;
    }

    private void write(Lease lease, int at) {
        byte[] facts = lease.facts();
        LONG.set(records, at, lease.endSeconds());
        LONG.set(records, at + START, lease.startSeconds());
        INT.set(records, at + SERVER_ID, lease.serverIdBits());
        INT.set(records, at + STATE_AND_LENGTH, facts.length << 2 | lease.state().code);
        System.arraycopy(facts, 0, records, at + FACTS, facts.length);
    }

    private static Lease read(int address, byte[] records, int at) {
        int stateAndLength = (int) INT.get(records, at + STATE_AND_LENGTH);
        byte[] facts = new byte[stateAndLength >>> 2];
        System.arraycopy(records, at + FACTS, facts, 0, facts.length);
        return new Lease(
                address,
                (int) INT.get(records, at + SERVER_ID),
                STATES[stateAndLength & 3],
                facts,
                (long) LONG.get(records, at + START),
                (long) LONG.get(records, at));
    }

    private int factsLength(int at) {
        return (int) INT.get(records, at + STATE_AND_LENGTH) >>> 2;
    }
}
