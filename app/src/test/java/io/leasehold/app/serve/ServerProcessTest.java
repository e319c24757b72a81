package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.LogConfig;
import io.leasehold.lease.ClientKey;
import io.leasehold.lease.ClockMark;
import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalOptions;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A clock that is set while the server runs, and between two runs. */
class ServerProcessTest {
    private static final String BOOT_ID = "6b3e1c44-0d5f-4d6e-8e07-0a1b2c3d4e5f";
    private static final long START_SECONDS = 1_700_000_000;
    private static final long END_SECONDS = START_SECONDS + 600;

    @TempDir private Path data;

    private final SetClock clock = new SetClock();

    /** Runs; a test sets its wall clock. */
    private static final class SetClock implements ServiceClock {
        private final long startNanos = System.nanoTime();
        private final AtomicLong aheadMillis = new AtomicLong(START_SECONDS * 1000);

        void set(long bySeconds) {
            aheadMillis.addAndGet(bySeconds * 1000);
        }

        @Override
        public long bootMillis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        }

        @Override
        public long wallMillis() {
            return bootMillis() + aheadMillis.get();
        }
    }

    private void record() throws Exception {
        record("10.77.0.100", Lease.State.BOUND, END_SECONDS);
    }

    private void record(String address, Lease.State state, long endSeconds) throws Exception {
        Lease lease =
                new Lease(
                        Ip4Address.parse(address),
                        new ClientKey.ById(Octets.parseHex("01aabb")),
                        HardwareAddress.parse("52:54:00:aa:00:01"),
                        state,
                        START_SECONDS - 900,
                        endSeconds,
                        "",
                        Octets.EMPTY,
                        Ip4Address.ZERO);
        ClockMark mark =
                new ClockMark(
                        Octets.parseHex(BOOT_ID.replace("-", "")),
                        clock.wallMillis() - clock.bootMillis());
        try (Journal journal =
                Journal.open(
                        data,
                        JournalOptions.of(
                                        () -> Instant.ofEpochMilli(clock.wallMillis()),
                                        new Random(1))
                                .withClockMark(mark))) {
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

    private interface Doing {
        void with(ServerProcess process) throws Exception;
    }

    /** Serves while the clock is set, until all leases on record have moved. */
    private void serveWhile(long setSeconds) throws Exception {
        serveWhile(
                process -> {
                    long before = end();
                    clock.set(setSeconds);
                    for (int i = 0; i < 2_000 && end() == before; i++) {
                        LockSupport.parkNanos(10_000_000);
                    }
                });
    }

    private void serveWhile(Doing doing) throws Exception {
        AppConfig config =
                new AppConfig(
                        List.of(),
                        List.of("127.0.0.1"),
                        data,
                        new ServerConfig(List.of(), List.of(), OptionSet.EMPTY),
                        List.of(),
                        null,
                        null,
                        null,
                        LogConfig.DEFAULT);
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        try (Link link = Link.open(options);
                ServerProcess process =
                        new ServerProcess(config, link, null, null, clock, BOOT_ID)) {
            Thread loop =
                    new Thread(
                            () -> {
                                try {
                                    process.run();
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            loop.start();
            try {
                doing.with(process);
            } finally {
                process.stop();
                loop.join();
            }
        }
    }

    private long end() throws IOException {
        return JournalReader.read(data).leases().getFirst().endSeconds();
    }

    @Test
    void movesLeasesOnRecordWithAClockThatIsSet() throws Exception {
        record();

        serveWhile(3_600);
        assertThat(end()).isEqualTo(END_SECONDS + 3_600);

        serveWhile(-86_400);
        assertThat(end()).isEqualTo(END_SECONDS + 3_600 - 86_400);
    }

    @Test
    void countsLeasesThatAreOverApart() throws Exception {
        record();
        record("10.77.0.101", Lease.State.BOUND, START_SECONDS - 1);
        record("10.77.0.102", Lease.State.DECLINED, END_SECONDS);

        serveWhile(
                process ->
                        assertThat(process.status())
                                .contains(
                                        "leases 3 on record, 1 bound, 1 expired, 0 released,"
                                                + " 1 declined, 0 in conflict"));
    }

    @Test
    void tellsInTheLogWhatWasClearedAndByWhom() throws Exception {
        record("10.77.0.102", Lease.State.DECLINED, END_SECONDS);
        Logger logger = (Logger) LoggerFactory.getLogger("leasehold.server");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            serveWhile(
                    process -> {
                        Control control = new Control(process, null);
                        Ip4Address address = Ip4Address.parse("10.77.0.102");
                        assertThat(control.clear(address, "root").error()).isEmpty();
                        assertThat(control.clear(address, "root").error()).isNotEmpty();
                    });
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "10.77.0.102 is free again: cleared by root; it was declined by"
                                + " 52:54:00:aa:00:01");
    }

    @Test
    void movesLeasesWithAClockThatWasSetWhileNobodyRan() throws Exception {
        record();
        clock.set(3_600);

        // It is written down with the next change, here that of a clock that is set once more.
        serveWhile(10);

        assertThat(end()).isEqualTo(END_SECONDS + 3_610);
    }
}
