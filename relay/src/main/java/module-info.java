/** The rules of a DHCP relay agent. */
module io.leasehold.relay {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;

    exports io.leasehold.relay;
}
