package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to. Extend it, and say how yours is opened. */
public abstract class LeaseStoreContract {
    private LeaseStore store;

    /** For tests of a store. */
    protected LeaseStoreContract() {}

    /** Opens the store of this test, again with what is in it after it was closed. */
    protected abstract LeaseStore open() throws IOException;

    @BeforeEach
    void openEmptyStore() throws IOException {
        store = open();
        assertThat(loaded()).isEmpty();
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void keepsEveryFieldOfALease() throws Exception {
        List<Lease> leases =
                List.of(
                        Leases.bound(1),
                        Leases.relayed(2),
                        lease(3, Lease.State.RELEASED, "", Octets.EMPTY),
                        lease(4, Lease.State.DECLINED, "naïve-☃-\ud83d\ude00", Octets.of((byte) 0)),
                        lease(5, Lease.State.CONFLICT, "x".repeat(255), Octets.of(new byte[1000])),
                        new Lease(
                                Ip4Address.BROADCAST,
                                new ClientKey.ById(Octets.of(new byte[65_000])),
                                HardwareAddress.of(0, new byte[0]),
                                Lease.State.BOUND,
                                -5,
                                Long.MIN_VALUE,
                                "",
                                Octets.EMPTY,
                                Ip4Address.ZERO),
                        new Lease(
                                Leases.address(7),
                                new ClientKey.ByHardware(HardwareAddress.of(255, new byte[16])),
                                HardwareAddress.of(6, new byte[8]),
                                Lease.State.BOUND,
                                0,
                                Lease.FOREVER - 1,
                                "",
                                Octets.EMPTY,
                                Ip4Address.BROADCAST));
        commit(leases.stream().map(Leases::put).toList());
        assertThat(reopened()).containsExactlyInAnyOrderElementsOf(leases);
    }

    private static Lease lease(int number, Lease.State state, String name, Octets agent) {
        Lease bound = Leases.bound(number);
        return new Lease(
                bound.address(),
                bound.client(),
                bound.hardware(),
                state,
                bound.startSeconds(),
                bound.endSeconds(),
                name,
                agent,
                bound.serverId());
    }

    @Test
    void keepsTheLastRecordOfAnAddress() throws Exception {
        commit(List.of(Leases.put(Leases.bound(1)), Leases.put(Leases.bound(2))));
        commit(List.of(Leases.put(Leases.bound(1, Leases.NOW + 7200))));
        assertThat(reopened())
                .containsExactlyInAnyOrder(Leases.bound(1, Leases.NOW + 7200), Leases.bound(2));
    }

    @Test
    void forgetsARemovedRecord() throws Exception {
        commit(List.of(Leases.put(Leases.bound(1)), Leases.put(Leases.bound(2))));
        commit(
                List.of(
                        new LeaseChange.Remove(Leases.address(1)),
                        new LeaseChange.Remove(Leases.address(99))));
        assertThat(reopened()).containsExactly(Leases.bound(2));
    }

    @Test
    void movesRecordsByAShiftAndLeavesThoseWithoutAnEnd() throws Exception {
        commit(
                List.of(
                        Leases.put(Leases.bound(1, Leases.NOW + 100)),
                        Leases.put(Leases.relayed(2))));
        commit(List.of(new LeaseChange.Shift(-1000)));
        commit(List.of(Leases.put(Leases.bound(3, Leases.NOW + 300)), new LeaseChange.Shift(10)));
        assertThat(reopened())
                .extracting(Lease::startSeconds, Lease::endSeconds)
                .containsExactlyInAnyOrder(
                        tuple(Leases.NOW - 990, Leases.NOW - 890),
                        tuple(Leases.NOW - 990, Lease.FOREVER),
                        tuple(Leases.NOW + 10, Leases.NOW + 310));
    }

    @Test
    void tellsOutcomesInTheOrderOfSubmission() throws Exception {
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> last = new CompletableFuture<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            List<LeaseChange> changes =
                    i % 10 == 0 ? List.of() : List.of(Leases.put(Leases.bound(i)));
            assertThat(
                            store.submit(
                                    changes,
                                    failure -> {
                                        told.add(failure == null ? number : -1);
                                        if (number == 999) {
                                            last.complete(null);
                                        }
                                    }))
                    .isTrue();
        }
        last.get();
        assertThat(told).hasSize(1000).isSorted().doesNotContain(-1);
    }

    @Test
    void makesDurableWhatWaitsWhenItIsClosed() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(store.submit(List.of(Leases.put(Leases.bound(i))), failure -> {})).isTrue();
        }
        assertThat(reopened()).hasSize(100);
    }

    @Test
    void keepsWhatComesBeforeAndAfterASnapshot() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Lease> all = new ArrayList<>();
            for (int i = 0; i <= round; i++) {
                all.add(Leases.bound(i, Leases.NOW + round));
                commit(List.of(Leases.put(all.getLast())));
            }
            store.snapshot(List.copyOf(all));
            commit(
                    List.of(
                            new LeaseChange.Shift(1),
                            Leases.put(Leases.bound(100 + round)),
                            new LeaseChange.Remove(Leases.address(99 + round))));
            assertThat(reopened()).hasSize(round + 2);
        }
    }

    /** Submits, and waits for the outcome, which is to be good. */
    private void commit(List<LeaseChange> changes) throws InterruptedException {
        BlockingQueue<Optional<IOException>> outcome = new LinkedBlockingQueue<>();
        assertThat(store.submit(changes, failure -> outcome.add(Optional.ofNullable(failure))))
                .isTrue();
        assertThat(outcome.take()).isEmpty();
    }

    private List<Lease> reopened() throws IOException {
        store.close();
        store = open();
        return loaded();
    }

    private List<Lease> loaded() throws IOException {
        List<Lease> leases = new ArrayList<>();
        assertThat(store.load(leases::add)).isEmpty();
        return leases;
    }
}
