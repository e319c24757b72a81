package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.leasehold.protocol.wire.HardwareAddress;
import java.lang.foreign.MemorySegment;

/**
 * What is said between a link and its helper process. A request is an interface index, an address,
 * and a hardware address, or zeros to take the entry out, then two octets of zero: 16 octets. It is
 * answered, in the order of the requests, by an errno: 4 octets. A batch is written at once and is
 * smaller than what a pipe takes as a whole.
 */
final class HelperRecord {
    static final int REQUEST_BYTES = 16;
    static final int ANSWER_BYTES = 4;
    static final int BATCH_MAX = SendBatch.SLOTS;

    private static final int ADDRESS = 4;
    private static final int HARDWARE = 8;
    private static final int RESERVED = 14;

    private HelperRecord() {}

    static void put(MemorySegment into, int position, int index, int address, byte[] hardware) {
        long at = (long) position * REQUEST_BYTES;
        into.set(JAVA_INT_UNALIGNED, at, index);
        into.set(Abi.INT_NETWORK, at + ADDRESS, address);
        MemorySegment.copy(hardware, 0, into, JAVA_BYTE, at + HARDWARE, Neighbours.ETHERNET_OCTETS);
        into.set(JAVA_SHORT_UNALIGNED, at + RESERVED, (short) 0);
    }

    static int interfaceIndex(MemorySegment from, int position) {
        return from.get(JAVA_INT_UNALIGNED, (long) position * REQUEST_BYTES);
    }

    static int addressBits(MemorySegment from, int position) {
        return from.get(Abi.INT_NETWORK, (long) position * REQUEST_BYTES + ADDRESS);
    }

    static HardwareAddress hardware(MemorySegment from, int position) {
        long at = (long) position * REQUEST_BYTES + HARDWARE;
        byte[] octets = from.asSlice(at, Neighbours.ETHERNET_OCTETS).toArray(JAVA_BYTE);
        return HardwareAddress.of(HardwareAddress.ETHERNET, octets);
    }

    /** True when the hardware address is all zeros: the entry is to be taken out. */
    static boolean isRemoval(MemorySegment from, int position) {
        long at = (long) position * REQUEST_BYTES + HARDWARE;
        return from.get(JAVA_INT_UNALIGNED, at) == 0 && from.get(JAVA_SHORT_UNALIGNED, at + 4) == 0;
    }

    static boolean isWellFormed(MemorySegment from, int position) {
        long at = (long) position * REQUEST_BYTES;
        return interfaceIndex(from, position) > 0
                && from.get(JAVA_SHORT_UNALIGNED, at + RESERVED) == 0;
    }
}
