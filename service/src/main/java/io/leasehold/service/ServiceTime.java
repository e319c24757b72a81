package io.leasehold.service;

/**
 * The time that leases are counted in: milliseconds since 1970, running with the host's boot clock,
 * so that a clock that is set while we run makes no lease longer or shorter. {@link #stepSeconds}
 * tells when it was set; {@link #move} then follows, and the caller moves the leases by the same.
 */
public final class ServiceTime {
    /** Drift that is not a step: NTP slews a clock by less than this between two looks. */
    private static final long STEP_MILLIS_MIN = 2_000;

    private final ServiceClock clock;
    private long offsetMillis;

    /** Until the host's clock has come here it is known to be wrong, and not followed. */
    private long notBeforeMillis;

    /**
     * @param notBeforeMillis the time of the last record: the service's time does not go back
     *     behind it
     */
    public ServiceTime(ServiceClock clock, long notBeforeMillis) {
        this.clock = clock;
        this.notBeforeMillis = notBeforeMillis;
        this.offsetMillis = Math.max(clock.wallMillis(), notBeforeMillis) - clock.bootMillis();
    }

    /** The time, in milliseconds since 1970. */
    public long nowMillis() {
        return clock.bootMillis() + offsetMillis;
    }

    /** Milliseconds since the host's start: what nobody sets. */
    long bootMillis() {
        return clock.bootMillis();
    }

    /**
     * By how many whole seconds the host's clock was set since it was last followed; 0 when it was
     * not. Changes nothing.
     */
    public long stepSeconds() {
        long wallMillis = clock.wallMillis();
        if (wallMillis < notBeforeMillis) {
            return 0;
        }
        notBeforeMillis = Long.MIN_VALUE;
        long stepSeconds = Math.round((wallMillis - nowMillis()) / 1000.0);
        return Math.abs(stepSeconds) * 1000 < STEP_MILLIS_MIN ? 0 : stepSeconds;
    }

    /** Moves the time. What was counted in it has to move by the same. */
    void move(long seconds) {
        offsetMillis += seconds * 1000;
    }
}
