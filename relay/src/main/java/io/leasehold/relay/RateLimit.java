package io.leasehold.relay;

/**
 * How many requests may pass.
 *
 * @param requestsPerSecond on average, 1 to {@link #REQUESTS_PER_SECOND_MAX}; 0 for no limit
 * @param burstRequests how many may come at once, 1 to {@link #BURST_REQUESTS_MAX}
 */
public record RateLimit(int requestsPerSecond, int burstRequests) {
    public static final int REQUESTS_PER_SECOND_MAX = 1_000_000;
    public static final int BURST_REQUESTS_MAX = 1_000_000;

    /** Everything may pass. */
    public static final RateLimit OFF = new RateLimit(0, 1);

    public RateLimit {
        Bounds.requireWithin(requestsPerSecond, 0, REQUESTS_PER_SECOND_MAX, "requests a second");
        Bounds.requireWithin(burstRequests, 1, BURST_REQUESTS_MAX, "requests at once");
    }

    public boolean isOff() {
        return requestsPerSecond == 0;
    }
}
