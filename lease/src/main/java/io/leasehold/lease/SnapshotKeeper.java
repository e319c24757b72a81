package io.leasehold.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots, one at a time, each on a short-lived thread of its own.
 *
 * <p>A snapshot is written aside, ends with a frame that counts its leases, is synced, renamed, and
 * the directory synced; only then is what it replaces removed. Whatever step is the last one, the
 * files are a whole journal.
 */
final class SnapshotKeeper {
    private static final System.Logger LOG = System.getLogger(SnapshotKeeper.class.getName());

    /** After a frame of ten thousand leases: clients wait for the same disk and processors. */
    private static final int REST_MILLIS = 50;

    /**
     * What a snapshot is made of.
     *
     * @param replacesUpTo the last segment whose changes are all in it
     * @param awaited whether changes wait for a snapshot
     */
    record Content(
            long replacesUpTo,
            BooleanSupplier awaited,
            Collection<Lease> leases,
            @Nullable ClockMark mark,
            long wallSeconds) {}

    private final Disk disk;
    private final JournalOptions options;
    private final CountDownLatch ending = new CountDownLatch(1);
    private boolean busy;
    private @Nullable Thread thread;
    private long snapshotBytes;
    private long bytesSince;
    private @Nullable IOException lastFailure;

    SnapshotKeeper(Disk disk, JournalOptions options, long snapshotBytes, long bytesSince) {
        this.disk = disk;
        this.options = options;
        this.snapshotBytes = snapshotBytes;
        this.bytesSince = bytesSince;
    }

    /** Begins; false when one is on its way or has just failed. */
    synchronized boolean claim() {
        if (busy) {
            return false;
        }
        busy = true;
        return true;
    }

    synchronized boolean busy() {
        return busy;
    }

    /** True when the segments have grown past what a snapshot is worth. */
    synchronized boolean due() {
        return !busy && bytesSince > Math.max(options.snapshotAfterBytesMin(), 2 * snapshotBytes);
    }

    synchronized void grew(long bytes) {
        bytesSince += bytes;
    }

    /** What the last attempt failed of; null when it succeeded. */
    synchronized @Nullable IOException lastFailure() {
        return lastFailure;
    }

    /**
     * Writes a snapshot in the background.
     *
     * @param done called when it is durable
     */
    void start(Content content, long salt, Runnable done) {
        long replacedBytes;
        synchronized (this) {
            replacedBytes = bytesSince;
        }
        run(
                () -> {
                    try {
                        long bytes = write(content, salt);
                        synchronized (this) {
                            snapshotBytes = bytes;
                            bytesSince -= replacedBytes;
                            lastFailure = null;
                        }
                        done.run();
                        removeReplaced();
                    } catch (IOException | RuntimeException e) {
                        pause(e);
                    }
                });
    }

    /** Gives up what {@link #claim} began; another may begin after a while. */
    void abandon(IOException why) {
        run(() -> pause(why));
    }

    private void run(Runnable task) {
        Thread started =
                Thread.ofPlatform()
                        .name("leasehold-snapshot")
                        .unstarted(
                                () -> {
                                    try {
                                        task.run();
                                    } finally {
                                        synchronized (this) {
                                            busy = false;
                                        }
                                    }
                                });
        synchronized (this) {
            thread = started;
        }
        started.start();
    }

    private void pause(Exception why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "no snapshot was written, nothing is lost, and it is tried again: "
                        + why.getMessage());
        synchronized (this) {
            lastFailure = why instanceof IOException e ? e : new IOException(why);
        }
        if (endsWithin(options.retrySecondsMax() * 1000L)) {
            LOG.log(System.Logger.Level.DEBUG, "ended while waiting to try again");
        }
    }

    private long write(Content content, long salt) throws IOException {
        String name = JournalFiles.snapshotName(content.replacesUpTo());
        String aside = name + JournalFiles.UNFINISHED;
        try {
            long length;
            try (Disk.File file = disk.open(aside, true)) {
                file.write(FileHeader.snapshot(content.replacesUpTo(), salt).encode(), 0);
                length = writeFrames(file, content, salt);
                file.sync();
            }
            disk.rename(aside, name);
            disk.syncDirectory();
            return length;
        } catch (IOException e) {
            IOException failure =
                    new IOException(
                            disk.describe(aside) + " cannot be written: " + e.getMessage(), e);
            try {
                disk.delete(aside);
            } catch (IOException also) {
                failure.addSuppressed(also);
            }
            throw failure;
        }
    }

    private long writeFrames(Disk.File file, Content content, long salt) throws IOException {
        FrameEncoder encoder = new FrameEncoder();
        if (content.mark() != null) {
            encoder.mark(content.mark());
        }
        encoder.wall(content.wallSeconds());
        long length = FileHeader.BYTES;
        boolean hurry = false;
        for (Lease lease : content.leases()) {
            FrameEncoder.check(lease);
            encoder.put(lease);
            if (encoder.isFull()) {
                length += writeFrame(file, length, encoder, salt);
                // Commits wait for a sync of a bounded size, not for that of the whole snapshot.
                file.sync();
                hurry = hurry || content.awaited().getAsBoolean() || endsWithin(REST_MILLIS);
            }
        }
        if (!encoder.isEmpty()) {
            length += writeFrame(file, length, encoder, salt);
        }
        encoder.end(content.leases().size());
        return length + writeFrame(file, length, encoder, salt);
    }

    /** Waits so long, or until all is to end. */
    private boolean endsWithin(long millis) {
        try {
            return ending.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static int writeFrame(Disk.File file, long offset, FrameEncoder encoder, long salt)
            throws IOException {
        ByteBuffer frame = encoder.seal(salt);
        int bytes = frame.remaining();
        file.write(frame, offset);
        encoder.clear();
        return bytes;
    }

    /** What cannot be removed now is removed at the next start or after the next snapshot. */
    private void removeReplaced() {
        try {
            for (String name : JournalFiles.list(disk).leftOver()) {
                disk.delete(name);
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "files that a snapshot replaced are still there: " + e.getMessage());
        }
    }

    /** Waits for a snapshot that is being written. */
    void close() {
        ending.countDown();
        Thread last;
        synchronized (this) {
            last = thread;
        }
        if (last != null) {
            JournalWriter.join(last);
        }
    }
}
