package io.leasehold.link.helper;

/**
 * What is said between a link and its helper process. A request is an interface index, an address,
 * and a hardware address, or zeros to take the entry out, then two octets of zero: 16 octets. The
 * address of everybody goes with the hardware address of everybody alone. It is answered, in the
 * order of the requests, by an errno: 4 octets. A batch is written at once and is smaller than what
 * a pipe takes as a whole.
 */
public final class HelperRecord {
    public static final int REQUEST_BYTES = 16;
    public static final int ANSWER_BYTES = 4;
    public static final int BATCH_MAX = 64;

    /**
     * The answer to what is no client of a served network: behind the kernel's own, 4095 at most.
     */
    public static final int REFUSED = 4096;

    static final int HARDWARE = 8;
    private static final int ADDRESS = 4;
    private static final int RESERVED = 14;
    private static final byte ALL_ONES = -1;

    private HelperRecord() {}

    /** Writes a request, at a position counted in requests. */
    public static void put(byte[] into, int position, int index, int address, byte[] hardware) {
        int at = position * REQUEST_BYTES;
        Netlink.put32(into, at, index);
        Netlink.putAddress(into, at + ADDRESS, address);
        System.arraycopy(hardware, 0, into, at + HARDWARE, NeighbourEntries.ETHERNET_OCTETS);
        Netlink.put16(into, at + RESERVED, 0);
    }

    /** The errno that an answer holds, at a position counted in answers. */
    public static int answer(byte[] from, int position) {
        return Netlink.i32(from, position * ANSWER_BYTES);
    }

    static void putAnswer(byte[] into, int position, int errno) {
        Netlink.put32(into, position * ANSWER_BYTES, errno);
    }

    /** Writes a request for the entry of everybody on an interface. */
    public static void putEverybody(byte[] into, int position, int index) {
        int at = position * REQUEST_BYTES;
        Netlink.put32(into, at, index);
        for (int i = ADDRESS; i < RESERVED; i++) {
            into[at + i] = ALL_ONES;
        }
        Netlink.put16(into, at + RESERVED, 0);
    }

    static int interfaceIndex(byte[] from, int at) {
        return Netlink.i32(from, at);
    }

    static int address(byte[] from, int at) {
        return Netlink.address(from, at + ADDRESS);
    }

    /** True when the hardware address is all zeros: the entry is to be taken out. */
    static boolean isRemoval(byte[] from, int at) {
        return Netlink.i32(from, at + HARDWARE) == 0 && Netlink.u16(from, at + HARDWARE + 4) == 0;
    }

    /** True when address and hardware address are those of everybody, and no others. */
    static boolean isEverybody(byte[] from, int at) {
        boolean all = Netlink.u16(from, at + RESERVED) == 0;
        for (int i = ADDRESS; i < RESERVED; i++) {
            all &= from[at + i] == ALL_ONES;
        }
        return all;
    }

    static boolean isWellFormed(byte[] from, int at) {
        return interfaceIndex(from, at) > 0
                && Netlink.u16(from, at + RESERVED) == 0
                && (from[at + HARDWARE] & 1) == 0;
    }
}
