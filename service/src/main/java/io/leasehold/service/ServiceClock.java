package io.leasehold.service;

/** The two clocks of a host. */
public interface ServiceClock {
    /** Milliseconds since the host began, sleep included; never set, never goes back. */
    long bootMillis();

    /** Milliseconds since 1970 as the host believes; can be set at any time. */
    long wallMillis();
}
