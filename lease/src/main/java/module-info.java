/** Leases: what they are, the table that finds them, and the journal that keeps them. */
module io.leasehold.lease {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;

    exports io.leasehold.lease;
}
