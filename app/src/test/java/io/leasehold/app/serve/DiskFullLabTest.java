package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import io.leasehold.app.leases.HostJournal;
import io.leasehold.lease.ClientKey;
import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.link.LinkClock;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The data directory on a disk that has no room left. */
@Tag("lab")
final class DiskFullLabTest {
    private static final String[] FLAGS = {
        "-i", TroubledLan.IFACE, "--no-ping-check", "--pool", "10.77.0.100-10.77.0.199"
    };

    /** More than the page that the journal's file has left can take. */
    private static final int CLIENTS_MAX = 40;

    private final TroubledLan lan = new TroubledLan();
    private final List<LabProcess> servers = new ArrayList<>();
    private Path disk = Path.of("");
    private Path data = Path.of("");
    private Path filler = Path.of("");

    @BeforeEach
    void mountSmallDisk() throws IOException {
        disk = Files.createDirectory(lan.path("disk"));
        data = disk.resolve("data");
        filler = disk.resolve("filler");
        Shell.must("mount", "-t", "tmpfs", "-o", "size=64k", "lab", disk.toString());
    }

    @AfterEach
    void removeLab() {
        servers.forEach(LabProcess::kill);
        Shell.run(List.of("umount", disk.toString()));
        lan.close();
    }

    private LabProcess serve() {
        LabProcess server = lan.serve(data, FLAGS);
        servers.add(server);
        return server;
    }

    private void fill() {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** A client with a client id so long that a few fill what is left of a page. */
    private TroubledLan.Outcome client(int number) {
        return lan.udhcpc("-x", "0x3d:00" + "ab".repeat(230) + String.format("%04x", number));
    }

    private static Set<String> ackedByLog(LabProcess server) {
        Set<String> acked = new TreeSet<>();
        for (String line : server.lines()) {
            if (line.contains(" ACK ") && line.contains(" to ")) {
                acked.add(line.replaceFirst(".* ACK ([0-9.]+) to .*", "$1"));
            }
        }
        return acked;
    }

    @Test
    void givesNoAckUntilThereIsRoomAgain() throws IOException {
        LabProcess server = serve();
        Set<String> acked = new TreeSet<>();
        String first = client(0).address();
        acked.add(first);
        fill();
        int refused = 0;
        for (int number = 1; number < CLIENTS_MAX && refused < 3; number++) {
            TroubledLan.Outcome outcome = client(number);
            if (outcome.leased()) {
                assertThat(refused).isZero();
                acked.add(outcome.address());
            } else {
                refused++;
                assertThat(outcome.offered()).as(outcome.said()).isTrue();
            }
        }

        assertThat(refused).isEqualTo(3);
        lan.awaitLine(server, "ERROR 1 ACK not sent, since leases cannot be written: ");
        List<String> errors =
                server.lines().stream().filter(line -> line.contains(" not sent, ")).toList();
        assertThat(errors)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .contains(data + "/journal-00000001.log")
                                        .contains("No space left on device"));
        String status = TroubledLan.leasehold("status", "--data", data.toString()).output();
        assertThat(status).contains("ready no, " + data + "/journal-00000001.log");
        long notDurable = Long.parseLong(status.replaceFirst("(?s).*not-durable ([0-9]+).*", "$1"));
        assertThat(notDurable).isGreaterThanOrEqualTo(3);
        assertThat((long) errors.size()).isLessThan(notDurable);
        assertThat(ackedByLog(server)).isEqualTo(acked);

        Files.delete(filler);
        TroubledLan.Outcome again = client(CLIENTS_MAX);

        assertThat(again.leased()).as(again.said()).isTrue();
        acked.add(again.address());
        lan.awaitLine(server, "leases are durable again");
        assertThat(TroubledLan.leasehold("status", "--data", data.toString()).output())
                .contains("ready yes");
        server.kill();
        assertThat(onRecord()).containsAll(acked);
        assertThat(serve().lines().toString()).contains("leases on record");
        assertThat(client(0).address()).isEqualTo(first);
    }

    @Test
    void startsAndOffersOnADiskThatIsFull() throws IOException {
        LabProcess server = serve();
        String first = client(0).address();
        assertThat(first).isNotEmpty();
        server.kill();
        fill();

        LabProcess again = serve();

        assertThat(TroubledLan.count(again, "1 leases on record")).isEqualTo(1);
        TroubledLan.Outcome other = client(1);
        assertThat(other.offered()).as(other.said()).isTrue();
    }

    @Test
    void doesNotSayThatAnAddressIsClearedWhichIsNotOnDisk() throws Exception {
        recordDeclined();
        serve();
        fill();
        int refused = 0;
        for (int number = 1; number < CLIENTS_MAX && refused < 2; number++) {
            refused += client(number).leased() ? 0 : 1;
        }
        String[] clear = {"leases", "--data", data.toString(), "--clear", "10.77.0.150"};

        Shell.Result full = TroubledLan.leasehold(clear);

        assertThat(full.exit()).isEqualTo(1);
        assertThat(full.output()).contains("No space left on device");
        Files.delete(filler);
        Shell.Result roomy = TroubledLan.leasehold(clear);
        assertThat(roomy.exit()).as(roomy.output()).isZero();
        assertThat(JournalReader.read(data).leases())
                .filteredOn(lease -> lease.state() == Lease.State.DECLINED)
                .isEmpty();
    }

    private void recordDeclined() throws Exception {
        long now = System.currentTimeMillis() / 1000;
        Lease lease =
                new Lease(
                        Ip4Address.parse("10.77.0.150"),
                        new ClientKey.ById(Octets.parseHex("ab".repeat(240))),
                        HardwareAddress.parse("52:54:00:aa:00:01"),
                        Lease.State.DECLINED,
                        now,
                        now + 3600,
                        "",
                        Octets.EMPTY,
                        Ip4Address.ZERO);
        try (Journal journal =
                HostJournal.open(data, ServiceClock.ofHost(), new LinkClock().bootId())) {
            journal.load(any -> {});
            CountDownLatch durable = new CountDownLatch(1);
            assertThat(
                            journal.submit(
                                    List.of(new LeaseChange.Put(lease)),
                                    failure -> durable.countDown()))
                    .isTrue();
            durable.await();
        }
    }

    private Set<String> onRecord() throws IOException {
        Set<String> addresses = new TreeSet<>();
        for (Lease lease : JournalReader.read(data).leases()) {
            addresses.add(lease.address().toString());
        }
        return addresses;
    }
}
