package io.leasehold.lease;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leases by address: {@value #SEGMENT_COUNT} segments, of which only one grows at a time. One
 * thread owns it.
 */
final class LeaseRecords {
    static final int SEGMENT_BITS = 10;
    static final int SEGMENT_COUNT = 1 << SEGMENT_BITS;

    private final KeyedHash hash;
    private final @Nullable RecordSegment[] segments = new @Nullable RecordSegment[SEGMENT_COUNT];
    private int size;

    LeaseRecords(KeyedHash hash) {
        this.hash = hash;
    }

    @Nullable Lease get(int address) {
        long spread = hash.of(address);
        RecordSegment segment = segments[segmentOf(spread)];
        return segment == null ? null : segment.get(address, spread);
    }

    @Nullable Lease put(Lease lease) {
        long spread = hash.of(lease.addressBits());
        int index = segmentOf(spread);
        RecordSegment segment = segments[index];
        if (segment == null) {
            segment = new RecordSegment(hash);
            segments[index] = segment;
        }
        Lease former = segment.put(lease, spread);
        size += former == null ? 1 : 0;
        return former;
    }

    @Nullable Lease remove(int address) {
        long spread = hash.of(address);
        RecordSegment segment = segments[segmentOf(spread)];
        Lease former = segment == null ? null : segment.remove(address, spread);
        size -= former == null ? 0 : 1;
        return former;
    }

    int size() {
        return size;
    }

    /** Gives each lease to an action, which must not change the records. */
    void forEach(Consumer<? super Lease> action) {
        for (RecordSegment segment : segments) {
            if (segment != null) {
                segment.forEach(action);
            }
        }
    }

    /**
     * All leases as they are now, for any thread, however the records change later: what changes is
     * copied first, a few KB at a time.
     */
    Collection<Lease> snapshot() {
        List<RecordSegment.Frozen> frozen =
                Stream.of(segments).filter(Objects::nonNull).map(RecordSegment::share).toList();
        return new Snapshot(frozen, size);
    }

    private static final class Snapshot extends AbstractCollection<Lease> {
        private final List<RecordSegment.Frozen> segments;
        private final int size;

        Snapshot(List<RecordSegment.Frozen> segments, int size) {
            this.segments = segments;
            this.size = size;
        }

        @Override
        public Iterator<Lease> iterator() {
            return segments.stream().flatMap(RecordSegment.Frozen::leases).iterator();
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** Which of the segments, by the upper bits of a hash; what is in one goes by the lower. */
    static int segmentOf(long spread) {
        return (int) (spread >>> 64 - SEGMENT_BITS);
    }
}
