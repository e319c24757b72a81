package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);

    private final PretendServer server = new PretendServer();
    private final List<String> alarms = new ArrayList<>();

    @Test
    void everyClientGetsItsAddress() throws IOException {
        Counters counters = run(closed(100, 8, Mix.ONLY_FULL), null);
        assertThat(counters.full).isGreaterThan(100);
        assertThat(results(counters).unanswered()).isFalse();
        assertThat(counters.firstLeases).isEqualTo(100);
        assertThat(server.leases).hasSize(100);
        assertThat(counters.lost + counters.strays + counters.malformed + counters.naks).isZero();
        assertThat(counters.exchange.count()).isEqualTo(counters.full);
    }

    private static Results results(Counters counters) {
        Plan plan = closed(1, 1, Mix.ONLY_FULL);
        return new Results(plan, counters, 1, counters.full, 0, 0, "");
    }

    @Test
    void tellsWhenTwoClientsHoldOneAddress() throws IOException {
        server.givesOneAddressToAll = true;
        Counters counters = run(closed(100, 8, Mix.ONLY_FULL), null);
        assertThat(counters.heldTwice).isPositive();
        assertThat(alarms).isNotEmpty();
        assertThat(alarms.getFirst())
                .isEqualTo(
                        "10.1.0.0 was given to 02:4c:00:00:00:01 while 02:4c:00:00:00:00 holds it");
    }

    @Test
    void anAddressWhoseLeaseHasEndedMayGoToAnother() throws IOException {
        server.givesOneAddressToAll = true;
        server.leaseSeconds = 1;
        // Each exchange begins two seconds after the one before.
        Plan slow = new Plan(10, 0, 0, 0.5, Mix.ONLY_FULL, seconds(30), 0, seconds(1), 0, 1);
        Counters counters = run(slow, null);
        assertThat(counters.full).isGreaterThan(10);
        assertThat(counters.heldTwice).isZero();
    }

    @Test
    void anAddressThatWasReleasedMayGoToAnother() throws IOException {
        server.givesOneAddressToAll = true;
        // Releases outnumber exchanges, so hardly anyone finds the address taken; one client alone
        // never does.
        Counters counters = run(closed(1, 1, new Mix(1, 0, 9, 0)), null);
        assertThat(counters.releases).isPositive();
        assertThat(counters.heldTwice).isZero();
    }

    @Test
    void asksAgainThenGivesUp() throws IOException {
        server.silent = true;
        Counters counters = run(closed(4, 4, Mix.ONLY_FULL), null);
        assertThat(counters.full).isZero();
        assertThat(counters.lost).isPositive();
        assertThat(results(counters).unanswered()).isTrue();
        // Two retries each, but for those that were cut off by the end of the run.
        assertThat(counters.retransmits).isBetween(counters.lost * 2, counters.lost * 2 + 8);
    }

    @Test
    void goesOnWhenMessagesAreLost() throws IOException {
        server.dropsEach = 7;
        Counters counters = run(closed(50, 8, Mix.ONLY_FULL), null);
        assertThat(counters.retransmits).isPositive();
        assertThat(counters.full).isGreaterThan(50);
        assertThat(counters.heldTwice).isZero();
    }

    @Test
    void countsRefusals() throws IOException {
        server.refuses = true;
        Counters counters = run(closed(10, 2, Mix.ONLY_FULL), null);
        assertThat(counters.naks).isPositive();
        assertThat(counters.full).isZero();
    }

    @Test
    void keepsToTheMix() throws IOException {
        Counters counters = run(closed(1000, 8, new Mix(50, 40, 10, 0)), null);
        double all = counters.full + counters.renewals + counters.releases;
        assertThat(counters.renewals / all).isBetween(0.3, 0.5);
        assertThat(counters.releases / all).isBetween(0.05, 0.15);
        assertThat(counters.heldTwice + counters.lost).isZero();
    }

    @Test
    void takesUpNoOfferOfAPair() throws IOException {
        Counters counters = run(closed(50, 8, Mix.parse("discover=100")), null);
        assertThat(counters.pairs).isGreaterThan(50);
        assertThat(counters.offer.count()).isEqualTo(counters.pairs);
        assertThat(counters.full + counters.firstLeases + counters.lost).isZero();
        assertThat(server.received).containsOnlyKeys(1);
    }

    @Test
    void mixesPairsWithWholeExchanges() throws IOException {
        Counters counters = run(closed(1000, 8, new Mix(30, 20, 0, 50)), null);
        double all = counters.full + counters.renewals + counters.pairs;
        assertThat(counters.pairs / all).isBetween(0.4, 0.6);
        assertThat(counters.renewals / all).isBetween(0.1, 0.3);
    }

    @Test
    void beginsAsManyAsTheRateSays() throws IOException {
        Plan open = new Plan(100, 0, 0, 1000, Mix.ONLY_FULL, seconds(2), 0, seconds(1), 0, 1);
        Counters counters = run(open, null);
        assertThat(counters.started).isBetween(1990L, 2010L);
        assertThat(counters.missedStarts).isZero();
    }

    @Test
    void whatTheGeneratorItselfTakesIsNotTheServers() throws IOException {
        server.readLateNanos = 5_000_000;
        Plan open = new Plan(1000, 0, 0, 1000, Mix.ONLY_FULL, seconds(2), 0, seconds(1), 0, 1);
        Counters counters = run(open, null);
        assertThat(counters.full).isGreaterThan(1000);
        assertThat(counters.exchange.maxNanos()).isLessThan(5_000_000);
        assertThat(counters.late.maxNanos()).isGreaterThan(1_000_000);
    }

    @Test
    void doesNotCountTheWarmUp() throws IOException {
        Plan plan =
                new Plan(100, 0, 0, 100, Mix.ONLY_FULL, seconds(1), seconds(3), seconds(1), 0, 1);
        Counters counters = run(plan, null);
        assertThat(counters.started).isBetween(99L, 102L);
        assertThat(server.received.get(1)).isGreaterThan(390);
    }

    @Test
    void logsWhatEachClientWasGiven(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("holds");
        try (HoldLog log = HoldLog.append(file)) {
            run(closed(3, 1, new Mix(3, 0, 1, 0)), log);
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).isEqualTo("ack 02:4c:00:00:00:00 10.1.0.0 1003599");
        assertThat(lines)
                .anyMatch(line -> line.matches("release 02:4c:\\S+ 10\\.1\\.0\\.\\d 1000000"));
    }

    private Counters run(Plan plan, @Nullable HoldLog log) throws IOException {
        ClientMessages messages = new ClientMessages(plan.startClient(), true, 0);
        Generator generator =
                new Generator(plan, messages, server, server::nanoTime, CLOCK, log, alarms::add);
        generator.run();
        return generator.measured();
    }

    private static Plan closed(int clients, int inFlight, Mix mix) {
        return new Plan(clients, 0, inFlight, 0, mix, 100_000_000, 0, 1_000_000, 2, 1);
    }

    private static long seconds(int seconds) {
        return seconds * 1_000_000_000L;
    }
}
