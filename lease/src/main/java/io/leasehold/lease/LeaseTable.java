package io.leasehold.lease;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All leases, found by address and by client. One thread owns it.
 *
 * <p>Both indexes are {@value #SEGMENT_COUNT} hash tables each, of which only one grows at a time:
 * the longest that a caller waits for growth is the copying of a thousandth of all leases.
 */
public final class LeaseTable {
    private static final int SEGMENT_BITS = 10;
    private static final int SEGMENT_COUNT = 1 << SEGMENT_BITS;

    private final KeyedHash hash;
    private final @Nullable TableSegment[] byAddress = new @Nullable TableSegment[SEGMENT_COUNT];
    private final @Nullable TableSegment[] byClient = new @Nullable TableSegment[SEGMENT_COUNT];
    private final int[] countByState = new int[Lease.State.values().length];
    private int size;

    /**
     * @param seed a number that clients do not know, so that none can choose client ids that make
     *     the table slow
     */
    public LeaseTable(long seed) {
        hash = new KeyedHash(seed);
    }

    /** A hash of an identity, whose collisions nobody can choose without the seed. */
    public int hash(ClientKey client) {
        return (int) hash.of(client);
    }

    /** The record of an address; null when there is none. */
    public @Nullable Lease get(Ip4Address address) {
        int tag = address.bits();
        long spread = hash.of(tag);
        TableSegment segment = byAddress[segmentOf(spread)];
        if (segment == null) {
            return null;
        }
        int slot = segment.first(tag, spread);
        return slot < 0 ? null : (Lease) segment.value(slot);
    }

    /**
     * What a client has or had: its records that are bound or released. Declined addresses and
     * conflicts are nobody's, and are not found here. The order says nothing; the list does not
     * change when the table does.
     */
    public List<Lease> ofClient(ClientKey client) {
        int tag = hash(client);
        long spread = hash.of(tag);
        TableSegment segment = byClient[segmentOf(spread)];
        int slot = segment == null ? -1 : slotOf(segment, client, tag, spread);
        if (segment == null || slot < 0) {
            return List.of();
        }
        return segment.value(slot) instanceof Lease[] several
                ? Collections.unmodifiableList(Arrays.asList(several))
                : List.of((Lease) segment.value(slot));
    }

    /**
     * Makes a lease the record of its address.
     *
     * @return the record until now; null when there was none
     */
    public @Nullable Lease put(Lease lease) {
        int tag = lease.address().bits();
        long spread = hash.of(tag);
        TableSegment segment = orNew(byAddress, segmentOf(spread));
        int slot = segment.first(tag, spread);
        Lease former = null;
        if (slot < 0) {
            segment.add(tag, spread, lease);
            size++;
        } else {
            former = (Lease) segment.value(slot);
            segment.replace(slot, lease);
            countByState[indexOf(former.state())]--;
        }
        countByState[indexOf(lease.state())]++;
        follow(former, lease);
        return former;
    }

    /**
     * Drops the record of an address.
     *
     * @return the record until now; null when there was none
     */
    public @Nullable Lease remove(Ip4Address address) {
        int tag = address.bits();
        long spread = hash.of(tag);
        TableSegment segment = byAddress[segmentOf(spread)];
        int slot = segment == null ? -1 : segment.first(tag, spread);
        if (segment == null || slot < 0) {
            return null;
        }
        Lease former = (Lease) segment.value(slot);
        segment.remove(slot);
        size--;
        countByState[indexOf(former.state())]--;
        follow(former, null);
        return former;
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** How many records say this of their address, ended or not. */
    public int count(Lease.State state) {
        return countByState[indexOf(state)];
    }

    /** All records, in no order. The array is the caller's. */
    public Lease[] toArray() {
        Lease[] all = new Lease[size];
        int count = 0;
        for (TableSegment segment : byAddress) {
            for (int slot = 0; segment != null && slot < segment.slots(); slot++) {
                if (segment.peek(slot) instanceof Lease lease) {
                    all[count++] = lease;
                }
            }
        }
        return all;
    }

    /** Shows every record, in no order. The table must not be changed meanwhile. */
    public void forEach(Consumer<Lease> action) {
        for (TableSegment segment : byAddress) {
            for (int slot = 0; segment != null && slot < segment.slots(); slot++) {
                if (segment.peek(slot) instanceof Lease lease) {
                    action.accept(lease);
                }
            }
        }
    }

    /**
     * Moves the beginning and end of every record, because the clock was set. Leases without an end
     * stay so.
     *
     * @param seconds how much later; earlier when it is negative
     */
    public void shift(long seconds) {
        for (Lease lease : toArray()) {
            put(lease.shifted(seconds));
        }
    }

    /** Makes the index by client follow a change of the index by address. */
    private void follow(@Nullable Lease former, @Nullable Lease now) {
        boolean formerOwned = former != null && owned(former);
        boolean nowOwned = now != null && owned(now);
        if (former != null && now != null && formerOwned && nowOwned) {
            if (former.client().equals(now.client())) {
                replaceOfClient(former, now);
                return;
            }
        }
        if (former != null && formerOwned) {
            replaceOfClient(former, null);
        }
        if (now != null && nowOwned) {
            addOfClient(now);
        }
    }

    private static boolean owned(Lease lease) {
        return switch (lease.state()) {
            case BOUND, RELEASED -> true;
            case DECLINED, CONFLICT -> false;
        };
    }

    private static int indexOf(Lease.State state) {
        return switch (state) {
            case BOUND -> 0;
            case RELEASED -> 1;
            case DECLINED -> 2;
            case CONFLICT -> 3;
        };
    }

    private void addOfClient(Lease lease) {
        int tag = hash(lease.client());
        long spread = hash.of(tag);
        TableSegment segment = orNew(byClient, segmentOf(spread));
        int slot = slotOf(segment, lease.client(), tag, spread);
        if (slot < 0) {
            segment.add(tag, spread, lease);
            return;
        }
        // Lists that were handed out show the arrays, so these are never written to again.
        Lease[] more;
        if (segment.value(slot) instanceof Lease[] several) {
            more = Arrays.copyOf(several, several.length + 1);
        } else {
            more = new Lease[] {(Lease) segment.value(slot), lease};
        }
        more[more.length - 1] = lease;
        segment.replace(slot, more);
    }

    private void replaceOfClient(Lease former, @Nullable Lease now) {
        int tag = hash(former.client());
        long spread = hash.of(tag);
        TableSegment segment = orNew(byClient, segmentOf(spread));
        int slot = slotOf(segment, former.client(), tag, spread);
        if (slot < 0) {
            throw new IllegalStateException("the client index lost " + former);
        }
        if (segment.value(slot) instanceof Lease[] several) {
            segment.replace(slot, without(several, former, now));
        } else if (now != null) {
            segment.replace(slot, now);
        } else {
            segment.remove(slot);
        }
    }

    /** A client's leases with one replaced or left out: an array, or the lease that is left. */
    private static Object without(Lease[] several, Lease former, @Nullable Lease now) {
        if (now == null && several.length == 2) {
            return several[several[0].address().equals(former.address()) ? 1 : 0];
        }
        Lease[] changed = new Lease[now == null ? several.length - 1 : several.length];
        int count = 0;
        for (Lease lease : several) {
            if (!lease.address().equals(former.address())) {
                changed[count++] = lease;
            } else if (now != null) {
                changed[count++] = now;
            }
        }
        return changed;
    }

    private static int slotOf(TableSegment segment, ClientKey client, int tag, long spread) {
        int slot = segment.first(tag, spread);
        while (slot >= 0) {
            Object value = segment.value(slot);
            Lease lease = value instanceof Lease[] several ? several[0] : (Lease) value;
            if (lease.client().equals(client)) {
                return slot;
            }
            slot = segment.next(slot, tag);
        }
        return -1;
    }

    private TableSegment orNew(@Nullable TableSegment[] segments, int index) {
        TableSegment segment = segments[index];
        if (segment == null) {
            segment = new TableSegment(hash);
            segments[index] = segment;
        }
        return segment;
    }

    private static int segmentOf(long spread) {
        return (int) (spread >>> 64 - SEGMENT_BITS);
    }
}
