package io.leasehold.testkit;

import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.service.handler.ServiceOptions;
import java.time.Instant;
import java.util.List;

/**
 * The host on which a handler serves in a {@link VirtualLab}.
 *
 * @param interfaces its interfaces; the first is the one that clients are on unless said otherwise
 * @param options how the handler serves; of the ports only the first counts
 * @param start the time of day when the lab begins
 */
public record VirtualHost(
        List<NetworkInterface> interfaces, ServiceOptions options, Instant start) {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:00:00:01");
    private static final int MTU = 1500;

    public VirtualHost {
        interfaces = List.copyOf(interfaces);
        if (interfaces.isEmpty()) {
            throw new IllegalArgumentException("a host without interfaces, expected one at least");
        }
    }

    /**
     * A host with one interface, {@code eth0}, that serves at port 67, from 2026-01-01 on.
     *
     * @param address its address with the prefix length, {@code 192.168.1.1/24}
     * @throws IllegalArgumentException when it is none; the message says what was expected
     */
    public static VirtualHost of(String address) {
        int slash = address.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "found \"" + address + "\", expected an address such as 192.168.1.1/24");
        }
        Ip4Address own = Ip4Address.parse(address.substring(0, slash));
        int prefix = prefix(address, address.substring(slash + 1));
        // The network is what checks the prefix.
        InterfaceAddress one =
                new InterfaceAddress(own, Ip4Network.containing(own, prefix).prefixBits());
        NetworkInterface eth0 =
                new NetworkInterface("eth0", 1, HARDWARE, true, false, MTU, List.of(one));
        return new VirtualHost(
                List.of(eth0),
                ServiceOptions.of().withPort(67),
                Instant.parse("2026-01-01T00:00:00Z"));
    }

    private static int prefix(String address, String digits) {
        if (!digits.matches("[0-9]|[12][0-9]|3[0-2]")) {
            throw new IllegalArgumentException(
                    "found \"" + address + "\", expected a prefix length of 0 to 32");
        }
        return Integer.parseInt(digits);
    }

    /** With other options. */
    public VirtualHost withOptions(ServiceOptions others) {
        return new VirtualHost(interfaces, others, start);
    }

    /** With other interfaces. */
    public VirtualHost withInterfaces(List<NetworkInterface> others) {
        return new VirtualHost(others, options, start);
    }

    /** Beginning at another time of day. */
    public VirtualHost withStart(Instant another) {
        return new VirtualHost(interfaces, options, another);
    }
}
