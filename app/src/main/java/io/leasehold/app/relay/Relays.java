package io.leasehold.app.relay;

import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.run.HostClock;
import io.leasehold.app.run.LoopLog;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.role.Decision;
import io.leasehold.protocol.role.Role;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.relay.RelayInterface;
import io.leasehold.relay.RelayServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All relays of this process, as one role on one loop: each message goes to the relay that it was
 * sent to, or whose interface it came by.
 */
public final class Relays implements AutoCloseable {
    /** A loop that did not turn for so long hangs; it turns several times a second. */
    private static final long TURN_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /** So long may a request be unanswered before a relay counts as not answering. */
    private static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private final RelayCounters counters = new RelayCounters();
    private final RelayLog log = new RelayLog(this::nameOf, HostClock::runningMillis);
    private final LoopLog loopLog =
            new LoopLog(RelayLog.LOG, this::nameOf, counters.loop(), HostClock::runningMillis);
    private final NameResolver.Lookup lookup;
    private final Map<Integer, RelayUnit> byInterface = new HashMap<>();
    private final Map<Ip4Address, RelayUnit> byAddress = new HashMap<>();
    private List<NetworkInterface> interfaces = List.of();
    private volatile List<RelayUnit> units;
    private volatile boolean addressesChanged;
    private volatile long turnedNanos = System.nanoTime();

    /**
     * Nothing is looked up before {@link #start}.
     *
     * @param setups one for each relay
     */
    public Relays(List<RelaySetup> setups) {
        this(setups, new HostLookup());
    }

    Relays(List<RelaySetup> setups, NameResolver.Lookup lookup) {
        this.lookup = lookup;
        this.units = setups.stream().map(setup -> unit(setup, null)).toList();
    }

    private RelayUnit unit(RelaySetup setup, @Nullable RelayUnit before) {
        return new RelayUnit(setup, before, counters, log, lookup, () -> addressesChanged = true);
    }

    /** Begins to resolve the names of servers. */
    public void start() {
        units.forEach(RelayUnit::startResolving);
    }

    /** Why some relay could pass no request on; null when all could. From any thread. */
    public @Nullable String unreachable() {
        for (RelayUnit unit : units) {
            String why = unit.unreachable();
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    /** True when every name of a server was looked up at least once. From any thread. */
    boolean hasLookedUp() {
        return units.stream().allMatch(RelayUnit::hasLookedUp);
    }

    /** The names of the interfaces that clients are on, of those there are. */
    public List<String> clientInterfaces(List<NetworkInterface> now) {
        return now.stream()
                .filter(one -> !one.loopback())
                .map(NetworkInterface::name)
                .filter(name -> units.stream().anyMatch(unit -> unit.rules().serves(name)))
                .toList();
    }

    /**
     * Relays by other settings from now on; one that is as before goes on with all that it knows.
     * On the loop's thread.
     */
    public void configure(List<RelaySetup> setups) {
        List<RelayUnit> old = new ArrayList<>(units);
        List<RelayUnit> next = new ArrayList<>();
        for (RelaySetup setup : setups) {
            RelayUnit same = null;
            RelayUnit alike = null;
            for (RelayUnit unit : old) {
                same = unit.setup().equals(setup) ? unit : same;
                alike = unit.namesOverlap(setup) ? unit : alike;
            }
            if (same == null) {
                same = unit(setup, alike);
                same.startResolving();
            }
            next.add(same);
        }
        old.removeAll(next);
        units = List.copyOf(next);
        old.forEach(RelayUnit::close);
        interfacesChanged(interfaces);
        units.forEach(RelayUnit::useAddresses);
    }

    /** Interfaces or addresses came or went. On the loop's thread, or before it runs. */
    public void interfacesChanged(List<NetworkInterface> now) {
        interfaces = now;
        List<RelayInterface> forRelay = forRelay(now);
        counters.interfaces(forRelay);
        byInterface.clear();
        byAddress.clear();
        for (RelayUnit unit : units) {
            unit.relay().interfaces(forRelay);
            unit.useAddresses();
            for (RelayInterface one : forRelay) {
                if (unit.rules().serves(one.name())) {
                    byInterface.putIfAbsent(one.index(), unit);
                    one.addresses().forEach(each -> byAddress.putIfAbsent(each.address(), unit));
                }
            }
            byAddress.putIfAbsent(unit.rules().giaddr(), unit);
        }
        byAddress.remove(Ip4Address.ZERO);
    }

    private static List<RelayInterface> forRelay(List<NetworkInterface> interfaces) {
        List<RelayInterface> result = new ArrayList<>();
        for (NetworkInterface one : interfaces) {
            List<RelayInterface.Address> addresses = new ArrayList<>();
            for (InterfaceAddress each : one.addresses()) {
                addresses.add(new RelayInterface.Address(each.address(), each.prefixBits()));
            }
            result.add(new RelayInterface(one.index(), one.name(), addresses, one.mtu()));
        }
        return result;
    }

    /** What is done several times a second, on the loop's thread. */
    public void tick() {
        turnedNanos = System.nanoTime();
        if (addressesChanged) {
            addressesChanged = false;
            units.forEach(RelayUnit::useAddresses);
        }
        units.forEach(unit -> unit.watch().tick());
    }

    /**
     * The relays as a role.
     *
     * @param other takes what is no relay's; null where there are only relays
     */
    public <C> Role<C> beside(@Nullable Role<C> other) {
        return new Role<>() {
            @Override
            public Decision<C> decide(Arrival arrival) {
                RelayUnit unit = owner(arrival, other != null);
                if (unit == null && other != null) {
                    return other.decide(arrival);
                }
                counters.of(arrival.interfaceIndex()).received.increment();
                RelayUnit any = unit == null ? units.getFirst() : unit;
                return withoutChange(any.relay().decide(arrival));
            }

            @Override
            public Decision<C> asked(Object token, boolean answered, long nowMillis) {
                if (other == null) {
                    throw new IllegalStateException("a relay asks nothing");
                }
                return other.asked(token, answered, nowMillis);
            }

            @Override
            public void settled(C change, boolean durable) {
                if (other != null) {
                    other.settled(change, durable);
                }
            }
        };
    }

    private @Nullable RelayUnit owner(Arrival arrival, boolean beside) {
        if (!beside && units.size() == 1) {
            return units.getFirst();
        }
        RelayUnit unit = byAddress.get(arrival.destination());
        return unit != null ? unit : byInterface.get(arrival.interfaceIndex());
    }

    /** What a relay decides changes nothing, so that it fits any kind of change. */
    @SuppressWarnings("unchecked")
    private static <C> Decision<C> withoutChange(Decision<Void> decision) {
        return (Decision<C>) (Decision<?>) decision;
    }

    String nameOf(int interfaceIndex) {
        for (NetworkInterface one : interfaces) {
            if (one.index() == interfaceIndex) {
                return one.name();
            }
        }
        return "interface " + interfaceIndex;
    }

    LoopLog loopLog() {
        return loopLog;
    }

    /** What was counted. From any thread. */
    public RelayCounters counters() {
        return counters;
    }

    /** The servers that requests go to now. From any thread. */
    public List<RelayServer> servers() {
        return units.stream().flatMap(unit -> unit.servers().stream()).distinct().toList();
    }

    /** As {@link #servers}, also before the loop runs. */
    List<RelayServer> resolvedServers() {
        units.forEach(RelayUnit::useAddresses);
        return servers();
    }

    /** True when there is a relay. From any thread. */
    public boolean isAny() {
        return !units.isEmpty();
    }

    /**
     * Why the process whose loop ticks here is of no use; null while it is alive. From any thread.
     *
     * @param running false when its loop has ended
     */
    public @Nullable String dead(boolean running) {
        if (!running) {
            return "the loop has ended";
        }
        return System.nanoTime() - turnedNanos < TURN_NANOS_MAX ? null : "the loop hangs";
    }

    /** False while requests of some relay have no answer for ten seconds. From any thread. */
    public boolean isAnswering() {
        return units.stream().allMatch(unit -> unit.watch().isAnswering(ANSWER_NANOS_MAX));
    }

    /** What keeps clients of relays from their leases, a line each; none when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        String unreachable = unreachable();
        if (unreachable != null) {
            problems.add(unreachable);
        }
        if (!isAnswering()) {
            problems.add("no server answers");
        }
        return problems;
    }

    /** What was relayed, a line for each interface and each server; none without relays. */
    public List<String> status() {
        List<String> lines = new ArrayList<>();
        for (RelayCounters.InterfaceCounts each : counters.interfaces()) {
            if (units.stream().anyMatch(unit -> unit.rules().serves(each.name()))) {
                StringBuilder line = new StringBuilder("relay on " + each.name() + ": received ");
                line.append(each.received()).append(", relayed ").append(each.relayed());
                line.append(", answered ").append(each.answered());
                each.dropped().forEach((why, count) -> line.append(", " + why + " " + count));
                lines.add(line.toString());
            }
        }
        for (RelayCounters.ServerCounts each : counters.servers()) {
            lines.add(
                    ("relay to " + each.server() + ": relayed " + each.relayed())
                            + (", answered " + each.answered()));
        }
        return lines;
    }

    @Override
    public void close() {
        units.forEach(RelayUnit::close);
    }
}
