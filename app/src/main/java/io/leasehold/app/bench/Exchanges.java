package io.leasehold.app.bench;

/** Where each client stands in its exchange: arrays, since there may be millions of them. */
final class Exchanges {
    static final byte IDLE = 0;
    static final byte SELECTING = 1;
    static final byte REQUESTING = 2;
    static final byte RENEWING = 3;

    /** Waits for an OFFER that it will not take up. */
    static final byte ASKING = 4;

    private static final int CLIENT_BITS = 24;
    private static final int CLIENT_MASK = (1 << CLIENT_BITS) - 1;

    final byte[] phase;
    final byte[] tries;
    final boolean[] hadLease;
    // When the exchange and its present step began, and how long it has waited for the server.
    private final long[] beganNanos;
    private final long[] stepNanos;
    private final long[] waitedNanos;
    final int[] offered;
    final int[] offeredBy;
    private final byte[] generation;
    private int next;
    private int active;

    Exchanges(int clients) {
        phase = new byte[clients];
        tries = new byte[clients];
        hadLease = new boolean[clients];
        beganNanos = new long[clients];
        stepNanos = new long[clients];
        waitedNanos = new long[clients];
        offered = new int[clients];
        offeredBy = new int[clients];
        generation = new byte[clients];
    }

    /** The next client in turn that is not busy; {@link AddressMap#NOBODY} when all are. */
    int nextIdle() {
        if (active >= phase.length) {
            return AddressMap.NOBODY;
        }
        while (phase[next] != IDLE) {
            next = next + 1 == phase.length ? 0 : next + 1;
        }
        int client = next;
        next = next + 1 == phase.length ? 0 : next + 1;
        return client;
    }

    void begin(int client, byte firstPhase, long nowNanos) {
        phase[client] = firstPhase;
        tries[client] = 0;
        generation[client]++;
        beganNanos[client] = nowNanos;
        stepNanos[client] = nowNanos;
        waitedNanos[client] = 0;
        active++;
    }

    void step(int client, byte nextPhase, long nowNanos) {
        phase[client] = nextPhase;
        tries[client] = 0;
        stepNanos[client] = nowNanos;
    }

    /**
     * Counts an answer.
     *
     * @return how long it took since the present step began
     */
    long answered(int client, long arrivedNanos) {
        long took = Math.max(0, arrivedNanos - stepNanos[client]);
        waitedNanos[client] += took;
        return took;
    }

    /** How long the client has waited for answers in this exchange. */
    long waited(int client) {
        return waitedNanos[client];
    }

    /** When the present step began. */
    long stepNanos(int client) {
        return stepNanos[client];
    }

    void end(int client) {
        phase[client] = IDLE;
        active--;
    }

    /** How many exchanges are going on. */
    int active() {
        return active;
    }

    /** The transaction id of a client's exchange: its number, and which of its exchanges it is. */
    int xid(int client) {
        return generation[client] << CLIENT_BITS | client;
    }

    /**
     * The client whose exchange goes on under a transaction id; {@link AddressMap#NOBODY} when
     * there is no such exchange, or no longer.
     */
    int clientOf(int xid) {
        int client = xid & CLIENT_MASK;
        boolean current = client < phase.length && phase[client] != IDLE && xid(client) == xid;
        return current ? client : AddressMap.NOBODY;
    }

    /** What secs of a message says now (RFC 2131 §2). */
    int secs(int client, long nowNanos) {
        return (int) Math.min(0xffff, Math.max(0, (nowNanos - beganNanos[client]) / 1_000_000_000));
    }
}
