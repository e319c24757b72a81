package io.leasehold.app.ports;

import io.leasehold.app.ports.PortRule.Kind;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be rewritten on which device.
 *
 * @param clients the devices on whose wire clients are
 * @param upstreams the devices through which servers at port 67 are reached
 * @param servers these servers only; any when empty
 */
record PortPlan(List<Device> clients, List<Device> upstreams, List<Ip4Address> servers) {
    private static final int BROADCAST_PREFIX_BITS_MAX = 30;

    /** A network device, and those of its addresses that count. */
    record Device(String name, List<InterfaceAddress> addresses) {
        Device {
            addresses = List.copyOf(addresses);
        }
    }

    PortPlan {
        clients = List.copyOf(clients);
        upstreams = List.copyOf(upstreams);
        servers = List.copyOf(servers);
    }

    /** The devices that get rules, each once. */
    List<String> devices() {
        return rules().stream().map(PortRule::device).distinct().toList();
    }

    List<PortRule> rules() {
        List<PortRule> rules = new ArrayList<>();
        clients.forEach(device -> addClients(device, rules));
        upstreams.forEach(device -> addUpstream(device, rules));
        return rules;
    }

    private static void addClients(Device device, List<PortRule> rules) {
        List<Ip4Network> networks =
                device.addresses().stream().map(InterfaceAddress::network).distinct().toList();
        List<String> own = addresses(Stream.of(device));
        List<String> asked = new ArrayList<>(List.of(Ip4Address.BROADCAST.toString()));
        for (Ip4Network network : networks) {
            if (network.prefixBits() <= BROADCAST_PREFIX_BITS_MAX) {
                asked.add(network.last().toString());
            }
        }
        // Unicast to this host too: so renew clients that were told its address as the server's.
        // What a client sends past it, straight to a server, has another destination.
        asked.addAll(own);
        rules.add(new PortRule(device.name(), Kind.REQUESTS, List.of(), asked));

        List<String> reached = new ArrayList<>(List.of(Ip4Address.BROADCAST.toString()));
        widest(networks).forEach(network -> reached.add(network.toString()));
        rules.add(new PortRule(device.name(), Kind.REPLIES, own, reached));
    }

    /** Servers answer to giaddr, an address on the clients' side, whatever device it comes by. */
    private void addUpstream(Device device, List<PortRule> rules) {
        List<String> own = addresses(Stream.concat(Stream.of(device), clients.stream()));
        List<String> asked = servers.stream().map(Ip4Address::toString).distinct().toList();
        rules.add(new PortRule(device.name(), Kind.FORWARDED, own, asked));
        rules.add(new PortRule(device.name(), Kind.ANSWERS, asked, own));
    }

    private static List<String> addresses(Stream<Device> devices) {
        return devices.flatMap(device -> device.addresses().stream())
                .map(each -> each.address().toString())
                .distinct()
                .toList();
    }

    /** Without those that lie in another: nft refuses a set whose networks overlap. */
    private static List<Ip4Network> widest(List<Ip4Network> networks) {
        return networks.stream()
                .filter(inner -> networks.stream().noneMatch(outer -> holds(outer, inner)))
                .toList();
    }

    private static boolean holds(Ip4Network outer, Ip4Network inner) {
        return outer.prefixBits() < inner.prefixBits() && outer.contains(inner.address());
    }
}
