/** The rules of a DHCP server: networks, classes, choice of address, who gets which answer. */
module io.leasehold.server {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;
    requires transitive io.leasehold.lease;

    exports io.leasehold.server;
    exports io.leasehold.server.config;
}
