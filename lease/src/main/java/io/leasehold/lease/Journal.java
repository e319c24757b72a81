package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps leases in a directory: segments of changes, and snapshots that replace the segments before
 * them.
 *
 * <p>All changes that wait become one frame (a few when they are very many), which is written and
 * synced before the next is begun. So at most the last frame can be torn by a crash, and nobody was
 * told that it is durable: {@link #load} cuts it off. Damage anywhere else stops {@link #load}.
 *
 * <p>Failures, each told to those whose changes it concerns, and by {@link #lastFailure}:
 *
 * <ul>
 *   <li>A write fails, as on a full disk: what was written of the frame is taken back, and the next
 *       changes try again. Without changes the disk is tried every few seconds.
 *   <li>A sync fails: the kernel may have dropped the pages and would call the next sync a success,
 *       so the segment is never written again and nothing in it after the last good sync is
 *       believed. All changes fail until a snapshot, which {@link #snapshotDue} then asks for, has
 *       replaced that segment; then a new one goes on. Until that snapshot is durable the files are
 *       as after a crash at the failed sync.
 *   <li>A snapshot fails: all it would have replaced is still there. It is due again a few seconds
 *       later.
 * </ul>
 *
 * <p>A {@link LeaseChange.Shift} is never lost by a failure: it goes before the next changes that
 * are written, and is not to be submitted again.
 */
public final class Journal implements LeaseStore {
    private final Disk disk;
    private final JournalOptions options;
    private final Closeable lock;
    private @Nullable SegmentLog log;
    private @Nullable SnapshotKeeper keeper;
    private @Nullable JournalWriter writer;
    private long notBeforeSeconds;

    private Journal(Disk disk, JournalOptions options, Closeable lock) {
        this.disk = disk;
        this.options = options;
        this.lock = lock;
    }

    /**
     * Takes a directory, which is made when it is missing.
     *
     * @throws IOException when it cannot be made, or is held by another process
     */
    public static Journal open(Path directory, JournalOptions options) throws IOException {
        DirectoryDisk disk = DirectoryDisk.make(directory);
        return new Journal(disk, options, DirectoryLock.take(directory));
    }

    static Journal open(Disk disk, JournalOptions options) {
        return new Journal(disk, options, () -> {});
    }

    @Override
    public List<String> load(Consumer<Lease> into) throws IOException {
        if (writer != null) {
            throw new IllegalStateException("loaded already");
        }
        JournalFiles files = JournalFiles.list(disk);
        JournalLoader loader = new JournalLoader(disk, false);
        loader.load(files);
        List<String> notes = new ArrayList<>(loader.notes());
        JournalSegment segment = repair(files, loader);
        if (files.interrupted()) {
            notes.add("a snapshot was not finished; it was removed, and nothing is lost");
        }
        Replay replay = loader.replay();
        long nowSeconds = options.clock().instant().getEpochSecond();
        ClockCheck clock =
                ClockCheck.of(replay.mark(), options.clockMark(), replay.wallSeconds(), nowSeconds);
        if (!clock.note().isEmpty()) {
            notes.add(clock.note());
        }
        notBeforeSeconds = clock.notBeforeSeconds();
        if (clock.shiftSeconds() != 0) {
            replay.shift(clock.shiftSeconds());
        }
        keeper = new SnapshotKeeper(disk, options, loader.snapshotBytes(), loader.segmentBytes());
        log = new SegmentLog(disk, options, keeper, segment, clock);
        writer = new JournalWriter(options, log, keeper);
        replay.forEach(into);
        writer.start();
        return List.copyOf(notes);
    }

    /** Cuts off what is torn, removes what is replaced, and opens the segment to go on in. */
    private JournalSegment repair(JournalFiles files, JournalLoader loader) throws IOException {
        for (JournalLoader.Cut cut : loader.cuts()) {
            try (Disk.File file = disk.open(cut.name(), false)) {
                file.truncate(cut.length());
                file.sync();
            }
        }
        // A process that was killed may have left names that only the cache knows.
        disk.syncDirectory();
        for (String name : files.leftOver()) {
            disk.delete(name);
        }
        FileHeader newest = loader.newest();
        long number = files.segments().isEmpty() ? 1 : files.segments().getLast();
        return newest != null && newest.number() == number
                ? JournalSegment.reopen(
                        disk, newest, loader.newestLength(), options.roomAheadBytes())
                : JournalSegment.create(
                        disk, number, options.random().nextLong(), options.roomAheadBytes());
    }

    /**
     * Before which the server's time must not be, in seconds since 1970; 0 when the clock may be
     * believed. Known after {@link #load}.
     */
    public long notBeforeSeconds() {
        return notBeforeSeconds;
    }

    /**
     * {@inheritDoc}
     *
     * <p>More than {@link JournalOptions#waitingChangesMax} changes at once are never taken.
     *
     * @throws IllegalArgumentException when a lease has a client id, host name or option 82 longer
     *     than any datagram
     */
    @Override
    public boolean submit(List<LeaseChange> changes, Consumer<@Nullable IOException> settled) {
        for (LeaseChange change : changes) {
            if (change instanceof LeaseChange.Put(Lease lease)) {
                FrameEncoder.check(lease);
            }
        }
        return loaded(writer).submit(changes, settled);
    }

    @Override
    public boolean snapshotDue() {
        SnapshotKeeper snapshots = loaded(keeper);
        return snapshots.due() || loaded(log).needsSnapshot() && !snapshots.busy();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Does nothing while an earlier one is being written, or has failed a moment ago.
     */
    @Override
    public void snapshot(Collection<Lease> all) {
        loaded(writer).snapshot(all);
    }

    /** True when the last changes became durable. */
    public boolean healthy() {
        return lastFailure() == null;
    }

    /**
     * True when the journal takes nothing any more, since a fault of its own ended it, told by
     * {@link #lastFailure}. Only another journal on the same directory goes on.
     */
    public boolean ended() {
        return writer != null && writer.dead();
    }

    /** What keeps changes from being durable, with the file's name; null when nothing does. */
    public @Nullable IOException lastFailure() {
        return log == null ? null : log.failure();
    }

    /** Why the last snapshot was not written; null when it was. Nothing is lost by it. */
    public @Nullable IOException lastSnapshotFailure() {
        return keeper == null ? null : keeper.lastFailure();
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (writer != null) {
                writer.close();
                loaded(keeper).close();
                loaded(log).close();
            }
        }
    }

    private static <T> T loaded(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not loaded yet");
        }
        return part;
    }
}
