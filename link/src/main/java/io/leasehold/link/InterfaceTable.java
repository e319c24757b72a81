package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The interfaces at one moment, and what the packet path asks of them. Immutable. */
final class InterfaceTable {
    private final List<NetworkInterface> all;
    private final int[] served;
    private final int[] indexes;
    private final int[] primaries;
    private final int[] broadcasts;

    /**
     * @param served names of the interfaces whose broadcasts are taken
     */
    InterfaceTable(List<NetworkInterface> all, List<String> served) {
        this.all = all;
        this.served =
                all.stream()
                        .filter(
                                each ->
                                        served.contains(each.name())
                                                || served.contains(LinkOptions.EVERY_INTERFACE))
                        .mapToInt(NetworkInterface::index)
                        .toArray();
        this.indexes = all.stream().mapToInt(NetworkInterface::index).toArray();
        this.primaries = all.stream().mapToInt(each -> each.primary().bits()).toArray();
        this.broadcasts =
                all.stream()
                        .flatMap(each -> each.addresses().stream())
                        .filter(each -> each.prefixBits() < 31)
                        .mapToInt(each -> each.network().last().bits())
                        .distinct()
                        .toArray();
    }

    List<NetworkInterface> all() {
        return all;
    }

    boolean has(String name) {
        return all.stream().anyMatch(each -> each.name().equals(name));
    }

    boolean has(Ip4Address address) {
        return all.stream()
                .flatMap(each -> each.addresses().stream())
                .anyMatch(each -> each.address().equals(address));
    }

    /** Every address of the interfaces served. */
    List<InterfaceAddress> servedAddresses() {
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (NetworkInterface each : all) {
            if (isServed(each.index())) {
                addresses.addAll(each.addresses());
            }
        }
        return addresses;
    }

    boolean isServed(int interfaceIndex) {
        return position(served, interfaceIndex) >= 0;
    }

    /** True for 255.255.255.255 and for the broadcast address of any network there is. */
    boolean isBroadcast(int addressBits) {
        return addressBits == -1 || position(broadcasts, addressBits) >= 0;
    }

    /** The address that an interface's replies leave from; 0 when there is none. */
    int primaryOf(int interfaceIndex) {
        int at = position(indexes, interfaceIndex);
        return at < 0 ? 0 : primaries[at];
    }

    private static int position(int[] values, int wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The names there are, for an operator who gave another. */
    String names() {
        return all.stream().map(NetworkInterface::name).collect(Collectors.joining(", "));
    }
}
