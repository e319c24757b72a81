package io.leasehold.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Lease;
import io.leasehold.lease.Lease.State;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private static final long NOW = 1_800_000_000;
    private static final long HASH_OF_ID = 0x3d54197306abc903L;
    private static final long HASH_OF_HARDWARE = 0xda13f876507dd285L;

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

    /** A change of this hash would move every client to another address. */
    @Test
    void keepsTheHashOfIdentitiesForEver() {
        ClientKey id = new ClientKey.ById(Octets.parseHex("01:52:54:00:aa:00:01"));
        ClientKey hardware = new ClientKey.ByHardware(HardwareAddress.parse("52:54:00:aa:00:01"));
        assertThat(IdentityHash.of(id)).isEqualTo(HASH_OF_ID);
        assertThat(IdentityHash.of(hardware)).isEqualTo(HASH_OF_HARDWARE);
        assertThat(IdentityHash.place(HASH_OF_ID, 0, 65_536)).isEqualTo(HASH_OF_ID >>> 48);
    }

    @Test
    void spreadsClientsEvenly() {
        int[] clients = new int[100];
        AddressPool pool = pool("10.0.0.0-10.0.0.99");
        for (int n = 0; n < 100_000; n++) {
            Ip4Address address = pool.choose(client(n), free -> true, NOW);
            assertThat(address).isNotNull();
            clients[address.bits() & 0xff]++;
        }
        // 1000 each, and the standard deviation is 32.
        for (int count : clients) {
            assertThat(count).isBetween(850, 1150);
        }
    }

    @Test
    void goesOnFromThePlaceOfAClientThatIsTaken() {
        AddressPool pool = pool("10.0.0.0-10.0.255.255");
        Ip4Address first = pool.choose(client(1), free -> true, NOW);
        Ip4Address second = pool.choose(client(1), free -> !free.equals(first), NOW);
        assertThat(second).isNotNull().isNotEqualTo(first);
        assertThat(pool.choose(client(1), free -> true, NOW)).isEqualTo(first);
    }

    @Test
    void choosesTheAddressLongestUnused() {
        AddressPool pool = pool("10.0.0.0-10.0.0.99");
        for (int n = 0; n < 100; n++) {
            Ip4Address address = Ip4Address.of(0x0a00_0000 + n);
            // 10.0.0.37 is the first whose lease ends, 10.0.0.36 the last.
            int order = (n + 63) % 100;
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 100 + order));
        }
        List<Ip4Address> asked = new ArrayList<>();
        assertThat(pool.choose(client(1000), free -> !asked.add(free), NOW + 500)).isNull();
        List<Ip4Address> expected = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            expected.add(Ip4Address.of(0x0a00_0000 + (turn + 37) % 100));
        }
        // The client's own places come before.
        assertThat(asked.subList(1 + AddressPool.PROBES_MAX, asked.size())).isEqualTo(expected);
    }

    /** More addresses than a page of what is noted of them, and a last page that is not full. */
    @Test
    void knowsOfEachOfManyAddressesHowLongItIsUnused() {
        int count = 2500;
        AddressPool pool = pool("10.0.0.0-10.0.9.195");
        for (int n = 0; n < count; n++) {
            Ip4Address address = Ip4Address.of(0x0a00_0000 + n);
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 1 + n * 7 % count));
        }
        assertThat(pool.choose(client(count), free -> true, NOW)).isNull();
        for (int turn = 0; turn < count; turn++) {
            // 7 times 2,143 is 1 more than a multiple of the count.
            Ip4Address longest = Ip4Address.of(0x0a00_0000 + turn * 2143 % count);
            assertThat(pool.choose(client(count + turn), longest::equals, NOW + count))
                    .isEqualTo(longest);
            pool.recorded(lease(longest, client(count + turn), State.BOUND, NOW, NOW + 2L * count));
        }
        assertThat(pool.choose(client(count), free -> true, NOW + count)).isNull();
    }

    @Test
    void givesReleasedAndExpiredAddressesAgain() {
        AddressPool pool = pool("10.0.0.1-10.0.0.2");
        Ip4Address one = Ip4Address.parse("10.0.0.1");
        Ip4Address two = Ip4Address.parse("10.0.0.2");
        pool.recorded(lease(one, client(1), State.BOUND, NOW, NOW + 3600));
        pool.recorded(lease(two, client(2), State.BOUND, NOW, Lease.FOREVER));
        assertThat(pool.choose(client(3), free -> true, NOW)).isNull();
        pool.recorded(lease(one, client(1), State.RELEASED, NOW + 5, NOW + 3600));
        assertThat(pool.choose(client(3), free -> true, NOW + 5)).isEqualTo(one);
        pool.recorded(lease(one, client(3), State.BOUND, NOW + 5, NOW + 100));
        pool.recorded(lease(one, client(3), State.BOUND, NOW + 50, NOW + 200));
        assertThat(pool.choose(client(4), free -> true, NOW + 199)).isNull();
        pool.shift(1000);
        assertThat(pool.choose(client(4), free -> true, NOW + 1199)).isNull();
        assertThat(pool.choose(client(4), free -> true, NOW + 1200)).isEqualTo(one);
        assertThat(pool.choose(client(4), one::equals, NOW + 4_000_000_000L)).isEqualTo(one);
        pool.removed(two);
        assertThat(pool.choose(client(4), two::equals, NOW + 1201)).isEqualTo(two);
    }

    @Test
    void neverGivesAnAddressThatIsExcludedOrRefused() {
        AddressPool pool = pool("10.0.0.0-10.0.0.9");
        pool.exclude(Ip4Address.parse("10.0.0.3"));
        pool.recorded(
                lease(Ip4Address.parse("10.0.0.3"), client(1), State.RELEASED, NOW - 9, NOW - 9));
        Ip4Address refused = Ip4Address.parse("10.0.0.4");
        Set<Ip4Address> given = new HashSet<>();
        for (int n = 0; n < 8; n++) {
            Ip4Address address = pool.choose(client(n), free -> !free.equals(refused), NOW);
            assertThat(address).isNotNull();
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 60));
            given.add(address);
        }
        assertThat(given).hasSize(8).noneMatch(a -> a.bits() == 0x0a00_0003 || a.equals(refused));
        assertThat(pool.choose(client(9), free -> !free.equals(refused), NOW)).isNull();
        assertThat(pool.choose(client(9), free -> true, NOW + 1)).isEqualTo(refused);
    }

    @Test
    void asksLittleWhenNothingIsFree() {
        AddressPool pool = pool("10.0.0.0-10.0.255.255");
        for (int n = 0; n < 60_000; n++) {
            Ip4Address address = Ip4Address.of(0x0a00_0000 + n);
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 3600));
        }
        // The other 5536 are held by offers.
        int[] asked = new int[1];
        int most = 0;
        for (int n = 0; n < 1000; n++) {
            int before = asked[0];
            Ip4Address none = pool.choose(client(100_000 + n), free -> asked[0]++ < 0, NOW);
            assertThat(none).isNull();
            most = Math.max(most, asked[0] - before);
        }
        assertThat(most).isLessThanOrEqualTo(AddressPool.REFUSALS_MAX + 1 + AddressPool.PROBES_MAX);
        assertThat(asked[0]).isLessThan(5536 + 1000 * (1 + AddressPool.PROBES_MAX));
    }

    @Test
    void keepsAShareForKnownClients() {
        AddressPool pool = new AddressPool(List.of(range("10.0.0.0-10.0.0.99")), 25);
        for (int n = 0; n < 75; n++) {
            Ip4Address address = pool.choose(client(n), free -> true, NOW, false);
            assertThat(address).isNotNull();
            pool.recorded(lease(address, client(n), State.BOUND, NOW, NOW + 3600));
        }
        assertThat(pool.choose(client(75), free -> true, NOW, false)).isNull();
        assertThat(pool.choose(client(75), free -> true, NOW, true)).isNotNull();
    }

    @Test
    void holdsThirteenMillionAddresses() {
        AddressPool pool = pool("10.0.0.0-10.198.93.63");
        assertThat(pool.size()).isEqualTo(13_000_000);
        assertThat(pool.freeCount(NOW)).isEqualTo(13_000_000);
        assertThat(pool.choose(client(1), free -> true, NOW)).isNotNull();
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
