package io.leasehold.app.bench;

/**
 * What a run does.
 *
 * @param clients how many clients there are, 1 to {@link #CLIENTS_MAX}
 * @param startClient the number of the first
 * @param inFlight how many exchanges are kept going (closed loop); 0 for an open loop
 * @param rate exchanges begun each second (open loop); 0 for a closed loop
 * @param mix what clients do
 * @param measureNanos how long to measure
 * @param warmupNanos how long to run before that
 * @param timeoutNanos how long a client waits for an answer
 * @param retries how often it then asks again before it gives up
 * @param seed of the choice of clients
 */
public record Plan(
        int clients,
        long startClient,
        int inFlight,
        double rate,
        Mix mix,
        long measureNanos,
        long warmupNanos,
        long timeoutNanos,
        int retries,
        long seed) {
    /** A client's number goes into the low 24 bits of its xids. */
    public static final int CLIENTS_MAX = 1 << 24;

    public boolean openLoop() {
        return inFlight == 0;
    }
}
