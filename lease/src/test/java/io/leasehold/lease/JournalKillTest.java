package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes. */
class JournalKillTest {
    private static final int ADDRESSES = 500;
    private static final int IN_FLIGHT = 64;

    @TempDir Path directory;

    @Test
    void keepsAllThatAKilledProcessWasToldDurable() throws Exception {
        Map<Integer, Long> told = new HashMap<>();
        for (int round = 1; round <= 5; round++) {
            Process child = startChild(round);
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    child.getInputStream(), StandardCharsets.US_ASCII))) {
                for (int i = 0; i < round * 700; i++) {
                    note(lines.readLine(), told);
                }
                if (round == 1) {
                    assertThatThrownBy(() -> Journal.open(directory, TestJournal.options()))
                            .hasMessage(
                                    directory.resolve("lock")
                                            + " is held by process "
                                            + child.pid());
                }
                // By its handle: the process's own method would close the pipe with what is in it.
                assertThat(child.toHandle().destroyForcibly()).isTrue();
                child.waitFor();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    note(line, told);
                }
            }
            check(told);
        }
        assertThat(told).hasSize(ADDRESSES);
    }

    private Process startChild(int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** A line is whole when its end was printed, which is a dot. */
    private static void note(String line, Map<Integer, Long> told) {
        assertThat(line).as("what the child says").isNotNull();
        if (line.endsWith(".")) {
            String[] words = line.substring(0, line.length() - 1).split(" ", -1);
            told.put(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        }
    }

    private void check(Map<Integer, Long> told) throws IOException {
        Map<Integer, Long> found = new HashMap<>();
        try (TestJournal journal =
                TestJournal.load(Journal.open(directory, TestJournal.options()))) {
            for (Lease lease : journal.leases()) {
                int number = lease.address().bits() - Leases.address(0).bits();
                assertThat(lease).isEqualTo(Leases.bound(number, lease.endSeconds()));
                found.put(number, lease.endSeconds());
            }
        }
        told.forEach((number, end) -> assertThat(found.get(number)).isGreaterThanOrEqualTo(end));
    }

    /** Renews one lease after the other, and prints each that it may tell its client of. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            long end = Leases.NOW + Long.parseLong(arguments[1]) * 1_000_000_000L;
            Lease[] table = new Lease[ADDRESSES];
            Semaphore inFlight = new Semaphore(IN_FLIGHT);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
            Journal journal = Journal.open(directory, TestJournal.options());
            journal.load(lease -> table[lease.address().bits() - Leases.address(0).bits()] = lease);
            for (int i = 0; ; i++) {
                int number = i % ADDRESSES;
                Lease lease = Leases.bound(number, ++end);
                table[number] = lease;
                inFlight.acquire();
                journal.submit(
                        List.of(Leases.put(lease)),
                        failure -> {
                            if (failure == null) {
                                out.println(number + " " + lease.endSeconds() + ".");
                            }
                            inFlight.release();
                        });
                if (i % 700 == 699) {
                    journal.snapshot(Arrays.asList(table.clone()));
                }
            }
        }
    }
}
