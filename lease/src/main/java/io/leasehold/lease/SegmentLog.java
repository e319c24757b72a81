package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The row of segments as the writer's thread sees it: gathers changes to a frame, appends it, and
 * moves on to a new segment when a snapshot begins. What happens on failures is told in {@link
 * Journal}.
 */
final class SegmentLog implements Closeable {
    private static final System.Logger LOG = System.getLogger(SegmentLog.class.getName());

    private final Disk disk;
    private final JournalOptions options;
    private final SnapshotKeeper keeper;
    private final FrameEncoder frame = new FrameEncoder();
    private JournalSegment segment;

    /** Shifts that are to go before the next change: those found at the start, and failed ones. */
    private long pendingShift;

    private boolean markPending;
    private long frameShift;
    private boolean frameShifts;

    /** How the clock stands once all shifts that were told are written. */
    private @Nullable ClockMark mark;

    private long wallSeconds;

    /** The segment that a failed sync left unknown; a snapshot that replaces it heals; else 0. */
    private volatile long distrustedSegment;

    private volatile @Nullable IOException failure;

    SegmentLog(
            Disk disk,
            JournalOptions options,
            SnapshotKeeper keeper,
            JournalSegment segment,
            ClockCheck clock) {
        this.disk = disk;
        this.options = options;
        this.keeper = keeper;
        this.segment = segment;
        this.pendingShift = clock.shiftSeconds();
        this.markPending = clock.markChanged();
        this.mark = clock.mark();
        this.wallSeconds = clock.wallSeconds();
    }

    boolean isFull() {
        return frame.isFull();
    }

    /** What prevents changes from being durable; null when nothing does. */
    @Nullable IOException failure() {
        return failure;
    }

    void fail(IOException why) {
        failure = why;
    }

    boolean needsSnapshot() {
        return distrustedSegment != 0;
    }

    /** True when the disk is to be tried although nobody has a change. */
    boolean wantsProbe() {
        return failure != null && distrustedSegment == 0;
    }

    /** Adds a change to the frame. */
    void add(LeaseChange change) {
        if (frame.isEmpty()) {
            begin();
        }
        frame.change(change);
        if (change instanceof LeaseChange.Shift(long seconds)) {
            frameShift += seconds;
            frameShifts = true;
            moved(seconds);
        }
    }

    /** Keeps of a change that is not written what nobody can submit again: how time moved. */
    void carry(LeaseChange change) {
        if (change instanceof LeaseChange.Shift(long seconds)) {
            pendingShift += seconds;
            moved(seconds);
        }
    }

    /** The clock was set: the times before say nothing about those to come. */
    private void moved(long seconds) {
        mark = mark == null ? null : mark.shifted(seconds);
        wallSeconds = 0;
    }

    private void begin() {
        if (pendingShift != 0) {
            frame.change(new LeaseChange.Shift(pendingShift));
            frameShifts = true;
        }
        if (markPending && mark != null) {
            frame.mark(mark);
        }
    }

    /** Makes the frame durable; returns what prevented it. */
    @Nullable IOException flush() {
        if (frame.isEmpty()) {
            return null;
        }
        try {
            if (distrustedSegment != 0) {
                throw new IOException(
                        disk.describe(JournalFiles.segmentName(distrustedSegment))
                                + " could not be synced, and nothing is written until a snapshot"
                                + " replaces it",
                        failure);
            }
            append();
            pendingShift = 0;
            markPending = false;
            if (failure != null) {
                failure = null;
                LOG.log(System.Logger.Level.INFO, "leases are durable again");
            }
            return null;
        } catch (IOException e) {
            pendingShift += frameShift;
            if (segment.distrusted()) {
                distrustedSegment = segment.number();
            }
            report(e);
            return e;
        } finally {
            frame.clear();
            frameShift = 0;
            frameShifts = false;
        }
    }

    private void append() throws IOException {
        long now = now();
        long wall = frameShifts ? now : Math.max(wallSeconds, now);
        frame.wall(wall);
        var bytes = frame.seal(segment.salt());
        int length = bytes.remaining();
        segment.append(bytes);
        wallSeconds = wall;
        keeper.grew(length);
    }

    private void report(IOException e) {
        if (failure == null) {
            LOG.log(System.Logger.Level.ERROR, "no lease can be made durable: " + e.getMessage());
        }
        if (distrustedSegment == 0 || failure == null) {
            failure = e;
        }
    }

    /** Writes a frame that says nothing but the time, to learn whether the disk works again. */
    void probe() {
        begin();
        frame.wall(now());
        flush();
    }

    /** Goes on in a new segment, and has all before it written as a snapshot. */
    void beginSnapshot(Collection<Lease> all) {
        try {
            if (distrustedSegment == 0 && (pendingShift != 0 || markPending)) {
                // Should the snapshot fail, then the old segments still need to know.
                begin();
                IOException prevented = flush();
                if (prevented != null) {
                    throw prevented;
                }
            }
            if (segment.hasFrames() || segment.distrusted() || segment.number() == 1) {
                segment.trim();
                JournalSegment next =
                        JournalSegment.create(
                                disk,
                                segment.number() + 1,
                                options.random().nextLong(),
                                options.roomAheadBytes());
                JournalSegment former = segment;
                segment = next;
                former.close();
            }
        } catch (IOException e) {
            if (distrustedSegment == 0 && segment.distrusted()) {
                distrustedSegment = segment.number();
                report(e);
            }
            keeper.abandon(e);
            return;
        }
        if (distrustedSegment != 0) {
            // All that was told of time so far is in the snapshot, and nothing else is written.
            pendingShift = 0;
            markPending = false;
        }
        long replacesUpTo = segment.number() - 1;
        long wall = Math.max(wallSeconds, now());
        keeper.start(
                new SnapshotKeeper.Content(replacesUpTo, this::needsSnapshot, all, mark, wall),
                options.random().nextLong(),
                () -> snapshotDurable(replacesUpTo));
    }

    private void snapshotDurable(long replacesUpTo) {
        long distrusted = distrustedSegment;
        if (distrusted != 0 && replacesUpTo >= distrusted) {
            failure = null;
            distrustedSegment = 0;
            LOG.log(System.Logger.Level.INFO, "leases are durable again, in a new segment");
        }
    }

    private long now() {
        return options.clock().instant().getEpochSecond();
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
