package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
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
}
