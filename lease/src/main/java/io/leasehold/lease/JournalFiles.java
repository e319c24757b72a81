package io.leasehold.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a journal: the newest snapshot and the segments after it, a row without a gap.
 *
 * @param snapshot number of the snapshot, that of the last segment it replaces; 0 without one
 * @param segments numbers of the segments after the snapshot, in order
 * @param leftOver names of files that are of no use any more
 * @param interrupted true when a snapshot was begun and not ended
 */
record JournalFiles(
        long snapshot, List<Long> segments, List<String> leftOver, boolean interrupted) {
    static final String UNFINISHED = ".tmp";

    private static final Pattern SEGMENT = Pattern.compile("journal-(\\d{8,18})\\.log");
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot-(\\d{8,18})\\.snap");
    private static final Pattern BEGUN = Pattern.compile("snapshot-\\d{8,18}\\.snap\\.tmp");

    static String segmentName(long number) {
        return "journal-%08d.log".formatted(number);
    }

    static String snapshotName(long number) {
        return "snapshot-%08d.snap".formatted(number);
    }

    /**
     * Looks what files there are.
     *
     * @throws IOException when one is missing in the row
     */
    static JournalFiles list(Disk disk) throws IOException {
        List<Long> segments = new ArrayList<>();
        List<Long> snapshots = new ArrayList<>();
        List<String> leftOver = new ArrayList<>();
        for (String name : disk.list()) {
            Matcher segment = SEGMENT.matcher(name);
            Matcher snapshot = SNAPSHOT.matcher(name);
            if (segment.matches()) {
                segments.add(Long.parseLong(segment.group(1)));
            } else if (snapshot.matches()) {
                snapshots.add(Long.parseLong(snapshot.group(1)));
            } else if (BEGUN.matcher(name).matches()) {
                leftOver.add(name);
            }
        }
        boolean interrupted = !leftOver.isEmpty();
        long newest = snapshots.isEmpty() ? 0 : Collections.max(snapshots);
        List<Long> row = new ArrayList<>();
        for (long number : segments) {
            if (number > newest) {
                row.add(number);
            } else {
                leftOver.add(segmentName(number));
            }
        }
        for (long number : snapshots) {
            if (number < newest) {
                leftOver.add(snapshotName(number));
            }
        }
        Collections.sort(row);
        checkRow(disk, newest, row);
        return new JournalFiles(newest, row, leftOver, interrupted);
    }

    private static void checkRow(Disk disk, long snapshot, List<Long> row) throws IOException {
        long expected = snapshot + 1;
        for (long number : row) {
            if (number != expected) {
                throw missing(
                        disk,
                        expected,
                        segmentName(number)
                                + " is there, which comes after it"
                                + (snapshot == 0 ? ", and no snapshot that replaces it" : ""));
            }
            expected++;
        }
        if (snapshot > 0 && row.isEmpty()) {
            throw missing(
                    disk, expected, snapshotName(snapshot) + " is there, which comes before it");
        }
    }

    private static IOException missing(Disk disk, long number, String found) {
        return new IOException(
                disk.describe(segmentName(number))
                        + " is missing: "
                        + found
                        + ". Nothing was changed. Put the file back, or restore the directory from"
                        + " a backup");
    }
}
