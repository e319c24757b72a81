package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.OptionCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The servers that there are now, and which of them get a request. */
final class Servers {
    /** Who has left as many requests and as much time pass without any answer is silent. */
    static final int SILENT_REQUESTS = 3;

    static final int SILENT_MILLIS = 3_000;

    /** A silent server gets a request besides this often, to hear whether it answers again. */
    static final int PROBE_MILLIS = 5_000;

    private static final int NOBODY = -1;

    private final Balance balance;
    private final RelayEvents events;
    private ServerHealth[] servers = {};

    /** The places of the servers that get the request at hand. */
    private int[] targets = {};

    private int count;

    Servers(Balance balance, RelayEvents events) {
        this.balance = balance;
        this.events = events;
    }

    /** What is known of a server that stays is kept. */
    void replace(List<RelayServer> now) {
        ServerHealth[] next = new ServerHealth[now.size()];
        for (int i = 0; i < next.length; i++) {
            RelayServer server = now.get(i);
            next[i] = new ServerHealth(server, balance);
            for (ServerHealth old : servers) {
                if (old.server.equals(server)) {
                    next[i].continueFrom(old);
                }
            }
        }
        servers = next;
        targets = new int[next.length];
    }

    int size() {
        return servers.length;
    }

    /** The first server with an address; null when none has it. */
    @Nullable RelayServer find(int address) {
        int at = placeOf(address);
        return at < 0 ? null : servers[at].server;
    }

    private int placeOf(int address) {
        for (int at = 0; at < servers.length; at++) {
            if (servers[at].server.address().bits() == address) {
                return at;
            }
        }
        return NOBODY;
    }

    /**
     * Chooses the servers of a request.
     *
     * @return how many there are; {@link #target} has them
     */
    int choose(Arrival arrival) {
        count = 0;
        if (!balance.on()) {
            for (int at = 0; at < servers.length; at++) {
                targets[count++] = at;
            }
            return count;
        }
        Message message = arrival.message();
        int named = message.has(OptionCode.SERVER_ID) ? placeOf(serverId(message)) : NOBODY;
        if (named >= 0) {
            // It was chosen by the client, and no other has a use for the message.
            targets[count++] = named;
        } else {
            chooseForClient(arrival, ClientHash.of(message));
        }
        if (Relay.expectsAnswer(message)) {
            for (int i = 0; i < count; i++) {
                servers[targets[i]].asked(arrival.nowMillis());
            }
        }
        return count;
    }

    RelayServer target(int at) {
        return servers[targets[at]].server;
    }

    private void chooseForClient(Arrival arrival, long client) {
        long nowMillis = arrival.nowMillis();
        for (ServerHealth one : servers) {
            if (one.falls(nowMillis)) {
                events.serverSilent(one.server, nowMillis);
            }
        }
        String canary = canaryOf(client);
        int own = best(client, canary, false);
        own = own < 0 ? best(client, null, false) : own;
        if (own < 0) {
            return;
        }
        if (!servers[own].silent) {
            targets[count++] = own;
            return;
        }
        int next = best(client, canary, true);
        next = next < 0 ? best(client, null, true) : next;
        if (next < 0) {
            // Whoever wakes up first is to have it.
            for (int at = 0; at < servers.length; at++) {
                targets[count++] = at;
            }
            return;
        }
        targets[count++] = next;
        events.noted(arrival, RelayIncident.FAILED_OVER);
        if (servers[own].isToBeProbed(nowMillis)) {
            targets[count++] = own;
        }
    }

    /** The canary of a client; "" when it has none. */
    private String canaryOf(long client) {
        int percentile = (int) Long.remainderUnsigned(ClientHash.mix(client), 100);
        int from = 0;
        List<Balance.Canary> canaries = balance.canaries();
        for (int i = 0; i < canaries.size(); i++) {
            from += canaries.get(i).percent();
            if (percentile < from) {
                return canaries.get(i).server();
            }
        }
        return "";
    }

    /**
     * The server that a client's hash likes best: when one goes, only its own clients move.
     *
     * @param canary the name of a canary; "" for those that are none; null for all
     * @return its place; -1 when there is none
     */
    private int best(long client, @Nullable String canary, boolean answering) {
        int best = NOBODY;
        long bestScore = 0;
        for (int at = 0; at < servers.length; at++) {
            ServerHealth one = servers[at];
            boolean meant = canary == null || one.canary.equals(canary);
            if (!meant || answering && one.silent) {
                continue;
            }
            long score = ClientHash.mix(client ^ one.hash);
            if (best < 0 || score > bestScore) {
                best = at;
                bestScore = score;
            }
        }
        return best;
    }

    /** A reply came: its server answers. */
    void answered(Arrival arrival) {
        if (!balance.on()) {
            return;
        }
        int at = placeOf(arrival.source().bits());
        if (at < 0) {
            at = placeOf(serverId(arrival.message()));
        }
        if (at >= 0 && servers[at].answers()) {
            events.serverBack(servers[at].server, arrival.nowMillis());
        }
    }

    private static int serverId(Message message) {
        byte[] id = message.raw(OptionCode.SERVER_ID);
        return id != null && id.length == 4 ? new Cursor(id).u32() : 0;
    }
}
