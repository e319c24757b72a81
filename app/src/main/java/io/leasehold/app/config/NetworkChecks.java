package io.leasehold.app.config;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.server.config.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks what addresses belong to whom: subnets, pools in them, and nothing twice. */
final class NetworkChecks {
    /** This network, loopback, multicast and what is reserved (RFC 1122 §3.2.1.3, RFC 1112 §4). */
    private static final List<Ip4Network> NO_CLIENTS =
            List.of(
                    Ip4Network.parse("0.0.0.0/8"),
                    Ip4Network.parse("127.0.0.0/8"),
                    Ip4Network.parse("224.0.0.0/4"),
                    Ip4Network.parse("240.0.0.0/4"));

    private final Problems problems;
    private final List<Range> subnets = new ArrayList<>();

    private record Range(Ip4Address first, Ip4Address last, String shown, YamlNode at) {}

    NetworkChecks(Problems problems) {
        this.problems = problems;
    }

    /** Notes a subnet for {@link #subnetsDoNotOverlap}. */
    void add(Ip4Network network, YamlNode at) {
        for (Ip4Network other : NO_CLIENTS) {
            if (other.contains(network.address()) && network.prefixBits() >= other.prefixBits()) {
                String why = " lies in " + other + ", of which no client can have an address";
                problems.add(at, "subnet: " + network + why);
            }
        }
        subnets.add(new Range(network.address(), network.last(), network.toString(), at));
    }

    void subnetsDoNotOverlap() {
        doNotOverlap(subnets, "subnet");
    }

    void poolsDoNotOverlap(List<Pool> pools, List<YamlNode> nodes) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < pools.size(); i++) {
            Pool pool = pools.get(i);
            ranges.add(new Range(pool.first(), pool.last(), pool.toString(), nodes.get(i)));
        }
        doNotOverlap(ranges, "pools");
    }

    /** Reports each range that shares an address with one before it in address order. */
    private void doNotOverlap(List<Range> ranges, String name) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::first).thenComparing(Range::last));
        Range reaching = null;
        for (Range range : sorted) {
            if (reaching == null) {
                reaching = range;
                continue;
            }
            if (range.first.compareTo(reaching.last) <= 0) {
                boolean later = isBehind(range.at, reaching.at);
                Range told = later ? range : reaching;
                Range other = later ? reaching : range;
                problems.add(
                        told.at,
                        name
                                + ": "
                                + told.shown
                                + " overlaps "
                                + other.shown
                                + " in line "
                                + other.at.line());
            }
            if (range.last.compareTo(reaching.last) > 0) {
                reaching = range;
            }
        }
    }

    private static boolean isBehind(YamlNode one, YamlNode other) {
        return one.line() > other.line()
                || (one.line() == other.line() && one.column() > other.column());
    }

    /** True when a pool lies within its subnet; else that is reported. */
    boolean fits(Pool pool, Ip4Network network, YamlNode at) {
        if (!network.contains(pool.first()) || !network.contains(pool.last())) {
            problems.add(at, "pools: " + pool + " is not within the subnet " + network);
            return false;
        }
        return isNoEnd(pool.first(), network, at, "pools: " + pool + " holds ")
                && isNoEnd(pool.last(), network, at, "pools: " + pool + " holds ");
    }

    /** True when an address lies within its subnet and a client can have it; else reported. */
    boolean fits(Ip4Address address, Ip4Network network, YamlNode at) {
        if (!network.contains(address)) {
            problems.add(at, "address: " + address + " is not within the subnet " + network);
            return false;
        }
        return isNoEnd(address, network, at, "address: " + address + " is ");
    }

    /** The first and the last address of a subnet are nobody's, but of /31 and /32 (RFC 3021). */
    private boolean isNoEnd(Ip4Address address, Ip4Network network, YamlNode at, String text) {
        if (network.prefixBits() >= 31) {
            return true;
        }
        if (address.equals(network.address())) {
            problems.add(at, text + "the subnet's own address, which no client can have");
            return false;
        }
        if (address.equals(network.last())) {
            problems.add(at, text + "the subnet's broadcast address, which no client can have");
            return false;
        }
        return true;
    }
}
