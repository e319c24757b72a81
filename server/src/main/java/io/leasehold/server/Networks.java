package io.leasehold.server;

import io.leasehold.protocol.role.HostInterface;
import io.leasehold.protocol.role.HostInterfaces;
import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All networks that are served, and the choice of the one that a request belongs to. */
final class Networks {
    /** By the first address of each subnet; subnets do not overlap. */
    private final TreeMap<Ip4Address, Place> places = new TreeMap<>();

    private record Place(ServedNetwork network, ServedSubnet subnet) {}

    Networks(ServerConfig config) {
        for (SharedNetwork shared : config.networks()) {
            List<ServedSubnet> subnets = new ArrayList<>();
            for (Subnet subnet : shared.subnets()) {
                subnets.add(new ServedSubnet(subnet, config.options()));
            }
            ServedNetwork network = new ServedNetwork(shared.name(), List.copyOf(subnets));
            for (ServedSubnet subnet : subnets) {
                places.put(subnet.config().network().address(), new Place(network, subnet));
            }
        }
    }

    /** The subnet that holds an address, whatever its wire; null when none does. */
    @Nullable ServedSubnet subnetOf(Ip4Address address) {
        Place place = placeOf(address);
        return place == null ? null : place.subnet();
    }

    void forEachSubnet(Consumer<ServedSubnet> each) {
        for (Place place : places.values()) {
            each.accept(place.subnet());
        }
    }

    private @Nullable Place placeOf(Ip4Address address) {
        Map.Entry<Ip4Address, Place> entry = places.floorEntry(address);
        return entry != null && entry.getValue().subnet().config().network().contains(address)
                ? entry.getValue()
                : null;
    }

    private @Nullable ServedNetwork networkOf(Ip4Address address) {
        Place place = placeOf(address);
        return place == null ? null : place.network();
    }

    /**
     * The network of a request: by link selection (82.5, RFC 3527), else subnet selection (118, RFC
     * 3011), else giaddr, else ciaddr where the client speaks to us directly through a router (RFC
     * 2131 §4.3.2, RENEWING), else the addresses of the interface. Null when none is configured.
     */
    @Nullable ServedNetwork select(Request request, HostInterfaces interfaces) {
        if (!request.agent().linkSelection().isZero()) {
            return networkOf(request.agent().linkSelection());
        }
        byte[] selection = request.message().raw(OptionCode.SUBNET_SELECTION);
        if (selection != null && selection.length == 4) {
            return networkOf(new Cursor(selection).address());
        }
        if (request.relayed()) {
            return networkOf(request.message().giaddr());
        }
        Ip4Address ciaddr = request.message().ciaddr();
        if (!ciaddr.isZero()
                && request.type() != MessageType.DISCOVER
                && request.unicast(interfaces)) {
            ServedNetwork network = networkOf(ciaddr);
            if (network != null) {
                return network;
            }
        }
        return ofInterface(interfaces.at(request.arrival().interfaceIndex()));
    }

    private @Nullable ServedNetwork ofInterface(@Nullable HostInterface arrivedOn) {
        if (arrivedOn == null) {
            return null;
        }
        for (HostInterface.Address address : arrivedOn.addresses()) {
            ServedNetwork network = networkOf(address.address());
            if (network != null) {
                return network;
            }
        }
        return null;
    }
}
