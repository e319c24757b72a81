package io.leasehold.service;

import io.leasehold.link.LinkClock;

/** The two clocks of a host. */
public interface ServiceClock {
    /** Milliseconds since the host began, sleep included; never set, never goes back. */
    long bootMillis();

    /** Milliseconds since 1970 as the host believes; can be set at any time. */
    long wallMillis();

    /** The clocks of this host. */
    static ServiceClock ofHost() {
        LinkClock clock = new LinkClock();
        return new ServiceClock() {
            @Override
            public long bootMillis() {
                return clock.bootMillis();
            }

            @Override
            public long wallMillis() {
                return clock.wallMillis();
            }
        };
    }
}
