package io.leasehold.server.config;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * A range of addresses to give away.
 *
 * @param first the lowest
 * @param last the highest, not below the lowest
 */
public record Pool(Ip4Address first, Ip4Address last) {
    public Pool {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "pool " + first + "-" + last + " ends before it begins");
        }
    }

    public boolean contains(Ip4Address address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** How many addresses there are, 1 to 4,294,967,296. */
    public long size() {
        return Integer.toUnsignedLong(last.bits()) - Integer.toUnsignedLong(first.bits()) + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
