package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;

/** Leases for tests, each telling its number. */
final class Leases {
    static final long NOW = 1_800_000_000;
    private static final Ip4Address BASE = Ip4Address.parse("10.0.0.0");
    private static final Ip4Address SERVER = Ip4Address.parse("10.0.0.1");

    private Leases() {}

    static Ip4Address address(int number) {
        return BASE.plus(number);
    }

    static HardwareAddress hardware(int number) {
        return HardwareAddress.parse(
                "52:54:00:%02x:%02x:%02x"
                        .formatted(number >> 16 & 255, number >> 8 & 255, number & 255));
    }

    /** A client without a client id. */
    static Lease bound(int number) {
        return bound(number, NOW + 3600);
    }

    static Lease bound(int number, long endSeconds) {
        HardwareAddress hardware = hardware(number);
        return new Lease(
                address(number),
                new ClientKey.ByHardware(hardware),
                hardware,
                Lease.State.BOUND,
                NOW,
                endSeconds,
                "host-" + number,
                Octets.EMPTY,
                SERVER);
    }

    /** A client with a client id behind a relay, whose lease has no end. */
    static Lease relayed(int number) {
        return new Lease(
                address(number),
                new ClientKey.ById(
                        Octets.of(("client " + number).getBytes(StandardCharsets.UTF_8))),
                hardware(number),
                Lease.State.BOUND,
                NOW,
                Lease.FOREVER,
                "",
                Octets.parseHex("0106657468302f37"),
                SERVER);
    }

    static LeaseChange put(Lease lease) {
        return new LeaseChange.Put(lease);
    }
}
