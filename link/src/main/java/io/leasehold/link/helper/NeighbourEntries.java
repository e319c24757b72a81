package io.leasehold.link.helper;

/**
 * Makes neighbour entries by netlink, which takes CAP_NET_ADMIN. Entries are made as "reachable",
 * so that the first packet goes out at once and nobody is asked. The kernel's table is small (1,024
 * entries for all of the machine by default): we keep our newest entries only, and take the older
 * ones out, long after their packet has gone. What the kernel learned gives way; what an
 * administrator made "permanent" stays.
 */
public final class NeighbourEntries {
    public static final int ETHERNET_OCTETS = 6;

    private static final int HELD_MAX = 256;
    private static final int ADD_BYTES = 48;
    private static final int REMOVE_BYTES = 36;
    private static final int HARDWARE = 40;
    private static final int FLAGS = 6;
    private static final int INDEX = 20;
    private static final int STATE = 24;
    private static final int ATTRIBUTES = 28;
    private static final int ADDRESS = 32;
    private static final int NEW =
            Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;
    private static final int ANY =
            Netlink.NLM_F_REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_REPLACE;
    private static final int REMOVE_SEQUENCE = 1_000_000;
    private static final int ANSWER_BYTES = 8 * 1024;
    private static final int AF_INET = 2;
    private static final int EVERYBODY = -1;
    private static final byte ALL_ONES = -1;

    private final HelperKernel kernel;
    private final int socket;
    private final int addedMax;

    /** Removals, then what is put behind them: additions. */
    private final byte[] requests;

    private final byte[] additions;
    private final byte[] question = new byte[REMOVE_BYTES];
    private final byte[] answers = new byte[ANSWER_BYTES];
    private final long[] held = new long[HELD_MAX];
    private final int[] slots;

    /** The additions that found an entry there. */
    private final int[] taken;

    private int nextHeld;
    private int added;
    private int removed;
    private int takenCount;

    /** How many of those held are only wanted so far. */
    private int wanted;

    private int answerBytes;

    /**
     * @param socket of netlink
     * @param addedMax how many entries are made at once
     */
    public NeighbourEntries(HelperKernel kernel, int socket, int addedMax) {
        this.kernel = kernel;
        this.socket = socket;
        this.addedMax = addedMax;
        additions = new byte[addedMax * ADD_BYTES];
        requests = new byte[(addedMax + 1) * REMOVE_BYTES + addedMax * ADD_BYTES];
        slots = new int[addedMax];
        taken = new int[addedMax];
    }

    /** How many are wanted since the last {@link #make}. */
    public int pending() {
        return added;
    }

    /**
     * Wants an entry; {@link #make} makes it.
     *
     * @param slot given back if it fails
     * @param hardware the octets of its hardware address are here, from {@code at} on
     */
    public void add(int slot, int interfaceIndex, int addressBits, byte[] hardware, int at) {
        long entry = entry(interfaceIndex, addressBits);
        int found = indexOf(entry);
        boolean made = found >= 0 && (nextHeld - 1 - found & HELD_MAX - 1) >= wanted;
        if (found < 0) {
            long oldest = held[nextHeld];
            if (oldest != 0) {
                remove(oldest);
            }
            held[nextHeld] = entry;
            nextHeld = (nextHeld + 1) % HELD_MAX;
            wanted++;
        }
        int to = want(slot, entry, Netlink.NUD_REACHABLE, made ? ANY : NEW);
        System.arraycopy(hardware, at, additions, to, ETHERNET_OCTETS);
    }

    /**
     * Wants the entry by which broadcasts to 255.255.255.255 leave an interface; {@link #make}
     * makes it. The kernel makes one by itself, but cannot while its table is full of others'
     * entries, and then drops the broadcasts and tells nobody. One that is "permanent" needs no
     * room in the table. It is left there for good: another program may count on it, and it is
     * always true.
     *
     * @param slot given back if it fails
     */
    public void addEverybody(int slot, int interfaceIndex) {
        int hardware = want(slot, entry(interfaceIndex, EVERYBODY), Netlink.NUD_PERMANENT, ANY);
        for (int i = 0; i < ETHERNET_OCTETS; i++) {
            additions[hardware + i] = ALL_ONES;
        }
    }

    /** Writes all of an addition but its hardware address; returns where that goes. */
    private int want(int slot, long entry, int state, int flags) {
        if (added == addedMax) {
            throw new IllegalStateException("more than " + addedMax + " entries at once");
        }
        int to = added * ADD_BYTES;
        put(additions, to, ADD_BYTES, Netlink.RTM_NEWNEIGH, flags, added, entry);
        Netlink.put16(additions, to + STATE, state);
        Netlink.put16(additions, to + 36, 4 + ETHERNET_OCTETS);
        Netlink.put16(additions, to + 38, Netlink.NDA_LLADDR);
        slots[added++] = slot;
        return to + HARDWARE;
    }

    /** Makes the entries wanted since the last call, with one system call for all. */
    public void make(NeighbourFailure failure) {
        if (added + removed == 0) {
            return;
        }
        int behindRemovals = removed * REMOVE_BYTES;
        System.arraycopy(additions, 0, requests, behindRemovals, added * ADD_BYTES);
        int sent = kernel.send(socket, requests, behindRemovals + added * ADD_BYTES);
        if (sent < 0) {
            for (int i = 0; i < added; i++) {
                failure.failed(slots[i], -sent);
            }
        } else {
            readErrors(failure);
            replaceTaken(failure);
        }
        added = 0;
        removed = 0;
        wanted = 0;
    }

    /** Once more for those that found an entry there, where it may be replaced. */
    private void replaceTaken(NeighbourFailure failure) {
        int count = takenCount;
        takenCount = 0;
        for (int i = 0; i < count; i++) {
            int addition = taken[i] * ADD_BYTES;
            int address = Netlink.address(additions, addition + ADDRESS);
            long entry = entry(Netlink.i32(additions, addition + INDEX), address);
            int errno = 0;
            if (ask(entry) && isPermanent()) {
                letGo(entry);
                errno = isAnsweredHardware(addition + HARDWARE) ? 0 : HelperKernel.EEXIST;
            } else {
                System.arraycopy(additions, addition, requests, 0, ADD_BYTES);
                Netlink.put16(requests, FLAGS, ANY);
                errno = Math.max(0, -kernel.send(socket, requests, ADD_BYTES));
                readErrors(failure);
            }
            if (errno != 0) {
                failure.failed(slots[taken[i]], errno);
            }
        }
    }

    /** It is not ours, or no longer: true when it was. */
    private boolean letGo(long entry) {
        int at = indexOf(entry);
        if (at >= 0) {
            held[at] = 0;
        }
        return at >= 0;
    }

    /** Compares the hardware address of the entry asked for with that of an addition. */
    private boolean isAnsweredHardware(int hardware) {
        for (int at = ATTRIBUTES; at + 4 <= answerBytes; ) {
            int size = Netlink.u16(answers, at);
            if (Netlink.u16(answers, at + 2) == Netlink.NDA_LLADDR) {
                boolean same = size == 4 + ETHERNET_OCTETS && at + size <= answerBytes;
                for (int i = 0; same && i < ETHERNET_OCTETS; i++) {
                    same = answers[at + 4 + i] == additions[hardware + i];
                }
                return same;
            }
            if (size < 4) {
                return false;
            }
            at += Netlink.align(size);
        }
        return false;
    }

    /**
     * Takes an entry out, so that the address is asked for by ARP the next time: one of ours, of a
     * process before this one, or the kernel's. An administrator's permanent one stays.
     */
    public void forget(int interfaceIndex, int addressBits) {
        long entry = entry(interfaceIndex, addressBits);
        if (letGo(entry) || ask(entry) && !isPermanent()) {
            remove(entry);
            make((slot, errno) -> {});
        }
    }

    /** True where the kernel has an entry, which is among the answers then. */
    private boolean ask(long entry) {
        put(question, 0, REMOVE_BYTES, Netlink.RTM_GETNEIGH, Netlink.NLM_F_REQUEST, 0, entry);
        if (kernel.send(socket, question, REMOVE_BYTES) < 0) {
            return false;
        }
        boolean told = false;
        int length;
        while ((length = kernel.receive(socket, answers, false)) > 0) {
            told = length >= ATTRIBUTES && Netlink.u16(answers, 4) == Netlink.RTM_NEWNEIGH;
            answerBytes = length;
        }
        return told;
    }

    private boolean isPermanent() {
        return (Netlink.u16(answers, STATE) & Netlink.NUD_PERMANENT) != 0;
    }

    private static long entry(int interfaceIndex, int addressBits) {
        return (long) interfaceIndex << 32 | addressBits & 0xffff_ffffL;
    }

    private int indexOf(long entry) {
        for (int i = 0; i < HELD_MAX; i++) {
            if (held[i] == entry) {
                return i;
            }
        }
        return -1;
    }

    private void remove(long entry) {
        int at = removed * REMOVE_BYTES;
        int sequence = REMOVE_SEQUENCE + removed;
        int flags = Netlink.NLM_F_REQUEST;
        put(requests, at, REMOVE_BYTES, Netlink.RTM_DELNEIGH, flags, sequence, entry);
        removed++;
    }

    private static void put(
            byte[] into, int at, int length, int type, int flags, int sequence, long entry) {
        for (int i = at; i < at + length; i++) {
            into[i] = 0;
        }
        Netlink.put32(into, at, length);
        Netlink.put16(into, at + 4, type);
        Netlink.put16(into, at + FLAGS, flags);
        Netlink.put32(into, at + 8, sequence);
        into[at + 16] = (byte) AF_INET;
        Netlink.put32(into, at + INDEX, (int) (entry >>> 32));
        Netlink.put16(into, at + 28, 8);
        Netlink.put16(into, at + 30, Netlink.NDA_DST);
        Netlink.putAddress(into, at + ADDRESS, (int) entry);
    }

    // The kernel works off netlink requests within the send: whatever failed is told by now, and
    // silence means that all went well.
    private void readErrors(NeighbourFailure failure) {
        int length;
        while ((length = kernel.receive(socket, answers, false)) > 0) {
            for (int at = 0; at + Netlink.HEADER_BYTES + 4 <= length; ) {
                int size = Netlink.i32(answers, at);
                int sequence = Netlink.i32(answers, at + 8);
                int errno = Netlink.i32(answers, at + 16);
                int type = Netlink.u16(answers, at + 4);
                if (type == Netlink.NLMSG_ERROR && errno != 0 && sequence < added) {
                    if (errno == -HelperKernel.EEXIST) {
                        taken[takenCount++] = sequence;
                    } else {
                        failure.failed(slots[sequence], -errno);
                    }
                }
                if (size < Netlink.HEADER_BYTES) {
                    return;
                }
                at += Netlink.align(size);
            }
        }
    }
}
