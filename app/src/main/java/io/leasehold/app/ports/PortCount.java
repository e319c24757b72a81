package io.leasehold.app.ports;

/** How many datagrams a rule has rewritten since it was set, and their bytes. */
record PortCount(long packets, long bytes) {
    PortCount plus(PortCount more) {
        return new PortCount(packets + more.packets, bytes + more.bytes);
    }
}
