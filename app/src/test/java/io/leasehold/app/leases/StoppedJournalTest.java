package io.leasehold.app.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Journal;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.link.LinkClock;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedJournalTest {
    private static final int SET_SECONDS = 3600;

    @TempDir Path data = Path.of(".");

    /** The clock was set between the server's end and the import; no lease may move twice. */
    @Test
    void whatIsImportedIsOfTheTimeOfNow() throws Exception {
        ServiceClock now = ServiceClock.ofHost();
        long seconds = now.wallMillis() / 1000;
        Lease before = lease("10.0.0.1", seconds - SET_SECONDS);
        try (Journal journal = HostJournal.open(data, anHourAgo(now), new LinkClock().bootId())) {
            journal.load(lease -> {});
            CountDownLatch written = new CountDownLatch(1);
            journal.submit(List.of(new LeaseChange.Put(before)), failure -> written.countDown());
            written.await();
        }
        Lease imported = lease("10.0.0.2", seconds);
        StoppedJournal.add(data, List.of(imported));

        assertThat(load()).containsExactlyInAnyOrder(before.shifted(SET_SECONDS), imported);
    }

    private static ServiceClock anHourAgo(ServiceClock now) {
        return new ServiceClock() {
            @Override
            public long bootMillis() {
                return now.bootMillis();
            }

            @Override
            public long wallMillis() {
                return now.wallMillis() - SET_SECONDS * 1000L;
            }
        };
    }

    private List<Lease> load() throws IOException {
        List<Lease> leases = new ArrayList<>();
        try (Journal journal = HostJournal.open(data)) {
            journal.load(leases::add);
        }
        return leases;
    }

    private static Lease lease(String address, long startSeconds) {
        HardwareAddress hardware = HardwareAddress.parse("52:54:00:aa:00:01");
        return new Lease(
                Ip4Address.parse(address),
                new ClientKey.ByHardware(hardware),
                hardware,
                Lease.State.BOUND,
                startSeconds,
                startSeconds + 600,
                "",
                Octets.EMPTY,
                Ip4Address.ZERO);
    }
}
