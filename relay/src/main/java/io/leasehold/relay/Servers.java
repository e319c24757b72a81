package io.leasehold.relay;

import io.leasehold.protocol.role.Arrival;
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
    private static final int ANY = 0;

    private final Balance balance;
    private final RelayEvents events;

    /** Null where clients tell by themselves which server gave them their address. */
    private final @Nullable Grants grants;

    private ServerHealth[] servers = {};

    /** The places of the servers that get the request at hand. */
    private int[] targets = {};

    private int count;

    Servers(RelayConfig config, RelayEvents events) {
        this.balance = config.balance();
        this.events = events;
        this.grants = config.agentInformation().serverIdOverride() ? new Grants() : null;
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

    /**
     * The server with an address; of several there the one of the port, or else the first. Null
     * when none has the address.
     */
    @Nullable RelayServer find(int address, int port) {
        RelayServer found = null;
        for (int at = 0; at < servers.length; at++) {
            RelayServer server = servers[at].server;
            if (server.address().bits() == address) {
                if (server.port() == port) {
                    return server;
                }
                found = found == null ? server : found;
            }
        }
        return found;
    }

    /**
     * Chooses the servers of a request.
     *
     * @return how many there are; {@link #target} has them
     */
    int choose(Arrival arrival, Circuit circuit) {
        count = 0;
        Message message = arrival.message();
        int chosen = giver(arrival, circuit);
        if (!balance.on()) {
            for (int at = 0; at < servers.length; at++) {
                if (chosen < 0 || chosen == at) {
                    targets[count++] = at;
                }
            }
            return count;
        }
        long client = ClientHash.of(message);
        if (chosen < 0) {
            chosen = named(AddressOption.of(message, OptionCode.SERVER_ID), client);
        }
        if (chosen >= 0) {
            // It was chosen by the client, and no other has a use for the message.
            targets[count++] = chosen;
        } else {
            chooseForClient(arrival, client);
        }
        for (int i = 0; i < count; i++) {
            ServerHealth one = servers[targets[i]];
            if (Relay.expectsAnswer(message, circuit.attached, one.server)) {
                one.asked(arrival.nowMillis());
            }
        }
        return count;
    }

    RelayServer target(int at) {
        return servers[targets[at]].server;
    }

    /** The server that gave the address which a message for this relay as a server is about. */
    private int giver(Arrival arrival, Circuit circuit) {
        Message message = arrival.message();
        if (grants == null
                || !circuit.has(arrival.destination().bits())
                        && !circuit.has(AddressOption.of(message, OptionCode.SERVER_ID))) {
            return NOBODY;
        }
        int number = grants.serverOf(message);
        for (int at = 0; at < servers.length; at++) {
            if (servers[at].number == number) {
                return at;
            }
        }
        return NOBODY;
    }

    /** A reply goes on to its client, which may from now on ask this relay for more. */
    void gave(Arrival arrival, RelayServer server) {
        if (grants == null) {
            return;
        }
        for (ServerHealth one : servers) {
            if (one.server.equals(server)) {
                grants.given(arrival.message(), one.number, arrival.nowMillis());
            }
        }
    }

    /** The server with an address; of several there, the one that got the client's DISCOVER. */
    private int named(int address, long client) {
        if (address == ANY) {
            return NOBODY;
        }
        int own = best(client, canaryOf(client), true, address);
        own = own < 0 ? best(client, null, true, address) : own;
        return own < 0 ? best(client, null, false, address) : own;
    }

    private void chooseForClient(Arrival arrival, long client) {
        long nowMillis = arrival.nowMillis();
        for (ServerHealth one : servers) {
            if (one.falls(nowMillis)) {
                events.serverSilent(one.server, nowMillis);
            }
        }
        String canary = canaryOf(client);
        int own = best(client, canary, false, ANY);
        own = own < 0 ? best(client, null, false, ANY) : own;
        if (own < 0) {
            return;
        }
        if (!servers[own].silent) {
            targets[count++] = own;
            return;
        }
        int next = best(client, canary, true, ANY);
        next = next < 0 ? best(client, null, true, ANY) : next;
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
     * @param address where it has to be; 0 for anywhere
     * @return its place; -1 when there is none
     */
    private int best(long client, @Nullable String canary, boolean answering, int address) {
        int best = NOBODY;
        long bestScore = 0;
        for (int at = 0; at < servers.length; at++) {
            ServerHealth one = servers[at];
            boolean meant = canary == null || one.canary.equals(canary);
            boolean there = address == ANY || one.server.address().bits() == address;
            if (!meant || !there || answering && one.silent) {
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
        int port = arrival.sourcePort();
        int address = arrival.source().bits();
        RelayServer from = find(address, port);
        if (from == null) {
            address = AddressOption.of(arrival.message(), OptionCode.SERVER_ID);
            from = find(address, port);
        }
        // Where the port is none of theirs, each server of the address may have answered.
        boolean exact = from != null && from.port() == port;
        for (ServerHealth one : servers) {
            RelayServer server = one.server;
            boolean meant = server.address().bits() == address;
            if (meant && (!exact || server.port() == port) && one.answers()) {
                events.serverBack(server, arrival.nowMillis());
            }
        }
    }
}
