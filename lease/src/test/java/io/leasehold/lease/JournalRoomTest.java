package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The room that a segment makes for frames to come. */
class JournalRoomTest {
    private static final String FIRST = JournalFiles.segmentName(1);
    private static final int ROOM_BYTES = 4096;

    private final MemoryDisk disk = new MemoryDisk();

    private TestJournal open() throws IOException {
        JournalOptions options = TestJournal.options().withRoomAheadBytes(ROOM_BYTES);
        return TestJournal.load(Journal.open(disk, options));
    }

    @Test
    void staysAsLongAsItIsWhileThereIsRoom() throws IOException {
        try (TestJournal journal = open()) {
            journal.commit(Leases.put(Leases.bound(1)));
            int length = disk.bytes(FIRST).length;
            for (int i = 2; i < 10; i++) {
                journal.commit(Leases.put(Leases.bound(i)));
                assertThat(disk.bytes(FIRST)).hasSize(length);
            }
            for (int i = 10; i < 100; i++) {
                journal.commit(Leases.put(Leases.bound(i)));
            }
            assertThat(disk.bytes(FIRST)).hasSizeGreaterThan(length);
        }
    }

    @Test
    void endsWithItsLastFrameAfterAnOrderlyEnd() throws IOException {
        try (TestJournal journal = open()) {
            journal.commit(Leases.put(Leases.bound(1)));
            assertThat(disk.bytes(FIRST)).endsWith(new byte[ROOM_BYTES]);
        }
        byte[] left = disk.bytes(FIRST);
        assertThat(left.length).isLessThan(ROOM_BYTES);
        try (TestJournal journal = open()) {
            assertThat(journal.notes()).isEmpty();
            assertThat(journal.leases()).containsExactly(Leases.bound(1));
            assertThat(disk.bytes(FIRST)).isEqualTo(left);
        }
    }

    @Test
    void goesOnWithoutRoomAheadOnADiskThatHasNone() throws IOException {
        AtomicInteger writes = new AtomicInteger();
        try (TestJournal journal = open()) {
            disk.fault(
                    operation -> {
                        // Each frame has room for itself, and none for zeros after it.
                        if (operation.startsWith("write") && writes.incrementAndGet() % 2 == 0) {
                            throw new IOException("No space left on device");
                        }
                    });
            for (int i = 0; i < 5; i++) {
                journal.commit(Leases.put(Leases.bound(i)));
                assertThat(disk.bytes(FIRST)).hasSizeLessThan(ROOM_BYTES / 2);
            }
            assertThat(journal.journal().healthy()).isTrue();
            disk.fault(operation -> {});
        }
        assertThat(writes).hasValueGreaterThanOrEqualTo(2);
        try (TestJournal journal = open()) {
            assertThat(journal.leases()).hasSize(5);
            assertThat(journal.notes()).isEmpty();
        }
    }

    /** A file system that copies what it writes may have no room for a shorter file either. */
    @Test
    void isCutBeforeAnotherFollowsAlthoughItCouldNotBeCutOnceTheDiskWasFull() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        try (TestJournal journal = open()) {
            disk.fault(
                    operation -> {
                        boolean zeros =
                                operation.startsWith("write") && writes.incrementAndGet() == 2;
                        if (zeros || operation.startsWith("truncate")) {
                            throw new IOException("No space left on device");
                        }
                    });
            journal.commit(Leases.put(Leases.bound(1)));
            assertThat(disk.bytes(FIRST)).endsWith(new byte[ROOM_BYTES / 2]);
            failSnapshots(operation -> {});
            journal.journal().snapshot(List.of(Leases.bound(1)));
            journal.commit(Leases.put(Leases.bound(2)));
        }
        try (TestJournal journal = open()) {
            assertThat(journal.leases()).hasSize(2);
            assertThat(journal.notes()).isEmpty();
        }
    }

    /** What was taken back may still be there after a power cut, until the file is synced. */
    @Test
    void isSyncedBeforeAnotherFollowsOnceAFrameWasTakenBack() throws Exception {
        try (TestJournal journal = open()) {
            journal.commit(Leases.put(Leases.bound(1)));
            int synced = disk.bytes(FIRST).length;
            disk.fault(
                    operation -> {
                        if (operation.startsWith("write")) {
                            throw new IOException("No space left on device");
                        }
                    });
            assertThat(journal.tryCommit(Leases.put(Leases.bound(2)))).isNotNull();
            assertThat(disk.bytes(FIRST)).hasSizeLessThan(synced);
            List<String> operations = Collections.synchronizedList(new ArrayList<>());
            failSnapshots(operations::add);
            journal.journal().snapshot(List.of(Leases.bound(1)));
            journal.commit(Leases.put(Leases.bound(3)));
            assertThat(operations.indexOf("sync " + FIRST))
                    .isBetween(0, operations.indexOf("create " + JournalFiles.segmentName(2)));
        }
    }

    /** Then the segments before it have to be read at the next start. */
    private void failSnapshots(Consumer<String> heard) {
        disk.fault(
                operation -> {
                    heard.accept(operation);
                    if (operation.startsWith("create snap")) {
                        throw new IOException("No space left on device");
                    }
                });
    }
}
