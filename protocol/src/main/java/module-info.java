/**
 * DHCPv4 messages and options, and the contract between a message that came and what is done about
 * it.
 */
module io.leasehold.protocol {
    requires static org.jspecify;

    exports io.leasehold.protocol.wire;
    exports io.leasehold.protocol.role;
    exports io.leasehold.protocol.capture;
}
