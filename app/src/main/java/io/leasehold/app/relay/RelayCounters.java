package io.leasehold.app.relay;

import io.leasehold.app.run.Counters;
import io.leasehold.relay.RelayDropReason;
import io.leasehold.relay.RelayIncident;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the relays of a process have counted. One thread counts, that of the loop; any may read.
 * What an interface or a server counted stays when it goes, and goes on when it comes back.
 */
public final class RelayCounters {
    /** Servers that were counted at some time; names in a cloud resolve to ever new addresses. */
    private static final int SERVERS_MAX = 1024;

    private final Map<String, OfInterface> interfaces = new ConcurrentHashMap<>();
    private final Map<RelayServer, OfServer> servers = new ConcurrentHashMap<>();
    private final EnumMap<RelayIncident, LongAdder> incidents = new EnumMap<>(RelayIncident.class);
    private final Counters others = new Counters();
    private final LatencyBuckets latency = new LatencyBuckets();
    private final OfInterface unknownInterface = new OfInterface();
    private final OfServer furtherServers = new OfServer();

    private final IdentityHashMap<RelayServer, OfServer> serversKnown = new IdentityHashMap<>();
    private int[] indexes = {};
    private OfInterface[] byIndex = {};

    RelayCounters() {
        for (RelayIncident incident : RelayIncident.values()) {
            incidents.put(incident, new LongAdder());
        }
    }

    /** The counters of one interface. */
    static final class OfInterface {
        final LongAdder received = new LongAdder();
        final LongAdder relayed = new LongAdder();
        final LongAdder answered = new LongAdder();
        private final EnumMap<RelayDropReason, LongAdder> dropped =
                new EnumMap<>(RelayDropReason.class);

        OfInterface() {
            for (RelayDropReason reason : RelayDropReason.values()) {
                dropped.put(reason, new LongAdder());
            }
        }

        LongAdder dropped(RelayDropReason reason) {
            return Objects.requireNonNull(dropped.get(reason));
        }
    }

    /** The counters of one server. */
    static final class OfServer {
        final LongAdder relayed = new LongAdder();
        final LongAdder answered = new LongAdder();
    }

    /**
     * What one interface counted.
     *
     * @param received messages that came in by it, of clients and of servers
     * @param relayed requests of its clients that were passed on
     * @param answered replies that went out to its clients
     * @param dropped messages that came in by it and were not passed on, by {@link
     *     RelayDropReason#label}; those that never were are left out
     */
    public record InterfaceCounts(
            String name, long received, long relayed, long answered, Map<String, Long> dropped) {}

    /**
     * What one server counted.
     *
     * @param relayed requests that were passed on to it
     * @param answered its replies that were passed on
     */
    public record ServerCounts(RelayServer server, long relayed, long answered) {}

    /** Tells which interfaces there are now; on the loop's thread. */
    void interfaces(List<RelayInterface> now) {
        indexes = new int[now.size()];
        byIndex = new OfInterface[now.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = now.get(i).index();
            byIndex[i] = interfaces.computeIfAbsent(now.get(i).name(), any -> new OfInterface());
        }
    }

    /** Tells that there may be other servers now; on the loop's thread. */
    void serversChanged() {
        serversKnown.clear();
    }

    OfInterface of(int interfaceIndex) {
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] == interfaceIndex) {
                return byIndex[i];
            }
        }
        return unknownInterface;
    }

    OfServer of(RelayServer server) {
        OfServer known = serversKnown.get(server);
        if (known == null) {
            known =
                    servers.size() < SERVERS_MAX
                            ? servers.computeIfAbsent(server, any -> new OfServer())
                            : servers.getOrDefault(server, furtherServers);
            serversKnown.put(server, known);
        }
        return known;
    }

    void noted(RelayIncident incident) {
        LongAdder count = incidents.get(incident);
        if (count != null) {
            count.increment();
        }
    }

    /** What the loop itself counts: messages that are none, and its faults. */
    Counters loop() {
        return others;
    }

    /** Of each interface that there was at some time, by name. */
    public List<InterfaceCounts> interfaces() {
        List<InterfaceCounts> all = new ArrayList<>();
        interfaces.forEach((name, one) -> all.add(counts(name, one)));
        all.sort(Comparator.comparing(InterfaceCounts::name));
        return all;
    }

    private static InterfaceCounts counts(String name, OfInterface one) {
        Map<String, Long> dropped = new TreeMap<>();
        for (RelayDropReason reason : RelayDropReason.values()) {
            long count = one.dropped(reason).sum();
            if (count != 0) {
                dropped.put(reason.label(), count);
            }
        }
        return new InterfaceCounts(
                name, one.received.sum(), one.relayed.sum(), one.answered.sum(), dropped);
    }

    /** Of each server that there was at some time, by name and address. */
    public List<ServerCounts> servers() {
        List<ServerCounts> all = new ArrayList<>();
        servers.forEach(
                (server, one) ->
                        all.add(new ServerCounts(server, one.relayed.sum(), one.answered.sum())));
        all.sort(
                Comparator.comparing((ServerCounts each) -> each.server().name())
                        .thenComparing(each -> each.server().address()));
        return all;
    }

    /** How often each incident was noted, by {@link RelayIncident#label}. */
    public Map<String, Long> incidents() {
        Map<String, Long> all = new TreeMap<>();
        incidents.forEach((incident, count) -> all.put(incident.label(), count.sum()));
        return all;
    }

    /** Messages that were none ({@code malformed-…}), shed DISCOVERs, faults; by name. */
    public Map<String, Long> others() {
        return others.snapshot();
    }

    /** From a request that was passed on to the first answer to it. */
    public LatencyBuckets latency() {
        return latency;
    }
}
