package io.leasehold.lease;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last record of each address, while a journal is read. Open addressing: no entry objects. */
final class LoadedLeases {
    private @Nullable Lease[] slots = new @Nullable Lease[1024];
    private int size;

    int size() {
        return size;
    }

    void put(Lease lease) {
        if (size * 4L >= slots.length * 3L) {
            grow();
        }
        int slot = find(lease.address().bits());
        if (slots[slot] == null) {
            size++;
        }
        slots[slot] = lease;
    }

    void remove(Ip4Address address) {
        int hole = find(address.bits());
        if (slots[hole] == null) {
            return;
        }
        size--;
        int mask = slots.length - 1;
        int slot = hole;
        while (true) {
            slot = slot + 1 & mask;
            Lease lease = slots[slot];
            if (lease == null) {
                slots[hole] = null;
                return;
            }
            int home = home(lease.address().bits());
            // The record may move into the hole unless its home lies after the hole.
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = lease;
                hole = slot;
            }
        }
    }

    void forEach(Consumer<Lease> action) {
        for (Lease lease : slots) {
            if (lease != null) {
                action.accept(lease);
            }
        }
    }

    private int find(int bits) {
        int slot = home(bits);
        while (true) {
            Lease lease = slots[slot];
            if (lease == null || lease.address().bits() == bits) {
                return slot;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    private int home(int bits) {
        int mixed = bits * 0x9e37_79b9;
        return (mixed ^ mixed >>> 15) & slots.length - 1;
    }

    private void grow() {
        @Nullable Lease[] old = slots;
        slots = new @Nullable Lease[old.length * 2];
        for (Lease lease : old) {
            if (lease != null) {
                slots[find(lease.address().bits())] = lease;
            }
        }
    }
}
