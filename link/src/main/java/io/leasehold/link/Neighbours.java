package io.leasehold.link;

import io.leasehold.link.helper.NeighbourEntries;
import io.leasehold.link.helper.NeighbourFailure;
import io.leasehold.protocol.wire.HardwareAddress;

/**
 * Enters clients that cannot answer ARP yet into the kernel's neighbour table. Not safe for use by
 * several threads at once.
 */
interface Neighbours {
    /** True for the hardware that an entry can be made for: one station on Ethernet. */
    static boolean fits(HardwareAddress hardware) {
        if (hardware.type() != HardwareAddress.ETHERNET
                || hardware.length() != NeighbourEntries.ETHERNET_OCTETS) {
            return false;
        }
        byte[] octets = hardware.toBytes();
        int any = 0;
        for (byte octet : octets) {
            any |= octet;
        }
        return any != 0 && (octets[0] & 1) == 0;
    }

    /**
     * Wants an entry; {@link #make} makes it. At most {@link SendBatch#SLOTS} at once.
     *
     * @param slot given back if it fails
     */
    void add(int slot, int interfaceIndex, int addressBits, HardwareAddress hardware);

    /**
     * Wants the entry by which broadcasts leave an interface, so that they do so while the kernel's
     * table is full; {@link #make} makes it.
     *
     * @param slot given back if it fails
     */
    void addEverybody(int slot, int interfaceIndex);

    /** How many are wanted since the last {@link #make}. */
    int pending();

    /** Makes the entries wanted since the last call. */
    void make(NeighbourFailure failure);

    /** Takes an entry of ours out, so that the address is asked for by ARP the next time. */
    void forget(int interfaceIndex, int addressBits);

    void close();
}
