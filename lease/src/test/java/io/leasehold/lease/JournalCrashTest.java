package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at every step that a journal makes on its disk. */
class JournalCrashTest {
    private static final int COMMITS = 12;

    /** Goes off at one step: nothing reaches the disk from then on. */
    private static final class Crash implements MemoryDisk.Fault {
        private final AtomicInteger left;

        Crash(int steps) {
            left = new AtomicInteger(steps);
        }

        @Override
        public void before(String operation) throws IOException {
            if (left.getAndDecrement() <= 0) {
                throw new IOException("the power is off");
            }
        }

        boolean went() {
            return left.get() < 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAllThatWasToldDurableWhateverStepIsTheLast(MemoryDisk.Unsynced unsynced)
            throws IOException {
        int steps = 0;
        boolean crashed = true;
        while (crashed) {
            MemoryDisk disk = new MemoryDisk();
            Crash crash = new Crash(steps++);
            Set<Integer> told = run(disk, crash);
            crashed = crash.went();
            MemoryDisk after = disk.afterCrash(unsynced);
            for (int starts = 0; starts < 2; starts++) {
                try (TestJournal journal = TestJournal.load(after)) {
                    check(journal, told, "power off at step " + steps + ", " + unsynced);
                    journal.commit(new LeaseChange.Remove(Leases.address(1000)));
                }
            }
        }
        assertThat(steps).isGreaterThan(2 * COMMITS);
    }

    /** What a killed process had not synced is seen after a start, and so has to stay. */
    @Test
    void keepsAllThatWasLoadedAfterAKillAlsoWhenThePowerGoesThen() throws IOException {
        int steps = 0;
        boolean killed = true;
        while (killed) {
            MemoryDisk disk = new MemoryDisk();
            Crash kill = new Crash(steps++);
            run(disk, kill);
            killed = kill.went();
            MemoryDisk again = disk.afterKill();
            Set<Lease> seen;
            MemoryDisk dark;
            try (TestJournal journal = TestJournal.load(again)) {
                journal.commit(Leases.put(Leases.bound(500)));
                seen = new HashSet<>(journal.leases());
                seen.add(Leases.bound(500));
                dark = again.afterCrash(MemoryDisk.Unsynced.LOST);
            }
            try (TestJournal journal = TestJournal.load(dark)) {
                assertThat(journal.leases()).as("killed at step " + steps).containsAll(seen);
            }
        }
        assertThat(steps).isGreaterThan(2 * COMMITS);
    }

    /** Commits one lease after the other, with two snapshots on the way; tells what was told. */
    private static Set<Integer> run(MemoryDisk disk, Crash crash) {
        Set<Integer> told = Collections.synchronizedSet(new HashSet<>());
        Map<Integer, Lease> table = new HashMap<>();
        disk.fault(crash);
        try (TestJournal journal =
                TestJournal.load(
                        Journal.open(disk, TestJournal.options().withRetrySecondsMax(1)))) {
            for (int i = 0; i < COMMITS; i++) {
                Lease lease = Leases.bound(i);
                table.put(i, lease);
                if (journal.tryCommit(Leases.put(lease)) == null) {
                    told.add(i);
                }
                if (i % 5 == 3) {
                    journal.journal().snapshot(List.copyOf(table.values()));
                }
            }
        } catch (IOException e) {
            assertThat(crash.went()).isTrue();
        }
        return told;
    }

    private static void check(TestJournal journal, Set<Integer> told, String when) {
        Set<Integer> found = new HashSet<>();
        for (Lease lease : journal.leases()) {
            int number = lease.address().bits() - Leases.address(0).bits();
            assertThat(lease).as(when).isEqualTo(Leases.bound(number));
            found.add(number);
        }
        assertThat(found).as(when).containsAll(told).hasSizeLessThanOrEqualTo(COMMITS);
    }
}
