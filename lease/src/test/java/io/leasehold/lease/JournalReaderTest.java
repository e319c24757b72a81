package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    @TempDir Path directory;

    @Test
    void readsWhatAServerHasWrittenAndChangesNothing() throws IOException {
        try (TestJournal journal =
                TestJournal.load(Journal.open(directory, TestJournal.options()))) {
            journal.commit(Leases.put(Leases.bound(2)), Leases.put(Leases.bound(1)));
            assertThat(JournalReader.read(directory).leases())
                    .containsExactly(Leases.bound(1), Leases.bound(2));
            assertThat(directory.toFile().list())
                    .containsExactlyInAnyOrder("lock", "journal-00000001.log");
            // It took no lock, and so freed none.
            assertThatThrownBy(() -> Journal.open(directory, TestJournal.options()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsUpToATailThatIsBeingWritten() throws IOException {
        Path segment = directory.resolve("journal-00000001.log");
        try (TestJournal journal =
                TestJournal.load(Journal.open(directory, TestJournal.options()))) {
            journal.commit(Leases.put(Leases.bound(1)));
        }
        byte[] torn = Files.readAllBytes(segment);
        Files.write(directory.resolve("journal-00000002.log"), new byte[3]);
        for (int length : new int[] {torn.length, torn.length - 1, FileHeader.BYTES}) {
            Files.write(segment, Arrays.copyOf(torn, length));
            assertThat(JournalReader.read(directory).leases())
                    .hasSize(length == torn.length ? 1 : 0);
        }
    }

    @Test
    void saysWhereDamageIs() throws IOException {
        Path segment = directory.resolve("journal-00000001.log");
        try (TestJournal journal =
                TestJournal.load(Journal.open(directory, TestJournal.options()))) {
            journal.commit(Leases.put(Leases.bound(1)));
            journal.commit(Leases.put(Leases.bound(2)));
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[FileHeader.BYTES + 20] ^= 1;
        Files.write(segment, bytes);
        assertThatThrownBy(() -> JournalReader.read(directory))
                .hasMessageContaining(segment + " is damaged at offset " + FileHeader.BYTES);
        assertThatThrownBy(() -> JournalReader.read(directory.resolve("none")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void readsWhileAServerWritesAndReplacesFiles() throws Exception {
        AtomicInteger settled = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        try (TestJournal journal =
                TestJournal.load(Journal.open(directory, TestJournal.options()))) {
            Thread server =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        serve(journal, settled);
                                        ended.set(true);
                                    });
            while (!ended.get()) {
                int before = settled.get();
                List<Lease> leases = JournalReader.read(directory).leases();
                assertThat(leases).hasSizeGreaterThanOrEqualTo(before);
                for (int i = 0; i < leases.size(); i++) {
                    assertThat(leases.get(i)).isEqualTo(Leases.bound(i));
                }
            }
            server.join();
        }
        assertThat(settled.get()).isEqualTo(300);
    }

    private static void serve(TestJournal journal, AtomicInteger settled) {
        List<Lease> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(Leases.bound(i));
            journal.commit(Leases.put(all.getLast()));
            settled.incrementAndGet();
            if (i % 3 == 0) {
                journal.journal().snapshot(List.copyOf(all));
            }
        }
    }
}
