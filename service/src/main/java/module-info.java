/** The loop that joins sockets, a role and a store: what programs embed. */
module io.leasehold.service {
    requires static org.jspecify;
    requires transitive io.leasehold.protocol;
    requires transitive io.leasehold.link;
    requires transitive io.leasehold.lease;

    exports io.leasehold.service;
    exports io.leasehold.service.client;
    exports io.leasehold.service.handler;
}
