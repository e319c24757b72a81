package io.leasehold.lease;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * A change that a store makes durable. Changes are whole states, so that repeating one does no
 * harm.
 */
public sealed interface LeaseChange {
    /** The record of an address is now this one. */
    record Put(Lease lease) implements LeaseChange {}

    /** There is no record of an address any more. */
    record Remove(Ip4Address address) implements LeaseChange {}

    /**
     * The clock was set: all records begin and end later by this much (earlier when it is
     * negative), so that no lease is longer or shorter for it. Leases without an end stay so.
     */
    record Shift(long seconds) implements LeaseChange {}
}
