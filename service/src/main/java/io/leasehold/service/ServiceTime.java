package io.leasehold.service;

/**
 * The time that leases are counted in: milliseconds since 1970, running with the host's boot clock,
 * so that a clock that is set while we run makes no lease longer or shorter. {@link #correct} then
 * follows the new setting in one step, and the caller moves the leases by the same.
 */
public final class ServiceTime {
    /** Drift that is not a step: NTP slews a clock by less than this between two looks. */
    private static final long STEP_MILLIS_MIN = 2_000;

    private final ServiceClock clock;
    private long offsetMillis;

    /**
     * @param notBeforeMillis the time of the last record: the service's time does not go back
     *     behind it
     */
    public ServiceTime(ServiceClock clock, long notBeforeMillis) {
        this.clock = clock;
        this.offsetMillis = Math.max(clock.wallMillis(), notBeforeMillis) - clock.bootMillis();
    }

    /** The time, in milliseconds since 1970. */
    public long nowMillis() {
        return clock.bootMillis() + offsetMillis;
    }

    /**
     * Follows the host's clock when it was set.
     *
     * @return by how many whole seconds all leases must move; 0 when the clock was not set
     */
    public long correct() {
        long stepSeconds = Math.round((clock.wallMillis() - nowMillis()) / 1000.0);
        if (Math.abs(stepSeconds) * 1000 < STEP_MILLIS_MIN) {
            return 0;
        }
        offsetMillis += stepSeconds * 1000;
        return stepSeconds;
    }
}
