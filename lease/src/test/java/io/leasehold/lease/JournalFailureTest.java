package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A disk that fails and works again, and one that is slow. */
class JournalFailureTest {
    private static final String FIRST = JournalFiles.segmentName(1);

    private final MemoryDisk disk = new MemoryDisk();

    private void fail(String operations) {
        disk.fault(
                operation -> {
                    if (operation.startsWith(operations)) {
                        throw new IOException("No space left on device");
                    }
                });
    }

    private void work() {
        disk.fault(operation -> {});
    }

    @Test
    void tellsAFailedWriteAndServesAgainWhenThereIsRoom() throws IOException {
        try (TestJournal journal = TestJournal.load(disk)) {
            journal.commit(Leases.put(Leases.bound(1)));
            byte[] before = disk.bytes(FIRST);
            fail("write");
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2))))
                    .hasMessage("/disk/" + FIRST + " cannot be written: No space left on device");
            assertThat(before).startsWith(disk.bytes(FIRST));
            assertThat(journal.journal().healthy()).isFalse();
            assertThat(journal.journal().lastFailure()).hasMessageContaining("No space left");
            work();
            journal.commit(Leases.put(Leases.bound(3)));
            assertThat(journal.journal().healthy()).isTrue();
        }
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases())
                    .containsExactlyInAnyOrder(Leases.bound(1), Leases.bound(3));
        }
    }

    @Test
    void takesNothingAfterAFaultOfItsOwn() throws IOException {
        try (TestJournal journal = TestJournal.load(disk)) {
            journal.commit(Leases.put(Leases.bound(1)));
            assertThat(journal.journal().ended()).isFalse();
            disk.fault(
                    operation -> {
                        throw new IllegalStateException("a bug");
                    });
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2))))
                    .hasMessageContaining("the journal's writer ended by a fault");
            work();
            assertThat(journal.journal().ended()).isTrue();
            assertThat(journal.journal().submit(List.of(Leases.put(Leases.bound(3))), any -> {}))
                    .isFalse();
        }
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.leases()).contains(Leases.bound(1));
        }
    }

    @Test
    void triesTheDiskAgainWithoutBeingAsked() throws Exception {
        try (TestJournal journal = TestJournal.load(disk)) {
            fail("write");
            assertThat(journal.tryCommit(Leases.put(Leases.bound(1)))).isNotNull();
            CountDownLatch tried = new CountDownLatch(2);
            disk.fault(operation -> tried.countDown());
            tried.await();
            journal.drain();
            assertThat(journal.journal().healthy()).isTrue();
        }
    }

    @Test
    void writesNothingAfterAFailedSyncUntilASnapshotReplacesTheSegment() throws Exception {
        try (TestJournal journal = TestJournal.load(disk)) {
            journal.commit(Leases.put(Leases.bound(1)));
            fail("sync journal");
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2))))
                    .hasMessageContaining(FIRST + " cannot be synced");
            work();
            assertThat(journal.tryCommit(Leases.put(Leases.bound(3))))
                    .hasMessageContaining("until a snapshot replaces it");
            assertThat(journal.journal().healthy()).isFalse();
            assertThat(journal.journal().snapshotDue()).isTrue();
            snapshotAndWait(journal, Leases.bound(1));
            assertThat(journal.journal().healthy()).isTrue();
            assertThat(journal.journal().snapshotDue()).isFalse();
            journal.commit(Leases.put(Leases.bound(4)));
        }
        MemoryDisk after = disk.afterCrash(MemoryDisk.Unsynced.LOST);
        try (TestJournal journal = TestJournal.load(after)) {
            assertThat(journal.leases())
                    .containsExactlyInAnyOrder(Leases.bound(1), Leases.bound(4));
        }
    }

    @Test
    void keepsFailingWhenTheSnapshotAfterAFailedSyncFailsToo() throws Exception {
        try (TestJournal journal = TestJournal.load(disk)) {
            journal.commit(Leases.put(Leases.bound(1)));
            fail("sync");
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2)))).isNotNull();
            journal.journal().snapshot(List.of(Leases.bound(1)));
            journal.drain();
            assertThat(journal.tryCommit(Leases.put(Leases.bound(3)))).isNotNull();
            work();
            awaitDue(journal);
            assertThat(journal.journal().lastSnapshotFailure()).isNotNull();
            snapshotAndWait(journal, Leases.bound(1));
            journal.commit(Leases.put(Leases.bound(4)));
            assertThat(journal.journal().lastSnapshotFailure()).isNull();
        }
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.leases())
                    .containsExactlyInAnyOrder(Leases.bound(1), Leases.bound(4));
        }
    }

    @Test
    void losesNothingWhenASnapshotFails() throws Exception {
        JournalOptions options = TestJournal.options().withSnapshotAfterBytesMin(0);
        try (TestJournal journal = TestJournal.load(Journal.open(disk, options))) {
            for (String operations :
                    List.of("create snap", "write snap", "sync snap", "rename", "create journal")) {
                journal.commit(Leases.put(Leases.bound(1)));
                fail(operations);
                journal.journal().snapshot(List.of(Leases.bound(1)));
                journal.commit(Leases.put(Leases.bound(2)));
                assertThat(journal.journal().snapshotDue()).isFalse();
                awaitDue(journal);
                assertThat(journal.journal().lastSnapshotFailure())
                        .hasMessageContaining("No space left");
                assertThat(journal.journal().healthy()).isTrue();
                work();
            }
        }
        assertThat(disk.list()).noneMatch(name -> name.startsWith("snapshot"));
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.leases())
                    .containsExactlyInAnyOrder(Leases.bound(1), Leases.bound(2));
        }
    }

    @Test
    void writesAShiftThatFailedBeforeTheNextChange() throws IOException {
        try (TestJournal journal = TestJournal.load(disk)) {
            journal.commit(Leases.put(Leases.bound(1)));
            fail("write");
            assertThat(journal.tryCommit(new LeaseChange.Shift(100))).isNotNull();
            assertThat(journal.tryCommit(new LeaseChange.Shift(-30))).isNotNull();
            work();
            journal.commit(Leases.put(Leases.bound(2)));
        }
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.leases())
                    .extracting(Lease::startSeconds)
                    .containsExactlyInAnyOrder(Leases.NOW + 70, Leases.NOW);
        }
    }

    @Test
    void syncsOnceForAllThatWaitsAndTakesNoMoreThanItMay() throws Exception {
        JournalOptions options = TestJournal.options().withWaitingChangesMax(101);
        try (TestJournal journal = TestJournal.load(Journal.open(disk, options))) {
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicBoolean first = new AtomicBoolean(true);
            disk.fault(
                    operation -> {
                        if (first.getAndSet(false)) {
                            writing.countDown();
                            await(goOn);
                        }
                    });
            int before = disk.syncs();
            List<CompletableFuture<Optional<IOException>>> outcomes = new ArrayList<>();
            outcomes.add(journal.submit(Leases.put(Leases.bound(0))));
            writing.await();
            for (int i = 1; i <= 100; i++) {
                outcomes.add(journal.submit(Leases.put(Leases.bound(i))));
            }
            assertThat(
                            journal.journal()
                                    .submit(List.of(Leases.put(Leases.bound(7))), failure -> {}))
                    .isFalse();
            goOn.countDown();
            outcomes.forEach(outcome -> assertThat(outcome.join()).isEmpty());
            assertThat(disk.syncs() - before).isEqualTo(2);
            journal.commit(Leases.put(Leases.bound(101)));
        }
    }

    @Test
    void splitsVeryManyChangesIntoFramesOfABoundedSize() throws Exception {
        int many = 60_000;
        try (TestJournal journal = TestJournal.load(disk)) {
            LeaseChange[] changes = new LeaseChange[many];
            for (int i = 0; i < many; i++) {
                changes[i] = Leases.put(Leases.bound(i));
            }
            int before = disk.syncs();
            journal.commit(changes);
            assertThat(disk.syncs() - before).isBetween(2, 10);
        }
        try (TestJournal journal = TestJournal.load(disk)) {
            assertThat(journal.leases()).hasSize(many);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Writes a snapshot, and returns when what it replaced is removed. */
    private void snapshotAndWait(TestJournal journal, Lease... all) throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        disk.fault(
                operation -> {
                    if (operation.startsWith("delete journal")) {
                        removed.countDown();
                    }
                });
        journal.journal().snapshot(List.of(all));
        removed.await();
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void awaitDue(TestJournal journal) {
        while (!journal.journal().snapshotDue()) {
            Thread.yield();
        }
    }
}
