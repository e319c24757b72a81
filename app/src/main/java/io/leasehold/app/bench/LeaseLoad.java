package io.leasehold.app.bench;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalOptions;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseTable;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How large leases are: writes as many as wanted into a journal, and loads them as a start does.
 */
public final class LeaseLoad {
    /** All of 10.0.0.0/8 but its first 64 K addresses. */
    public static final int LEASES_MAX = (1 << 24) - (1 << 16);

    private static final int FIRST_ADDRESS = 0x0a010000;
    private static final int SERVER = 0x0a000001;
    private static final int CHANGES_PER_SUBMIT = 8192;
    private static final int SUBMITS_WAITING_MAX = 4;
    private static final int LEASE_SECONDS = 86_400;

    private LeaseLoad() {}

    /**
     * What a load took.
     *
     * @param leases how many leases there are
     * @param loadNanos how long reading them took
     * @param heapBytes what they take in memory, their table included
     */
    public record Loaded(int leases, long loadNanos, long heapBytes) {}

    /**
     * Writes leases as a server has them after a day: a client each with a host name, by hardware
     * address and by client id in turn.
     *
     * @param directory where no journal is yet
     */
    public static void make(Path directory, int leases) throws IOException, InterruptedException {
        InstantSource clock = InstantSource.system();
        long nowSeconds = clock.instant().getEpochSecond();
        Semaphore room = new Semaphore(SUBMITS_WAITING_MAX);
        AtomicReference<IOException> failure = new AtomicReference<>();
        try (Journal journal =
                Journal.open(directory, JournalOptions.of(clock, new SecureRandom()))) {
            journal.load(
                    lease -> {
                        throw new IllegalStateException(directory + " holds leases already");
                    });
            for (int from = 0; from < leases; from += CHANGES_PER_SUBMIT) {
                List<LeaseChange> changes = new ArrayList<>();
                for (int i = from; i < Math.min(leases, from + CHANGES_PER_SUBMIT); i++) {
                    changes.add(new LeaseChange.Put(lease(i, nowSeconds)));
                }
                room.acquire();
                boolean taken =
                        journal.submit(
                                changes,
                                failed -> {
                                    failure.compareAndSet(null, failed);
                                    room.release();
                                });
                if (!taken) {
                    throw new IOException("the journal took no more at lease " + from);
                }
            }
            room.acquire(SUBMITS_WAITING_MAX);
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static Lease lease(int number, long nowSeconds) {
        byte[] octets = {
            0x02,
            0x4c,
            (byte) (number >>> 24),
            (byte) (number >>> 16),
            (byte) (number >>> 8),
            (byte) number
        };
        HardwareAddress hardware = HardwareAddress.of(HardwareAddress.ETHERNET, octets);
        byte[] id = new byte[7];
        id[0] = HardwareAddress.ETHERNET;
        System.arraycopy(octets, 0, id, 1, octets.length);
        return new Lease(
                Ip4Address.of(FIRST_ADDRESS + number),
                number % 2 == 0
                        ? new ClientKey.ByHardware(hardware)
                        : new ClientKey.ById(Octets.of(id)),
                hardware,
                Lease.State.BOUND,
                nowSeconds,
                nowSeconds + LEASE_SECONDS,
                "host-" + number,
                Octets.EMPTY,
                Ip4Address.of(SERVER));
    }

    /** Loads a journal into a table, as the start of a server does. */
    public static Loaded load(Path directory) throws IOException {
        long heapBefore = usedHeapBytes();
        long before = System.nanoTime();
        LeaseTable table = new LeaseTable(before);
        try (Journal journal =
                Journal.open(
                        directory, JournalOptions.of(InstantSource.system(), new SecureRandom()))) {
            journal.load(table::put);
            long nanos = System.nanoTime() - before;
            long bytes = usedHeapBytes() - heapBefore;
            return new Loaded(table.size(), nanos, bytes);
        }
    }

    private static long usedHeapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
