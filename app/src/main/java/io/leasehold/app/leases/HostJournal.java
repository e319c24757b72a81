package io.leasehold.app.leases;

import io.leasehold.lease.ClockMark;
import io.leasehold.lease.Journal;
import io.leasehold.lease.JournalOptions;
import io.leasehold.link.LinkClock;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.service.ServiceClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A journal that knows how this host's clock stands. Whoever changes leases needs it: without it
 * those of now would be taken to be of the time before the clock was set.
 */
public final class HostJournal {
    private HostJournal() {}

    /** Takes the journal in a directory, by this host's clocks. */
    public static Journal open(Path data) throws IOException {
        return open(data, ServiceClock.ofHost(), new LinkClock().bootId());
    }

    /**
     * Takes the journal in a directory.
     *
     * @param bootId what tells this boot of the host from others, as the kernel writes it
     */
    public static Journal open(Path data, ServiceClock clock, String bootId) throws IOException {
        ClockMark mark =
                new ClockMark(
                        Octets.parseHex(bootId.replace("-", "")),
                        clock.wallMillis() - clock.bootMillis());
        return Journal.open(
                data,
                JournalOptions.of(
                                () -> Instant.ofEpochMilli(clock.wallMillis()), new SecureRandom())
                        .withClockMark(mark));
    }
}
