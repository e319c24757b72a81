package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A loaded journal, and what loading said. */
record TestJournal(Journal journal, List<Lease> leases, List<String> notes)
        implements AutoCloseable {
    /** So little that some frames find room and some do not. */
    private static final int ROOM_AHEAD_BYTES = 300;

    static JournalOptions options() {
        return options(Leases.NOW).withRetrySecondsMax(1);
    }

    static JournalOptions options(long nowSeconds) {
        return JournalOptions.of(() -> Instant.ofEpochSecond(nowSeconds), new Random(7))
                .withRoomAheadBytes(ROOM_AHEAD_BYTES);
    }

    static TestJournal load(Journal journal) throws IOException {
        List<Lease> leases = new ArrayList<>();
        try {
            List<String> notes = journal.load(leases::add);
            return new TestJournal(journal, leases, notes);
        } catch (IOException | RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    static TestJournal load(Disk disk) throws IOException {
        return load(Journal.open(disk, options()));
    }

    /** Submits and waits; gives what prevented the changes, or null. */
    @Nullable IOException tryCommit(LeaseChange... changes) {
        return submit(changes).join().orElse(null);
    }

    CompletableFuture<Optional<IOException>> submit(LeaseChange... changes) {
        CompletableFuture<Optional<IOException>> outcome = new CompletableFuture<>();
        assertThat(
                        journal.submit(
                                List.of(changes),
                                failure -> outcome.complete(Optional.ofNullable(failure))))
                .isTrue();
        return outcome;
    }

    void commit(LeaseChange... changes) {
        assertThat(tryCommit(changes)).isNull();
    }

    /** Waits until what was submitted has been worked on, and a snapshot begun in it. */
    void drain() {
        CountDownLatch done = new CountDownLatch(1);
        assertThat(journal.submit(List.of(), failure -> done.countDown())).isTrue();
        boolean interrupted = false;
        while (done.getCount() > 0 && !interrupted) {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted = true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
