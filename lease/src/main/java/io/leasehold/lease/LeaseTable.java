package io.leasehold.lease;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All leases, found by address and by client. One thread owns it.
 *
 * <p>They are kept as bytes and not as objects, about 83 of them for a lease: a collection of
 * garbage takes the same time however many leases there are, and however many are new. Both indexes
 * are many small hash tables of which only one grows at a time: the longest that a caller waits for
 * growth is the copying of a thousandth of all leases.
 */
public final class LeaseTable {
    private final KeyedHash hash;
    private final LeaseRecords records;

    /** By the hash of a client the addresses that it has or had. */
    private final @Nullable TableSegment[] byClient =
            new @Nullable TableSegment[LeaseRecords.SEGMENT_COUNT];

    private final int[] countByState = new int[Lease.State.values().length];

    /**
     * @param seed a number that clients do not know, so that none can choose client ids that make
     *     the table slow
     */
    public LeaseTable(long seed) {
        hash = new KeyedHash(seed);
        records = new LeaseRecords(hash);
    }

    /** A hash of an identity, whose collisions nobody can choose without the seed. */
    public int hash(ClientKey client) {
        return (int) hash.of(client);
    }

    /** The record of an address; null when there is none. */
    public @Nullable Lease get(Ip4Address address) {
        return records.get(address.bits());
    }

    /**
     * What a client has or had: its records that are bound or released. Declined addresses and
     * conflicts are nobody's, and are not found here. The order says nothing; the list does not
     * change when the table does.
     */
    public List<Lease> ofClient(ClientKey client) {
        int tag = tagOf(client);
        long spread = hash.of(tag);
        TableSegment segment = byClient[LeaseRecords.segmentOf(spread)];
        int slot = segment == null ? -1 : segment.first(tag, spread);
        if (segment == null || slot < 0) {
            return List.of();
        }
        List<Lease> found = new ArrayList<>(1);
        for (; slot >= 0; slot = segment.next(slot, tag)) {
            Lease lease = records.get(segment.value(slot));
            if (lease == null) {
                throw new IllegalStateException("the client index has what is not on record");
            }
            // Another client may have the same hash.
            if (lease.client().equals(client)) {
                found.add(lease);
            }
        }
        return found;
    }

    /**
     * Makes a lease the record of its address.
     *
     * @return the record until now; null when there was none
     */
    public @Nullable Lease put(Lease lease) {
        Lease former = records.put(lease);
        follow(former, lease);
        return former;
    }

    /**
     * Drops the record of an address.
     *
     * @return the record until now; null when there was none
     */
    public @Nullable Lease remove(Ip4Address address) {
        Lease former = records.remove(address.bits());
        follow(former, null);
        return former;
    }

    /** How many records there are. */
    public int size() {
        return records.size();
    }

    /** How many records say this of their address, ended or not. */
    public int count(Lease.State state) {
        return countByState[state.code];
    }

    /** Gives each record to an action, which must not change the table, in no order. */
    public void forEach(Consumer<? super Lease> action) {
        records.forEach(action);
    }

    /**
     * All records as they are now, in no order. It does not change when the table does, and may be
     * read by any thread; each lease is made when it is come to.
     */
    public Collection<Lease> snapshot() {
        return records.snapshot();
    }

    /**
     * Moves the beginning and end of every record, because the clock was set. Leases without an end
     * stay so.
     *
     * @param seconds how much later; earlier when it is negative
     */
    public void shift(long seconds) {
        snapshot().forEach(lease -> records.put(lease.shifted(seconds)));
    }

    /** Makes counts and the index by client follow a change of a record. */
    private void follow(@Nullable Lease former, @Nullable Lease now) {
        if (former != null) {
            countByState[former.state().code]--;
        }
        if (now != null) {
            countByState[now.state().code]++;
        }
        ClientKey before = owner(former);
        ClientKey after = owner(now);
        if (before != null && before.equals(after)) {
            return;
        }
        if (former != null && before != null) {
            removeOf(before, former.addressBits());
        }
        if (now != null && after != null) {
            addOf(after, now.addressBits());
        }
    }

    private static @Nullable ClientKey owner(@Nullable Lease lease) {
        if (lease == null) {
            return null;
        }
        return switch (lease.state()) {
            case BOUND, RELEASED -> lease.client();
            case DECLINED, CONFLICT -> null;
        };
    }

    private void addOf(ClientKey client, int address) {
        int tag = tagOf(client);
        long spread = hash.of(tag);
        int index = LeaseRecords.segmentOf(spread);
        TableSegment segment = byClient[index];
        if (segment == null) {
            segment = new TableSegment(hash);
            byClient[index] = segment;
        }
        segment.add(tag, spread, address);
    }

    private void removeOf(ClientKey client, int address) {
        int tag = tagOf(client);
        long spread = hash.of(tag);
        TableSegment segment = byClient[LeaseRecords.segmentOf(spread)];
        int slot = segment == null ? -1 : segment.first(tag, spread);
        while (segment != null && slot >= 0 && segment.value(slot) != address) {
            slot = segment.next(slot, tag);
        }
        if (segment == null || slot < 0) {
            throw new IllegalStateException("the client index lost an address of " + client);
        }
        segment.remove(slot);
    }

    /** Never 0, so that no entry of the index is 0 whatever the address. */
    private int tagOf(ClientKey client) {
        int tag = hash(client);
        return tag == 0 ? 1 : tag;
    }
}
