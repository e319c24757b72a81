package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease.State;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTableTest {
    private static final Ip4Address SERVER = Ip4Address.parse("192.168.50.1");

    private static final List<State> STATES = List.of(State.values());

    private final LeaseTable table = new LeaseTable(7);

    @Test
    void findsNothingInAnEmptyTable() {
        assertThat(table.get(SERVER)).isNull();
        assertThat(table.ofClient(client(1))).isEmpty();
        assertThat(table.remove(SERVER)).isNull();
        assertThat(table.size()).isZero();
        assertThat(table.snapshot()).isEmpty();
    }

    @Test
    void listsAllAddressesOfOneClient() {
        Lease first = lease(1, client(1), State.BOUND);
        Lease second = lease(2, client(1), State.RELEASED);
        table.put(first);
        table.put(second);
        table.put(lease(3, client(2), State.BOUND));
        List<Lease> before = table.ofClient(client(1));
        assertThat(before).containsExactlyInAnyOrder(first, second);

        table.remove(address(1));
        assertThat(table.ofClient(client(1))).containsExactly(second);
        assertThat(before).hasSize(2);
    }

    @Test
    void givesNoClientADeclinedAddressOrAConflict() {
        table.put(lease(1, client(1), State.BOUND));
        table.put(lease(1, client(1), State.DECLINED));
        table.put(lease(2, client(1), State.CONFLICT));
        assertThat(table.ofClient(client(1))).isEmpty();
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.count(State.BOUND)).isZero();
        assertThat(table.count(State.DECLINED)).isOne();

        table.put(lease(1, client(1), State.BOUND));
        assertThat(table.ofClient(client(1))).hasSize(1);
    }

    @Test
    void tellsAClientIdFromAHardwareAddressOfTheSameBytes() {
        ClientKey id = new ClientKey.ById(Octets.of(new byte[] {1, 2, 0, 0, 0, 0, 9}));
        ClientKey hardware =
                new ClientKey.ByHardware(HardwareAddress.of(1, new byte[] {2, 0, 0, 0, 0, 9}));
        table.put(lease(1, id, State.BOUND));
        table.put(lease(2, hardware, State.BOUND));
        assertThat(table.ofClient(id)).extracting(Lease::address).containsExactly(address(1));
        assertThat(table.ofClient(hardware)).extracting(Lease::address).containsExactly(address(2));
    }

    @Test
    void listsAnAddressWithoutBits() {
        table.put(lease(-0x0a00_0000, client(1), State.BOUND));
        assertThat(table.ofClient(client(1)))
                .extracting(Lease::address)
                .containsExactly(Ip4Address.ZERO);
    }

    @Test
    void shiftsAllLeasesButTheEndOfThoseWithoutEnd() {
        table.put(lease(1, client(1), State.BOUND));
        table.put(withEnd(lease(2, client(2), State.BOUND), Lease.FOREVER));
        table.shift(-50);
        assertThat(table.get(address(1)))
                .extracting(Lease::startSeconds, Lease::endSeconds)
                .containsExactly(950L, 4550L);
        assertThat(table.get(address(2)))
                .extracting(Lease::startSeconds, Lease::endSeconds)
                .containsExactly(950L, Lease.FOREVER);
        assertThat(table.ofClient(client(1))).containsExactly(table.get(address(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesWhatAMapDoes(long seed) {
        Random random = new Random(seed);
        LeaseTable tested = new LeaseTable(seed);
        Map<Ip4Address, Lease> model = new HashMap<>();
        int addresses = seed % 2 == 0 ? 30 : 20_000;
        List<Collection<Lease>> snapshots = new ArrayList<>();
        List<Set<Lease>> expected = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int n = random.nextInt(addresses);
            if (random.nextInt(10) < 6) {
                State state = STATES.get(random.nextInt(4));
                Lease lease = lease(n, client(random.nextInt(addresses / 2)), state, name(random));
                assertThat(tested.put(lease)).isEqualTo(model.put(lease.address(), lease));
            } else {
                assertThat(tested.remove(address(n))).isEqualTo(model.remove(address(n)));
            }
            if (i % 12_345 == 0) {
                snapshots.add(tested.snapshot());
                expected.add(Set.copyOf(model.values()));
            }
        }
        agree(tested, model, addresses);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(snapshots.get(i)).hasSameSizeAs(expected.get(i));
            assertThat(Set.copyOf(snapshots.get(i))).isEqualTo(expected.get(i));
        }
        tested.shift(11);
        model.replaceAll((address, lease) -> lease.shifted(11));
        agree(tested, model, addresses);
        for (int n = 0; n < addresses; n++) {
            tested.remove(address(n));
        }
        agree(tested, Map.of(), addresses);
    }

    private static void agree(LeaseTable tested, Map<Ip4Address, Lease> model, int addresses) {
        assertThat(tested.size()).isEqualTo(model.size());
        List<Lease> each = new ArrayList<>();
        tested.forEach(each::add);
        assertThat(each).hasSameSizeAs(model.values());
        assertThat(Set.copyOf(each)).isEqualTo(Set.copyOf(model.values()));
        assertThat(tested.snapshot()).hasSameSizeAs(model.values());
        assertThat(Set.copyOf(tested.snapshot())).isEqualTo(Set.copyOf(model.values()));
        Map<ClientKey, List<Lease>> ofClients = new HashMap<>();
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Lease lease : model.values()) {
            assertThat(tested.get(lease.address())).isEqualTo(lease);
            counts.merge(lease.state(), 1, Integer::sum);
            if (lease.state() == State.BOUND || lease.state() == State.RELEASED) {
                ofClients.computeIfAbsent(lease.client(), key -> new ArrayList<>()).add(lease);
            }
        }
        for (int n = 0; n < addresses / 2; n++) {
            List<Lease> expected = ofClients.getOrDefault(client(n), List.of());
            List<Lease> found = tested.ofClient(client(n));
            assertThat(found).hasSameSizeAs(expected);
            assertThat(Set.copyOf(found)).isEqualTo(Set.copyOf(expected));
        }
        for (State state : State.values()) {
            assertThat(tested.count(state)).isEqualTo(counts.getOrDefault(state, 0));
        }
    }

    private static Ip4Address address(int n) {
        return Ip4Address.of(0x0a00_0000 + n);
    }

    private static ClientKey client(int n) {
        byte[] octets = {2, 0, 0, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
        HardwareAddress hardware = HardwareAddress.of(1, octets);
        return n % 2 == 0
                ? new ClientKey.ByHardware(hardware)
                : new ClientKey.ById(Octets.of(octets));
    }

    private static String name(Random random) {
        return "x".repeat(random.nextInt(20));
    }

    private static Lease lease(int n, ClientKey client, State state) {
        return lease(n, client, state, "host" + n);
    }

    private static Lease lease(int n, ClientKey client, State state, String hostName) {
        return new Lease(
                address(n),
                client,
                HardwareAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) n}),
                state,
                1000,
                4600,
                hostName,
                Octets.EMPTY,
                SERVER);
    }

    private static Lease withEnd(Lease lease, long endSeconds) {
        return new Lease(
                lease.address(),
                lease.client(),
                lease.hardware(),
                lease.state(),
                lease.startSeconds(),
                endSeconds,
                lease.hostName(),
                lease.agentInformation(),
                lease.serverId());
    }
}
