package io.leasehold.app.relay;

import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.config.ServerName;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.relay.Relay;
import io.leasehold.relay.RelayConfig;
import io.leasehold.relay.RelayServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One relay of this process: its rules, and its servers with their names kept resolved. */
final class RelayUnit implements AutoCloseable {
    private final RelaySetup setup;
    private final RelayWatch watch;
    private final Relay relay;
    private final Map<String, NameResolver> resolvers = new HashMap<>();
    private volatile List<RelayServer> servers = List.of();

    /**
     * @param before a relay that this one takes the place of; null when there is none
     * @param onAddresses called on any thread when a server has other addresses
     */
    RelayUnit(
            RelaySetup setup,
            @Nullable RelayUnit before,
            RelayCounters counters,
            RelayLog log,
            NameResolver.Lookup lookup,
            Runnable onAddresses) {
        this.setup = setup;
        this.watch = new RelayWatch(counters, log, System::nanoTime, this::resolveAgain);
        this.relay = new Relay(setup.rules(), watch);
        NameResolver.Listener listener = new Told(log, onAddresses);
        for (ServerName each : setup.servers()) {
            if (each.address() == null) {
                resolvers.computeIfAbsent(
                        each.host(),
                        name ->
                                new NameResolver(
                                        name,
                                        before == null ? List.of() : before.addressesOf(name),
                                        setup.resolveSeconds(),
                                        lookup,
                                        listener));
            }
        }
    }

    private record Told(RelayLog log, Runnable onAddresses) implements NameResolver.Listener {
        @Override
        public void resolved(String name, List<Ip4Address> addresses) {
            log.resolved(name, addresses);
            onAddresses.run();
        }

        @Override
        public void unresolved(String name, List<Ip4Address> before, String why) {
            log.unresolved(name, before, why);
        }
    }

    private List<Ip4Address> addressesOf(String name) {
        NameResolver resolver = resolvers.get(name);
        return resolver == null ? List.of() : resolver.addresses();
    }

    /** Whether what this relay knows of names is of use to another. */
    boolean namesOverlap(RelaySetup other) {
        return other.servers().stream().anyMatch(each -> resolvers.containsKey(each.host()));
    }

    RelaySetup setup() {
        return setup;
    }

    RelayConfig rules() {
        return setup.rules();
    }

    RelayWatch watch() {
        return watch;
    }

    Relay relay() {
        return relay;
    }

    /** The servers that there are now, one for each address. From any thread. */
    List<RelayServer> servers() {
        return servers;
    }

    /** Begins to resolve the names of servers. */
    void startResolving() {
        resolvers.values().forEach(NameResolver::start);
    }

    /** Why no request could go anywhere; null when one could. From any thread. */
    @Nullable String unreachable() {
        if (!rules().broadcastInterfaces().isEmpty()) {
            return null;
        }
        String why = null;
        for (ServerName each : setup.servers()) {
            NameResolver resolver = resolvers.get(each.host());
            if (resolver == null || !resolver.addresses().isEmpty()) {
                return null;
            }
            if (why == null) {
                why = "server " + each.host() + " cannot be resolved: " + resolver.lastFailure();
            }
        }
        return why == null ? "there is no server" : why;
    }

    /** True when every name was looked up at least once. */
    boolean hasLookedUp() {
        return resolvers.values().stream().allMatch(NameResolver::hasLooked);
    }

    /** Uses the addresses that the names have now; on the loop's thread. */
    void useAddresses() {
        List<RelayServer> now = new ArrayList<>();
        for (ServerName each : setup.servers()) {
            int port = each.port() == 0 ? rules().serverPort() : each.port();
            Ip4Address given = each.address();
            NameResolver resolver = resolvers.get(each.host());
            List<Ip4Address> addresses =
                    given != null
                            ? List.of(given)
                            : resolver == null ? List.of() : resolver.addresses();
            for (Ip4Address address : addresses) {
                add(now, new RelayServer(each.toString(), address, port));
            }
        }
        if (!now.equals(servers)) {
            servers = List.copyOf(now);
            relay.servers(servers);
            watch.serversChanged();
        }
    }

    /** Two names may lead to one server, which is to get each request once. */
    private static void add(List<RelayServer> servers, RelayServer server) {
        boolean there =
                servers.stream()
                        .anyMatch(
                                each ->
                                        each.address().equals(server.address())
                                                && each.port() == server.port());
        if (!there) {
            servers.add(server);
        }
    }

    private void resolveAgain(RelayServer silent) {
        for (ServerName each : setup.servers()) {
            NameResolver resolver = resolvers.get(each.host());
            if (resolver != null && each.toString().equals(silent.name())) {
                resolver.resolveNow();
            }
        }
    }

    @Override
    public void close() {
        resolvers.values().forEach(NameResolver::close);
    }
}
