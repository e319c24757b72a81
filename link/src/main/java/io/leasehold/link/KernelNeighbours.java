package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.leasehold.protocol.wire.HardwareAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes neighbour entries by netlink, which takes CAP_NET_ADMIN. Entries are made as "reachable",
 * so that the first packet goes out at once and nobody is asked. The kernel's table is small (1,024
 * entries for all of the machine by default): we keep our newest entries only, and take the older
 * ones out, long after their packet has gone.
 */
final class KernelNeighbours implements Neighbours {
    private static final int HELD_MAX = 256;
    private static final int ADD_BYTES = 48;
    private static final int REMOVE_BYTES = 36;
    private static final int REMOVE_SEQUENCE = 1_000_000;
    private static final int ANSWER_BYTES = 8 * 1024;

    private final MemorySegment state;
    private final MemorySegment removals;
    private final MemorySegment additions;
    private final MemorySegment answers;
    private final MemorySegment header;
    private final int fd;
    private final long[] held = new long[HELD_MAX];
    private final int[] slots = new int[SendBatch.SLOTS];
    private int nextHeld;
    private int added;
    private int removed;

    KernelNeighbours(Arena arena) throws LinkException {
        state = Kernel.newState(arena);
        removals = arena.allocate((long) SendBatch.SLOTS * REMOVE_BYTES, 8);
        additions = arena.allocate((long) SendBatch.SLOTS * ADD_BYTES, 8);
        answers = arena.allocate(ANSWER_BYTES, 8);
        header = arena.allocate(56 + 32 + Netlink.SOCKADDR_BYTES, 8);
        header.set(JAVA_LONG, 0, header.address() + 88);
        header.set(JAVA_INT, 8, Netlink.SOCKADDR_BYTES);
        header.set(JAVA_LONG, 16, header.address() + 56);
        header.set(JAVA_LONG, 24, 2);
        header.set(JAVA_LONG, 56, removals.address());
        header.set(JAVA_LONG, 72, additions.address());
        header.set(JAVA_SHORT_UNALIGNED, 88, (short) Abi.AF_NETLINK);
        fd = Kernel.socket(state, Abi.AF_NETLINK, Abi.SOCK_RAW, 0);
        if (fd < 0) {
            throw new LinkException("cannot open a netlink socket: " + Abi.errorText(fd));
        }
    }

    @Override
    public int pending() {
        return added;
    }

    @Override
    public void add(int slot, int interfaceIndex, int addressBits, HardwareAddress hardware) {
        long entry = (long) interfaceIndex << 32 | addressBits & 0xffff_ffffL;
        if (!holds(entry)) {
            long oldest = held[nextHeld];
            if (oldest != 0) {
                remove(oldest);
            }
            held[nextHeld] = entry;
            nextHeld = (nextHeld + 1) % HELD_MAX;
        }
        long at = (long) added * ADD_BYTES;
        int flags = Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE;
        put(additions, at, ADD_BYTES, Netlink.RTM_NEWNEIGH, flags, added, entry);
        additions.set(JAVA_SHORT_UNALIGNED, at + 36, (short) (4 + ETHERNET_OCTETS));
        additions.set(JAVA_SHORT_UNALIGNED, at + 38, (short) Netlink.NDA_LLADDR);
        byte[] octets = hardware.toBytes();
        MemorySegment.copy(octets, 0, additions, JAVA_BYTE, at + 40, ETHERNET_OCTETS);
        slots[added++] = slot;
    }

    /** With one system call for all. */
    @Override
    public void make(Failure failure) {
        int sent = submit();
        if (sent < 0) {
            for (int i = 0; i < added; i++) {
                failure.failed(slots[i], -sent);
            }
        } else {
            readErrors(failure);
        }
        added = 0;
        removed = 0;
    }

    @Override
    public void forget(int interfaceIndex, int addressBits) {
        long entry = (long) interfaceIndex << 32 | addressBits & 0xffff_ffffL;
        for (int i = 0; i < HELD_MAX; i++) {
            if (held[i] == entry) {
                held[i] = 0;
                remove(entry);
                make((slot, errno) -> {});
                return;
            }
        }
    }

    private boolean holds(long entry) {
        for (long each : held) {
            if (each == entry) {
                return true;
            }
        }
        return false;
    }

    private void remove(long entry) {
        long at = (long) removed * REMOVE_BYTES;
        int sequence = REMOVE_SEQUENCE + removed;
        put(
                removals,
                at,
                REMOVE_BYTES,
                Netlink.RTM_DELNEIGH,
                Netlink.NLM_F_REQUEST,
                sequence,
                entry);
        removed++;
    }

    private static void put(
            MemorySegment into,
            long at,
            int length,
            int type,
            int flags,
            int sequence,
            long entry) {
        into.asSlice(at, length).fill((byte) 0);
        into.set(JAVA_INT, at, length);
        into.set(JAVA_SHORT_UNALIGNED, at + 4, (short) type);
        into.set(JAVA_SHORT_UNALIGNED, at + 6, (short) flags);
        into.set(JAVA_INT, at + 8, sequence);
        into.set(JAVA_BYTE, at + 16, (byte) Abi.AF_INET);
        into.set(JAVA_INT, at + 20, (int) (entry >>> 32));
        into.set(JAVA_SHORT_UNALIGNED, at + 24, (short) Netlink.NUD_REACHABLE);
        into.set(JAVA_SHORT_UNALIGNED, at + 28, (short) 8);
        into.set(JAVA_SHORT_UNALIGNED, at + 30, (short) Netlink.NDA_DST);
        into.set(Abi.INT_NETWORK, at + 32, (int) entry);
    }

    private int submit() {
        header.set(JAVA_LONG, 64, (long) removed * REMOVE_BYTES);
        header.set(JAVA_LONG, 80, (long) added * ADD_BYTES);
        return Kernel.call(state, SystemCall.SENDMSG, fd, header.address(), Abi.MSG_DONTWAIT);
    }

    // The kernel works off netlink requests within sendmsg: whatever failed is told by now, and
    // silence means that all went well.
    private void readErrors(Failure failure) {
        int length;
        while ((length = Kernel.receive(state, fd, answers, Abi.MSG_DONTWAIT)) > 0) {
            for (int at = 0; at + Netlink.HEADER_BYTES + 4 <= length; ) {
                int size = answers.get(JAVA_INT, at);
                int sequence = answers.get(JAVA_INT, at + 8L);
                int errno = answers.get(JAVA_INT_UNALIGNED, at + 16L);
                int type = answers.get(JAVA_SHORT_UNALIGNED, at + 4L);
                if (type == Netlink.NLMSG_ERROR && errno != 0 && sequence < added) {
                    failure.failed(slots[sequence], -errno);
                }
                if (size < Netlink.HEADER_BYTES) {
                    return;
                }
                at += Netlink.align(size);
            }
        }
    }

    @Override
    public void close() {
        Kernel.close(state, fd);
    }
}
