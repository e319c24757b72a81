package io.leasehold.lease;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a journal is given and how far it may go.
 *
 * @param clock the wall clock; read once for each write, for the journal's own marks
 * @param clockMark how the wall clock stands now, to notice that it was set while nobody ran; null
 *     when that is not known
 * @param random gives each file its salt. One that strangers cannot foresee: the salt keeps bytes
 *     that a client sends from ever looking like a frame
 * @param waitingChangesMax how many changes may wait for the disk
 * @param snapshotAfterBytesMin how many bytes of changes there are at least before a snapshot is
 *     due; it is twice the last snapshot's size when that is more
 * @param retrySecondsMax how long after a failure the disk is tried again, when nothing else leads
 *     to a try before
 * @param roomAheadBytes how much room is made at a time for changes to come, filled with zeros: a
 *     sync that makes a file no longer costs about half of one that does. 0 makes none
 */
public record JournalOptions(
        InstantSource clock,
        @Nullable ClockMark clockMark,
        RandomGenerator random,
        int waitingChangesMax,
        long snapshotAfterBytesMin,
        int retrySecondsMax,
        int roomAheadBytes) {

    public JournalOptions {
        if (waitingChangesMax < 1
                || snapshotAfterBytesMin < 0
                || retrySecondsMax < 1
                || roomAheadBytes < 0) {
            throw new IllegalArgumentException(
                    waitingChangesMax
                            + ", "
                            + snapshotAfterBytesMin
                            + ", "
                            + retrySecondsMax
                            + ", "
                            + roomAheadBytes);
        }
    }

    /** 65,536 waiting changes, a snapshot after 64 MiB, tries every 5 s, room for 512 KiB. */
    public static JournalOptions of(InstantSource clock, RandomGenerator random) {
        return new JournalOptions(clock, null, random, 65_536, 64L << 20, 5, 512 << 10);
    }

    public JournalOptions withClockMark(@Nullable ClockMark mark) {
        return new JournalOptions(
                clock,
                mark,
                random,
                waitingChangesMax,
                snapshotAfterBytesMin,
                retrySecondsMax,
                roomAheadBytes);
    }

    public JournalOptions withWaitingChangesMax(int changes) {
        return new JournalOptions(
                clock,
                clockMark,
                random,
                changes,
                snapshotAfterBytesMin,
                retrySecondsMax,
                roomAheadBytes);
    }

    public JournalOptions withSnapshotAfterBytesMin(long bytes) {
        return new JournalOptions(
                clock,
                clockMark,
                random,
                waitingChangesMax,
                bytes,
                retrySecondsMax,
                roomAheadBytes);
    }

    public JournalOptions withRetrySecondsMax(int seconds) {
        return new JournalOptions(
                clock,
                clockMark,
                random,
                waitingChangesMax,
                snapshotAfterBytesMin,
                seconds,
                roomAheadBytes);
    }

    public JournalOptions withRoomAheadBytes(int bytes) {
        return new JournalOptions(
                clock,
                clockMark,
                random,
                waitingChangesMax,
                snapshotAfterBytesMin,
                retrySecondsMax,
                bytes);
    }
}
