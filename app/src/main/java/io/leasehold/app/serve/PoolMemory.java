package io.leasehold.app.serve;

import io.leasehold.app.config.ConfigSummary;
import io.leasehold.server.config.ServerConfig;
import org.jspecify.annotations.Nullable;

/** Whether there is memory for as many leases as there are addresses. */
public final class PoolMemory {
    /** 83 of the lease and 24 of its address in the pool, rounded up. */
    private static final long BYTES_PER_LEASE = 110;

    private static final long MEGABYTE = 1 << 20;

    private PoolMemory() {}

    /** What is to be told where memory ends before the pools do; null where it does not. */
    public static @Nullable String warning(ServerConfig config, long heapBytes) {
        long addresses = ConfigSummary.addresses(config);
        long needed = addresses * BYTES_PER_LEASE;
        if (needed <= heapBytes) {
            return null;
        }
        return "the pools have "
                + addresses
                + " addresses; leases of all of them take about "
                + needed / MEGABYTE
                + " MB of memory, and this JVM takes "
                + heapBytes / MEGABYTE
                + " MB at most (-Xmx)";
    }
}
