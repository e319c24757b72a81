package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A clock that was set while nobody ran never makes a bound address free while its client may use
 * it.
 */
class JournalClockTest {
    private static final Octets BOOT = Octets.parseHex("000102030405060708090a0b0c0d0e0f");
    private static final Octets OTHER_BOOT = Octets.parseHex("ff0102030405060708090a0b0c0d0e0f");
    private static final long BOOTED_MILLIS = (Leases.NOW - 5000) * 1000;

    private final MemoryDisk disk = new MemoryDisk();

    private TestJournal start(long nowSeconds, @Nullable ClockMark mark) throws IOException {
        JournalOptions options = TestJournal.options(nowSeconds).withClockMark(mark);
        return TestJournal.load(Journal.open(disk, options));
    }

    private static ClockMark mark(Octets boot, long setSeconds) {
        return new ClockMark(boot, BOOTED_MILLIS + setSeconds * 1000 + 400);
    }

    private void writeOne() throws IOException {
        try (TestJournal journal = start(Leases.NOW, new ClockMark(BOOT, BOOTED_MILLIS))) {
            journal.commit(Leases.put(Leases.bound(1, Leases.NOW + 60)));
        }
    }

    @Test
    void movesLeasesAlongWhenTheClockWasSetInTheSameBoot() throws IOException {
        for (long set : new long[] {3, -3, 86_400 * 365, -86_400 * 365}) {
            disk.delete(JournalFiles.segmentName(1));
            writeOne();
            // Nothing is written at the first start, so the second one sees the same again.
            for (int start = 0; start < 3; start++) {
                try (TestJournal journal = start(Leases.NOW + 10 + set, mark(BOOT, set))) {
                    assertThat(journal.leases())
                            .extracting(Lease::endSeconds)
                            .containsExactly(Leases.NOW + 60 + set);
                    assertThat(journal.notes())
                            .singleElement()
                            .asString()
                            .contains(set > 0 ? "forward" : "back")
                            .contains(Math.abs(set) + " s");
                    assertThat(journal.journal().notBeforeSeconds()).isZero();
                    if (start == 2) {
                        journal.commit(Leases.put(Leases.bound(2, 7)));
                    }
                }
            }
            try (TestJournal journal = start(Leases.NOW + 20 + set, mark(BOOT, set))) {
                assertThat(journal.notes()).isEmpty();
                assertThat(journal.leases())
                        .extracting(Lease::endSeconds)
                        .containsExactlyInAnyOrder(Leases.NOW + 60 + set, 7L);
            }
        }
    }

    @Test
    void takesASmallDifferenceForNone() throws IOException {
        writeOne();
        try (TestJournal journal = start(Leases.NOW + 10, mark(BOOT, -1))) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases()).containsExactly(Leases.bound(1, Leases.NOW + 60));
        }
    }

    @Test
    void countsAShiftThatWasToldToTheClocksAccount() throws IOException {
        writeOne();
        try (TestJournal journal = start(Leases.NOW + 10, mark(BOOT, 0))) {
            journal.commit(new LeaseChange.Shift(100));
        }
        try (TestJournal journal = start(Leases.NOW + 110, mark(BOOT, 100))) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases())
                    .extracting(Lease::endSeconds)
                    .containsExactly(Leases.NOW + 160);
        }
    }

    @Test
    void keepsTheClocksMarkThroughASnapshot() throws IOException {
        writeOne();
        try (TestJournal journal = start(Leases.NOW + 110, mark(BOOT, 100))) {
            journal.journal().snapshot(List.copyOf(journal.leases()));
        }
        assertThat(disk.list()).contains(JournalFiles.snapshotName(1));
        try (TestJournal journal = start(Leases.NOW + 110, mark(BOOT, 100))) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases())
                    .extracting(Lease::endSeconds)
                    .containsExactly(Leases.NOW + 160);
        }
    }

    @Test
    void keepsTheStartsShiftWhenItsSnapshotFails() throws IOException {
        writeOne();
        try (TestJournal journal = start(Leases.NOW + 110, mark(BOOT, 100))) {
            disk.fault(
                    operation -> {
                        if (operation.contains("snap")) {
                            throw new IOException("No space left on device");
                        }
                    });
            journal.journal().snapshot(List.copyOf(journal.leases()));
        }
        disk.fault(operation -> {});
        try (TestJournal journal = start(Leases.NOW + 110, mark(BOOT, 100))) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases())
                    .extracting(Lease::endSeconds)
                    .containsExactly(Leases.NOW + 160);
        }
    }

    @Test
    void letsTimeStandStillWhenTheClockIsBeforeTheLastWriteAfterABoot() throws IOException {
        writeOne();
        for (@Nullable ClockMark now : new @Nullable ClockMark[] {mark(OTHER_BOOT, 0), null}) {
            try (TestJournal journal = start(1000, now)) {
                assertThat(journal.journal().notBeforeSeconds()).isEqualTo(Leases.NOW);
                assertThat(journal.notes()).singleElement().asString().contains("stand still");
                assertThat(journal.leases()).contains(Leases.bound(1, Leases.NOW + 60));
                // A write with the wrong clock does not make it the right one.
                journal.commit(Leases.put(Leases.bound(2)));
                journal.journal()
                        .snapshot(List.of(Leases.bound(1, Leases.NOW + 60), Leases.bound(2)));
            }
        }
        try (TestJournal journal = start(Leases.NOW + 1, mark(OTHER_BOOT, 5))) {
            assertThat(journal.journal().notBeforeSeconds()).isZero();
        }
    }

    @Test
    void movesLeasesByWhatTheyAreOffWhenTheClockComesRightWhileNobodyRan() throws IOException {
        writeOne();
        ClockMark wrong = new ClockMark(OTHER_BOOT, 60_000);
        try (TestJournal journal = start(100, wrong)) {
            long still = journal.journal().notBeforeSeconds();
            journal.commit(Leases.put(Leases.bound(2, still + 3600)));
        }
        ClockMark right = wrong.shifted(Leases.NOW + 250 - 100);
        try (TestJournal journal = start(Leases.NOW + 300, right)) {
            assertThat(journal.leases())
                    .extracting(Lease::endSeconds)
                    .containsExactlyInAnyOrder(Leases.NOW + 60 + 250, Leases.NOW + 3600 + 250);
        }
    }

    /** What was written by a clock that ran ahead says nothing once it was set back. */
    @Test
    void believesTheClockAfterItWasSetBackWhileTheDiskFailed() throws IOException {
        long ahead = Leases.NOW + 3600;
        AtomicLong now = new AtomicLong(ahead);
        JournalOptions options =
                JournalOptions.of(() -> Instant.ofEpochSecond(now.get()), new Random(7))
                        .withRetrySecondsMax(1)
                        .withRoomAheadBytes(300);
        try (TestJournal journal =
                TestJournal.load(
                        Journal.open(
                                disk, options.withClockMark(new ClockMark(BOOT, BOOTED_MILLIS))))) {
            journal.commit(Leases.put(Leases.bound(1, ahead + 600)));
            disk.fault(
                    operation -> {
                        if (operation.startsWith("sync journal")) {
                            throw new IOException("Input/output error");
                        }
                    });
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2, ahead + 600)))).isNotNull();
            disk.fault(operation -> {});
            now.set(Leases.NOW);
            var shift = journal.submit(new LeaseChange.Shift(-3600));
            journal.drain();
            assertThat(shift).isDone();
            journal.journal().snapshot(List.of(Leases.bound(1, Leases.NOW + 600)));
        }
        now.addAndGet(60);
        try (TestJournal journal =
                TestJournal.load(Journal.open(disk, options.withClockMark(mark(OTHER_BOOT, 0))))) {
            assertThat(journal.journal().notBeforeSeconds()).isZero();
            assertThat(journal.leases()).contains(Leases.bound(1, Leases.NOW + 600));
        }
    }
}
