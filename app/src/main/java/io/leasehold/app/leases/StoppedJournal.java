package io.leasehold.app.leases;

import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Changes the journal of a server that does not run; its lock keeps one that does away. */
public final class StoppedJournal {
    private StoppedJournal() {}

    /**
     * Puts leases beside those there are, in the place of those with the same address. They come in
     * by one snapshot, which is there as a whole or not at all, also when the power fails.
     *
     * @throws IOException when a server runs there, or the disk fails; then nothing has changed
     */
    public static void add(Path data, List<Lease> leases) throws IOException {
        Journal journal = HostJournal.open(data);
        try {
            Map<Ip4Address, Lease> all = load(journal);
            for (Lease lease : leases) {
                all.put(lease.address(), lease);
            }
            journal.snapshot(List.copyOf(all.values()));
        } finally {
            journal.close();
        }
        // Known only when the journal is closed, which waits for the snapshot.
        IOException failure = journal.lastSnapshotFailure();
        if (failure != null) {
            throw failure;
        }
        Set<Lease> found = new HashSet<>(JournalReader.read(data).leases());
        if (!found.containsAll(leases)) {
            throw new IOException("the journal in " + data + " did not take the leases");
        }
    }

    /**
     * Frees a declined address, or one that answered a ping.
     *
     * @return why it was not freed; empty when it was
     * @throws IOException when there is no journal, a server runs there, or the disk fails
     */
    public static String clear(Path data, Ip4Address address) throws IOException {
        // To open a journal is to make one where there is none.
        JournalReader.read(data);
        try (Journal journal = HostJournal.open(data)) {
            Lease lease = load(journal).get(address);
            if (lease == null) {
                return "there is no record of " + address;
            }
            if (lease.state() != Lease.State.DECLINED && lease.state() != Lease.State.CONFLICT) {
                return address
                        + " is "
                        + LeaseText.state(lease, 0)
                        + ", neither declined nor in conflict";
            }
            submit(journal, new LeaseChange.Remove(address));
            return "";
        }
    }

    private static Map<Ip4Address, Lease> load(Journal journal) throws IOException {
        Map<Ip4Address, Lease> all = new TreeMap<>();
        List<String> notes = journal.load(lease -> all.put(lease.address(), lease));
        for (String note : notes) {
            System.getLogger(StoppedJournal.class.getName()).log(System.Logger.Level.WARNING, note);
        }
        return all;
    }

    private static void submit(Journal journal, LeaseChange change) throws IOException {
        CompletableFuture<@Nullable IOException> settled = new CompletableFuture<>();
        if (!journal.submit(List.of(change), settled::complete)) {
            throw new IOException("the journal takes no more changes");
        }
        try {
            IOException failure = settled.get();
            if (failure != null) {
                throw failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }
}
