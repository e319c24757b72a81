package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;

/**
 * Measures what leases cost: bytes of heap each, and the longest that one call took. To be run by
 * hand, with the number of leases as its argument; it decides nothing.
 */
final class LeaseTableMemory {
    private LeaseTableMemory() {}

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        long before = usedBytes();
        LeaseTable table = new LeaseTable(1);
        long longestNanos = 0;
        long beginNanos = System.nanoTime();
        for (int n = 0; n < count; n++) {
            Lease lease = lease(n, 1_800_000_000L);
            long putNanos = System.nanoTime();
            table.put(lease);
            longestNanos = Math.max(longestNanos, System.nanoTime() - putNanos);
        }
        say("leases", count);
        say("put, ns each", (System.nanoTime() - beginNanos) / count);
        say("put, longest, us (collections included)", longestNanos / 1000);
        say("bytes each", (usedBytes() - before) / count);
        beginNanos = System.nanoTime();
        for (int n = 0; n < count; n++) {
            table.put(lease(n, 1_800_001_800L));
        }
        say("renewal, ns each", (System.nanoTime() - beginNanos) / count);
        say("bytes each after renewals", (usedBytes() - before) / count);
        beginNanos = System.nanoTime();
        int found = 0;
        for (int n = 0; n < count; n++) {
            found += table.ofClient(lease(n, 0).client()).size();
        }
        say("found by client, ns each", (System.nanoTime() - beginNanos) / Math.max(found, 1));
        beginNanos = System.nanoTime();
        int length = table.snapshot().size();
        say("snapshot, us", (System.nanoTime() - beginNanos) / 1000);
        beginNanos = System.nanoTime();
        table.shift(1);
        say("shift, us", (System.nanoTime() - beginNanos) / 1000);
        say("leases in the end", length);
    }

    /** Every second client sends a client id, two in three have a name, every fourth a relay. */
    private static Lease lease(int n, long startSeconds) {
        byte[] octets = {0x52, 0x54, (byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n};
        byte[] id = {1, 0x52, 0x54, (byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n};
        String circuit = "eth" + n % 48 + "/" + n;
        HardwareAddress hardware = HardwareAddress.of(1, octets);
        return new Lease(
                Ip4Address.of(0x0a00_0000 + n),
                n % 2 == 0
                        ? new ClientKey.ById(Octets.of(id))
                        : new ClientKey.ByHardware(HardwareAddress.of(1, octets)),
                hardware,
                Lease.State.BOUND,
                startSeconds,
                startSeconds + 3600,
                n % 3 == 0 ? "" : "desktop-" + Integer.toString(n, 36),
                n % 4 == 0 ? Octets.of(circuit.getBytes(StandardCharsets.US_ASCII)) : Octets.EMPTY,
                Ip4Address.parse("10.0.0.1"));
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String what, long number) {
        System.out.println(what + ": " + number);
    }
}
