package io.leasehold.relay;

/** A server, and whether it answers. */
final class ServerHealth {
    final RelayServer server;

    /** Its name where it is a canary, else "". */
    final String canary;

    final long hash;

    /** Its own, and never 0. */
    final int number;

    boolean silent;

    /** How many requests it got since its last answer, and when the first of them was. */
    private int waiting;

    private long waitingSinceMillis;
    private long probeMillis;

    ServerHealth(RelayServer server, Balance balance) {
        this.server = server;
        this.canary = isCanary(server.name(), balance) ? server.name() : "";
        this.hash = ClientHash.mix((long) server.address().bits() << 16 | server.port());
        this.number = (int) hash | 1;
    }

    private static boolean isCanary(String name, Balance balance) {
        for (Balance.Canary canary : balance.canaries()) {
            if (canary.server().equals(name)) {
                return true;
            }
        }
        return false;
    }

    void continueFrom(ServerHealth old) {
        silent = old.silent;
        waiting = old.waiting;
        waitingSinceMillis = old.waitingSinceMillis;
        probeMillis = old.probeMillis;
    }

    /** It gets a request that wants an answer. */
    void asked(long nowMillis) {
        if (waiting == 0) {
            waitingSinceMillis = nowMillis;
        }
        if (waiting < Servers.SILENT_REQUESTS) {
            waiting++;
        }
    }

    /** True when it is found silent just now. */
    boolean falls(long nowMillis) {
        boolean falls =
                !silent
                        && waiting >= Servers.SILENT_REQUESTS
                        && nowMillis - waitingSinceMillis >= Servers.SILENT_MILLIS;
        if (falls) {
            silent = true;
            probeMillis = nowMillis + Servers.PROBE_MILLIS;
        }
        return falls;
    }

    /** True when it is time to give a silent server one more request. */
    boolean isToBeProbed(long nowMillis) {
        boolean now = nowMillis >= probeMillis;
        if (now) {
            probeMillis = nowMillis + Servers.PROBE_MILLIS;
        }
        return now;
    }

    /** True when it was silent before. */
    boolean answers() {
        boolean back = silent;
        silent = false;
        waiting = 0;
        return back;
    }
}
