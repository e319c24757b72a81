package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.Lease.State;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.Pool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private static final long NOW = 1_800_000_000;

    @Test
    void givesAClientTheSameAddressFromAnyFreshPool() {
        for (int n = 0; n < 1000; n++) {
            Ip4Address one = pool("10.0.0.0-10.0.255.255").choose(client(n), free -> true, NOW);
            Ip4Address other =
                    pool("10.0.0.0-10.0.255.255").choose(client(n), free -> true, NOW + 9999);
            assertThat(one).isNotNull().isEqualTo(other);
        }
    }

    @Test
    void givesOutAllAddressesBeforeNone() {
        AddressPool pool = pool("192.168.1.10-192.168.1.99", "192.168.1.200-192.168.1.209");
        Set<Ip4Address> given = new HashSet<>();
        for (int n = 0; n < 100; n++) {
            Ip4Address address = pool.choose(client(n), free -> true, NOW);
            assertThat(address).isNotNull();
            assertThat(pool.contains(address)).isTrue();
            assertThat(given.add(address)).isTrue();
            assertThat(pool.freeCount(NOW)).isEqualTo(100 - n);
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 3600));
        }
        assertThat(pool.choose(client(100), free -> true, NOW)).isNull();
        assertThat(pool.freeCount(NOW)).isZero();
        assertThat(pool.choose(client(100), free -> true, NOW + 3600)).isNotNull();
    }

    static AddressPool pool(String... ranges) {
        return new AddressPool(List.of(ranges).stream().map(AddressPoolTest::range).toList());
    }

    static Pool range(String text) {
        int dash = text.indexOf('-');
        return new Pool(
                Ip4Address.parse(text.substring(0, dash)),
                Ip4Address.parse(text.substring(dash + 1)));
    }

    static ClientKey client(int n) {
        byte[] octets = {2, 0, (byte) (n >> 24), (byte) (n >> 16), (byte) (n >> 8), (byte) n};
        return new ClientKey.ByHardware(HardwareAddress.of(1, octets));
    }

    static Lease lease(
            Ip4Address address, ClientKey client, State state, long startSeconds, long endSeconds) {
        return new Lease(
                address,
                client,
                HardwareAddress.of(1, new byte[6]),
                state,
                startSeconds,
                endSeconds,
                "",
                Octets.EMPTY,
                Ip4Address.ZERO);
    }
}
