package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a journal makes of files that are not as it left them. */
class JournalDamageTest {
    private static final String FIRST = JournalFiles.segmentName(1);
    private static final String SECOND = JournalFiles.segmentName(2);
    private static final String THIRD = JournalFiles.segmentName(3);
    private static final String SNAPSHOT = JournalFiles.snapshotName(1);

    private final MemoryDisk disk = new MemoryDisk();

    /** Where each of three frames begins, and the last one ends. */
    private final List<Integer> frames = new ArrayList<>();

    private byte[] whole;

    @BeforeEach
    void writeThreeFrames() throws IOException {
        // Without room ahead, a file's length tells where its frames are.
        JournalOptions exact = TestJournal.options().withRoomAheadBytes(0);
        try (TestJournal journal = TestJournal.load(Journal.open(disk, exact))) {
            for (int i = 1; i <= 3; i++) {
                frames.add(disk.bytes(FIRST).length);
                journal.commit(Leases.put(i == 2 ? Leases.relayed(2) : Leases.bound(i)));
            }
        }
        whole = disk.bytes(FIRST);
        frames.add(whole.length);
    }

    private TestJournal open() throws IOException {
        return TestJournal.load(Journal.open(disk, TestJournal.options()));
    }

    @Test
    void cutsOffATornTailAtEveryByteOfTheLastFrame() throws IOException {
        for (int end = frames.get(2) + 1; end < whole.length; end++) {
            disk.set(FIRST, Arrays.copyOf(whole, end));
            checkTorn();
        }
    }

    @Test
    void cutsOffALastFrameThatIsZeroFromAnyByteOn() throws IOException {
        for (int from = frames.get(2) + 1; from < whole.length; from++) {
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, from), whole.length + 5000);
            if (!Arrays.equals(zeroed, 0, whole.length, whole, 0, whole.length)) {
                disk.set(FIRST, zeroed);
                checkTorn();
            }
        }
    }

    @Test
    void takesZerosAfterTheLastFrameForRoomThatWasNotUsed() throws IOException {
        disk.set(FIRST, Arrays.copyOf(whole, whole.length + 4096));
        try (TestJournal journal = open()) {
            assertThat(journal.leases()).hasSize(3);
            assertThat(journal.notes()).isEmpty();
        }
        assertThat(disk.bytes(FIRST)).isEqualTo(whole);
    }

    /** The zeros that a file ends with may be room that was not used, and are not told of. */
    private void checkTorn() throws IOException {
        byte[] torn = disk.bytes(FIRST);
        int end = torn.length;
        while (torn[end - 1] == 0) {
            end--;
        }
        int bytes = end - frames.get(2);
        try (TestJournal journal = open()) {
            assertThat(journal.leases())
                    .containsExactlyInAnyOrder(Leases.bound(1), Leases.relayed(2));
            assertThat(journal.notes())
                    .singleElement()
                    .asString()
                    .contains(disk.describe(FIRST))
                    .contains("offset " + frames.get(2))
                    .contains(bytes + " bytes");
            journal.commit(Leases.put(Leases.bound(4)));
        }
        try (TestJournal journal = open()) {
            assertThat(journal.leases()).hasSize(3).contains(Leases.bound(4));
            assertThat(journal.notes()).isEmpty();
        }
    }

    /** What was told to clients was synced whole: a bit of it that is wrong was right before. */
    @Test
    void saysOfALastFrameThatIsAllThereThatItsLeasesAreGone() throws IOException {
        for (int bit = (frames.get(2) + 8) * 8; bit < whole.length * 8; bit++) {
            byte[] flipped = Arrays.copyOf(whole, whole.length + 4096);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.set(FIRST, flipped);
            try (TestJournal journal = open()) {
                assertThat(journal.leases())
                        .containsExactlyInAnyOrder(Leases.bound(1), Leases.relayed(2));
                assertThat(journal.notes())
                        .singleElement()
                        .asString()
                        .contains(disk.describe(FIRST), "offset " + frames.get(2))
                        .contains("are damaged", "may have been told")
                        .doesNotContain("torn");
            }
        }
    }

    /** A power cut leaves each sector of a frame as it was, or as it was to be. */
    @Test
    void takesALastFrameOfWhichASectorIsNotWrittenForTorn() throws IOException {
        JournalOptions exact = TestJournal.options().withRoomAheadBytes(0);
        List<LeaseChange> many = new ArrayList<>();
        for (int i = 10; i < 110; i++) {
            many.add(Leases.put(Leases.bound(i)));
        }
        disk.set(FIRST, whole);
        try (TestJournal journal = TestJournal.load(Journal.open(disk, exact))) {
            journal.commit(many.toArray(LeaseChange[]::new));
        }
        byte[] written = disk.bytes(FIRST);
        for (int sector = whole.length / 512; sector * 512 + 16 < written.length; sector++) {
            byte[] torn = written.clone();
            int from = Math.max(whole.length, sector * 512);
            Arrays.fill(torn, from, Math.min(written.length, (sector + 1) * 512), (byte) 0);
            disk.set(FIRST, torn);
            try (TestJournal journal = open()) {
                assertThat(journal.leases()).hasSize(3);
                assertThat(journal.notes())
                        .singleElement()
                        .asString()
                        .contains("torn tail", "no client was told");
            }
        }
    }

    @Test
    void stopsAtAFlippedBitOfAMiddleFrame() throws IOException {
        for (int bit = frames.get(1) * 8; bit < frames.get(2) * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.set(FIRST, flipped);
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            disk.describe(FIRST) + " is damaged at offset " + frames.get(1))
                    .hasMessageContaining("a whole frame after it, at offset " + frames.get(2));
            assertThat(disk.bytes(FIRST)).isEqualTo(flipped);
        }
    }

    @Test
    void stopsAtAFlippedBitOfAFilesHeader() throws IOException {
        for (int bit = 0; bit < FileHeader.BYTES * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            disk.set(FIRST, flipped);
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(disk.describe(FIRST) + " is damaged at offset 0");
        }
    }

    @Test
    void beginsTheNewestSegmentAgainWhenItsHeaderIsTorn() throws IOException {
        byte[] header = FileHeader.segment(2, 5).encode().array();
        for (int length = 0; length < FileHeader.BYTES; length++) {
            disk.set(SECOND, Arrays.copyOf(header, length));
            try (TestJournal journal = open()) {
                assertThat(journal.leases()).hasSize(3);
                assertThat(journal.notes())
                        .singleElement()
                        .asString()
                        .contains(disk.describe(SECOND));
                journal.commit(Leases.put(Leases.bound(4)));
            }
            try (TestJournal journal = open()) {
                assertThat(journal.leases()).hasSize(4);
                assertThat(journal.notes()).isEmpty();
            }
        }
    }

    @Test
    void stopsAtATornHeaderOfAnOlderSegment() throws IOException {
        disk.set(THIRD, FileHeader.segment(3, 5).encode().array());
        for (int length : new int[] {0, 1, FileHeader.BYTES - 1}) {
            byte[] header = FileHeader.segment(2, 5).encode().array();
            disk.set(SECOND, Arrays.copyOf(header, length));
            assertThatThrownBy(this::open)
                    .hasMessageContaining(
                            disk.describe(SECOND) + " is damaged at offset 0: found " + length);
        }
    }

    @Test
    void stopsAtZerosInASegmentThatAFrameInALaterOneFollows() throws IOException {
        disk.set(SECOND, FileHeader.segment(2, 5).encode().array());
        try (TestJournal journal = open()) {
            journal.commit(Leases.put(Leases.bound(4)));
        }
        disk.set(FIRST, Arrays.copyOf(whole, whole.length + 10));
        assertThatThrownBy(this::open)
                .hasMessageContaining(
                        disk.describe(FIRST) + " is damaged at offset " + whole.length);
    }

    @Test
    void stopsAtATornTailWithAFrameInALaterSegment() throws IOException {
        disk.set(SECOND, FileHeader.segment(2, 5).encode().array());
        try (TestJournal journal = open()) {
            journal.commit(Leases.put(Leases.bound(4)));
        }
        disk.set(FIRST, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(this::open)
                .hasMessageContaining(
                        disk.describe(FIRST) + " is damaged at offset " + frames.get(2))
                .hasMessageContaining(disk.describe(SECOND) + " at offset " + FileHeader.BYTES);
    }

    @Test
    void cutsOffATornTailThatOnlyAnEmptySegmentFollows() throws IOException {
        disk.set(SECOND, FileHeader.segment(2, 5).encode().array());
        disk.set(FIRST, Arrays.copyOf(whole, whole.length - 1));
        checkTorn();
    }

    @Test
    void stopsWhenASegmentIsMissing() throws IOException {
        disk.set(THIRD, FileHeader.segment(3, 5).encode().array());
        assertThatThrownBy(this::open).hasMessageContaining(disk.describe(SECOND) + " is missing");
        disk.delete(FIRST);
        assertThatThrownBy(this::open)
                .hasMessageContaining(disk.describe(FIRST) + " is missing")
                .hasMessageContaining("no snapshot");
    }

    @Test
    void stopsAtAVersionItDoesNotKnow() throws IOException {
        byte[] other = whole.clone();
        byte[] header = new FileHeader(2, FileHeader.SEGMENT, 1, 5).encode().array();
        System.arraycopy(header, 0, other, 0, header.length);
        disk.set(FIRST, other);
        assertThatThrownBy(this::open)
                .hasMessageContaining(disk.describe(FIRST) + " is of version 2")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void stopsAtASegmentUnderAnothersName() throws IOException {
        disk.set(SECOND, whole);
        assertThatThrownBy(this::open).hasMessageContaining("found the header of segment 1");
    }

    @Test
    void stopsAtASnapshotThatIsNotWhole() throws Exception {
        try (TestJournal journal = open()) {
            List<Lease> all = List.copyOf(journal.leases());
            journal.journal().snapshot(all);
        }
        byte[] bytes = disk.bytes(SNAPSHOT);
        assertThat(disk.list()).containsExactlyInAnyOrder(SECOND, SNAPSHOT);
        for (int length = 0; length < bytes.length; length++) {
            disk.set(SNAPSHOT, Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::open)
                    .hasMessageContaining(disk.describe(SNAPSHOT) + " is damaged at offset");
        }
        disk.set(SNAPSHOT, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(this::open)
                .hasMessageContaining(disk.describe(SNAPSHOT) + " is damaged at offset");
        disk.set(SNAPSHOT, bytes);
        disk.delete(SECOND);
        assertThatThrownBy(this::open).hasMessageContaining("journal-00000002.log is missing");
    }

    @Test
    void takesNoFrameFromWhatAClientSends() throws IOException {
        byte[] frame = Arrays.copyOfRange(whole, frames.get(0), frames.get(1));
        Lease lease = Leases.bound(9);
        Lease hostile =
                new Lease(
                        lease.address(),
                        new ClientKey.ById(Octets.of(frame)),
                        lease.hardware(),
                        lease.state(),
                        lease.startSeconds(),
                        lease.endSeconds(),
                        "",
                        Octets.EMPTY,
                        lease.serverId());
        disk.delete(FIRST);
        // Another random, hence another salt: a client that saw one journal knows nothing of this.
        JournalOptions options =
                JournalOptions.of(TestJournal.options().clock(), new Random(12345));
        try (TestJournal journal = TestJournal.load(Journal.open(disk, options))) {
            journal.commit(Leases.put(hostile));
        }
        byte[] bytes = disk.bytes(FIRST);
        disk.set(FIRST, Arrays.copyOf(bytes, bytes.length - 1));
        try (TestJournal journal = open()) {
            assertThat(journal.leases()).isEmpty();
            assertThat(journal.notes()).hasSize(1);
        }
    }

    @Test
    void answersAnyBytesByAnExceptionThatNamesTheFile() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = whole.clone();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            disk.set(FIRST, Arrays.copyOf(bytes, random.nextInt(bytes.length + 50)));
            try (TestJournal journal = open()) {
                assertThat(journal.leases()).hasSizeLessThanOrEqualTo(3);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(disk.describe(FIRST));
            }
        }
    }
}
