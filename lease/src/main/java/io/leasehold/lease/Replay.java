package io.leasehold.lease;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the records say, one after the other. */
final class Replay implements RecordDecoder.Sink {
    private final LeaseRecords leases = new LeaseRecords(new KeyedHash(0));

    /** Sum of all shifts; records are kept without it, so that a shift costs the same for all. */
    private long shifted;

    private @Nullable ClockMark mark;
    private long wallSeconds;
    private long endLeases = -1;

    int size() {
        return leases.size();
    }

    /** How the wall clock stood last; null when that was never written. */
    @Nullable ClockMark mark() {
        return mark;
    }

    /** The latest wall time that a frame was written at, 0 when there is none. */
    long wallSeconds() {
        return wallSeconds;
    }

    /** What the snapshot's trailer says; -1 when there was none. */
    long endLeases() {
        return endLeases;
    }

    void forEach(Consumer<Lease> into) {
        leases.snapshot().forEach(lease -> into.accept(moved(lease, shifted)));
    }

    @Override
    public void put(Lease lease) {
        leases.put(moved(lease, -shifted));
    }

    @Override
    public void remove(Ip4Address address) {
        leases.remove(address.bits());
    }

    @Override
    public void shift(long seconds) {
        shifted += seconds;
        // Times before the shift were told by a clock that was wrong. The frame's own comes next.
        wallSeconds = 0;
        if (mark != null) {
            mark = mark.shifted(seconds);
        }
    }

    @Override
    public void mark(ClockMark now) {
        mark = now;
    }

    @Override
    public void wall(long seconds) {
        wallSeconds = Math.max(wallSeconds, seconds);
    }

    @Override
    public void end(long count) {
        endLeases = count;
    }

    private static Lease moved(Lease lease, long seconds) {
        return seconds == 0 ? lease : lease.shifted(seconds);
    }
}
