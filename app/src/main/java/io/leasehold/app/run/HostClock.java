package io.leasehold.app.run;

import io.leasehold.link.LinkClock;
import io.leasehold.service.ServiceClock;

/**
 * The clocks of this host.
 *
 * @param clock where they are read
 */
public record HostClock(LinkClock clock) implements ServiceClock {
    @Override
    public long bootMillis() {
        return clock.bootMillis();
    }

    @Override
    public long wallMillis() {
        return clock.wallMillis();
    }

    /** A clock for what is logged often: it costs no system call. */
    public static long runningMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
