package io.leasehold.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's interfaces, found by index and by address. Made anew whenever they change, from the
 * interfaces alone: so the first reply after a start finds its way.
 */
final class Interfaces {
    /** In the order of their indexes. */
    private final Circuit[] circuits;

    /** In ascending order, as signed numbers. */
    private final int[] addresses;

    /** Whose address it is, at the same place. */
    private final Circuit[] owners;

    /** The broadcast addresses of all networks, in ascending order. */
    private final int[] broadcasts;

    /** Those through which requests are broadcast. */
    final List<Circuit> uplinks;

    Interfaces(List<RelayInterface> interfaces, RelayConfig config) {
        circuits = new Circuit[interfaces.size()];
        int count = 0;
        for (int i = 0; i < circuits.length; i++) {
            Circuit circuit = new Circuit(interfaces.get(i), config);
            int at = i;
            while (at > 0 && circuits[at - 1].index() > circuit.index()) {
                circuits[at] = circuits[at - 1];
                at--;
            }
            circuits[at] = circuit;
            count += circuit.addressCount();
        }
        addresses = new int[count];
        owners = new Circuit[count];
        List<Circuit> up = new ArrayList<>(0);
        int[] ends = new int[count];
        int filled = 0;
        for (Circuit circuit : circuits) {
            if (circuit.uplink) {
                up.add(circuit);
            }
            for (int i = 0; i < circuit.addressCount(); i++) {
                ends[filled] = circuit.broadcast(i);
                insert(filled++, circuit.address(i).bits(), circuit);
            }
        }
        Arrays.sort(ends);
        broadcasts = ends;
        uplinks = List.copyOf(up);
    }

    /** Takes over what was counted of interfaces that are still there. */
    void continueFrom(Interfaces old) {
        for (Circuit circuit : circuits) {
            Circuit before = old.at(circuit.index());
            if (before != null) {
                circuit.paceNanos = before.paceNanos;
            }
        }
    }

    /** Of several interfaces with the same address, those that clients are on come first. */
    private void insert(int count, int address, Circuit owner) {
        int at = count;
        while (at > 0
                && (addresses[at - 1] > address
                        || addresses[at - 1] == address
                                && owner.serves
                                && !owners[at - 1].serves)) {
            addresses[at] = addresses[at - 1];
            owners[at] = owners[at - 1];
            at--;
        }
        addresses[at] = address;
        owners[at] = owner;
    }

    /** The interface with an index; null when there is none. */
    @Nullable Circuit at(int index) {
        int low = 0;
        int high = circuits.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int found = circuits[middle].index();
            if (found == index) {
                return circuits[middle];
            }
            if (found < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    /** The interface that has an address; null when it is no address of this host. */
    @Nullable Circuit owner(int address) {
        int low = 0;
        int high = addresses.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (addresses[middle] < address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < addresses.length && addresses[low] == address ? owners[low] : null;
    }

    /** The only interface that clients are on; null when there are several, or none. */
    @Nullable Circuit onlyServed() {
        Circuit only = null;
        for (Circuit circuit : circuits) {
            if (circuit.serves && circuit.addressCount() > 0) {
                if (only != null) {
                    return null;
                }
                only = circuit;
            }
        }
        return only;
    }

    /** The interface of clients in whose network an address is; null when there is none. */
    @Nullable Circuit servedOnLink(int address) {
        for (Circuit circuit : circuits) {
            if (circuit.serves && circuit.isOnLink(address)) {
                return circuit;
            }
        }
        return null;
    }

    /** True when an address is the broadcast address of a network that this host stands in. */
    boolean isBroadcast(int address) {
        return Arrays.binarySearch(broadcasts, address) >= 0;
    }

    /** False for what no single host can have: 0/8, 127/8, multicast, 240/4. */
    static boolean isHost(int address) {
        int firstOctet = address >>> 24;
        return firstOctet != 0 && firstOctet != 127 && firstOctet < 224;
    }
}
