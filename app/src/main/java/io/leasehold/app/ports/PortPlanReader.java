package io.leasehold.app.ports;

import io.leasehold.app.Printable;
import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a plan of what the command line says, checked against the interfaces there are. */
final class PortPlanReader {
    private static final int ETHERNET_ADDRESS_BYTES = 6;

    /** nft and the shell take these as they are; an interface's name has 15 characters at most. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,15}");

    private final List<NetworkInterface> interfaces;

    PortPlanReader(List<NetworkInterface> interfaces) {
        this.interfaces = List.copyOf(interfaces);
    }

    /**
     * @throws PortsException says which value does not fit this machine, and what would
     * @throws IllegalArgumentException says which value is none, and what was expected
     */
    PortPlan plan(List<PortsCommand.Clients> clients, List<String> upstreams, List<String> servers)
            throws PortsException {
        List<PortPlan.Device> devices = new ArrayList<>();
        for (PortsCommand.Clients each : clients) {
            if (devices.stream().anyMatch(known -> known.name().equals(each.name))) {
                throw new PortsException(
                        "--interface "
                                + each.name
                                + " is there twice; name all its addresses once");
            }
            devices.add(clientDevice(each));
        }
        List<PortPlan.Device> ways = new ArrayList<>();
        for (String name : upstreams.stream().distinct().toList()) {
            NetworkInterface found = find("--upstream", name);
            ways.add(new PortPlan.Device(name, found.addresses()));
        }
        List<Ip4Address> only = new ArrayList<>();
        for (String server : servers) {
            try {
                only.add(Ip4Address.parse(server));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--server: " + e.getMessage(), e);
            }
        }
        return new PortPlan(devices, ways, only);
    }

    private PortPlan.Device clientDevice(PortsCommand.Clients asked) throws PortsException {
        NetworkInterface found = find("--interface", asked.name);
        if (found.hardware().length() != ETHERNET_ADDRESS_BYTES || found.loopback()) {
            throw new PortsException(
                    "--interface " + asked.name + " is no Ethernet: no DHCP client is on it");
        }
        if (found.addresses().isEmpty()) {
            throw new PortsException(
                    "--interface " + asked.name + " has no IPv4 address that a relay could have");
        }
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (String text : asked.addresses) {
            InterfaceAddress address = address(text);
            requireOn(found, address);
            addresses.add(address);
        }
        return new PortPlan.Device(asked.name, addresses.isEmpty() ? found.addresses() : addresses);
    }

    private NetworkInterface find(String flag, String name) throws PortsException {
        for (NetworkInterface each : interfaces) {
            if (each.name().equals(name)) {
                requirePlainName(name);
                return each;
            }
        }
        String there =
                interfaces.stream().map(NetworkInterface::name).collect(Collectors.joining(", "));
        throw new PortsException(
                flag
                        + ": there is no interface "
                        + Printable.quoted(name)
                        + "; there are: "
                        + there);
    }

    static void requirePlainName(String name) throws PortsException {
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new PortsException(
                    "the interface "
                            + Printable.quoted(name)
                            + " cannot be named in rules; letters, digits and _.- can");
        }
    }

    private static InterfaceAddress address(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                Ip4Address address = Ip4Address.parse(text.substring(0, slash));
                // The network's reader knows what a prefix is.
                int prefix = Ip4Network.parse("0.0.0.0" + text.substring(slash)).prefixBits();
                return new InterfaceAddress(address, prefix);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--address: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "--address: found "
                        + Printable.quoted(text)
                        + ", expected an address and its prefix such as 192.168.178.201/24");
    }

    private static void requireOn(NetworkInterface found, InterfaceAddress wanted)
            throws PortsException {
        if (found.addresses().contains(wanted)) {
            return;
        }
        String has =
                found.addresses().stream()
                        .map(InterfaceAddress::toString)
                        .collect(Collectors.joining(", "));
        for (InterfaceAddress each : found.addresses()) {
            if (each.address().equals(wanted.address())) {
                throw new PortsException(
                        "--address "
                                + wanted
                                + ": "
                                + found.name()
                                + " has this address with the prefix "
                                + each.prefixBits());
            }
        }
        throw new PortsException(
                "--address " + wanted + " is not on " + found.name() + ", which has " + has);
    }
}
