/** Tests of DHCP handlers without a network. */
module io.leasehold.testkit {
    requires static org.jspecify;
    requires transitive io.leasehold.service;

    exports io.leasehold.testkit;
}
