package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system without room. */
@Tag("lab")
class JournalDiskFullTest {
    @TempDir Path temporary;
    private Path mount;
    private Path ballast;

    @BeforeEach
    void mountSmallFileSystem() throws Exception {
        mount = Files.createDirectory(temporary.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=256k", "leasehold-test", mount.toString());
        ballast = mount.resolve("ballast");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mount.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private TestJournal open() throws IOException {
        return TestJournal.load(Journal.open(mount.resolve("data"), TestJournal.options()));
    }

    private void fill() {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[4096];
            for (int i = 0; i < 1000; i++) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    @Test
    void tellsNobodyThatALeaseIsDurableUntilThereIsRoom() throws Exception {
        List<Lease> durable = new ArrayList<>();
        int number = 0;
        for (int round = 0; round < 3; round++) {
            try (TestJournal journal = open()) {
                assertThat(journal.notes()).isEmpty();
                assertThat(journal.leases()).containsExactlyInAnyOrderElementsOf(durable);
                fill();
                IOException prevented = null;
                // What is left of the last page still takes some.
                while (prevented == null && number < 100_000) {
                    Lease lease = Leases.bound(number++);
                    prevented = journal.tryCommit(Leases.put(lease));
                    if (prevented == null) {
                        durable.add(lease);
                    }
                }
                assertThat(prevented)
                        .hasMessageContaining(mount.resolve("data/journal-00000001.log").toString())
                        .hasMessageContaining("No space left on device");
                assertThat(journal.journal().healthy()).isFalse();
                journal.journal().snapshot(List.copyOf(durable));
                journal.drain();
                assertThat(journal.tryCommit(bigChange(number++))).isNotNull();
            }
            // A server that starts on a full disk still knows all leases.
            try (TestJournal journal = open()) {
                assertThat(journal.leases()).containsExactlyInAnyOrderElementsOf(durable);
                assertThat(journal.tryCommit(bigChange(number++))).isNotNull();
                Files.delete(ballast);
                Lease lease = Leases.bound(number++);
                journal.commit(Leases.put(lease));
                durable.add(lease);
                assertThat(journal.journal().healthy()).isTrue();
            }
        }
    }

    /** One that no rest of a page has room for. */
    private static LeaseChange bigChange(int number) {
        Lease lease = Leases.bound(number);
        return Leases.put(
                new Lease(
                        lease.address(),
                        lease.client(),
                        lease.hardware(),
                        lease.state(),
                        lease.startSeconds(),
                        lease.endSeconds(),
                        "x".repeat(9000),
                        lease.agentInformation(),
                        lease.serverId()));
    }
}
