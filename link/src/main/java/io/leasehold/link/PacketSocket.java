package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Whole Ethernet frames in and out of one interface (packet(7)), for a load generator that plays
 * many clients, and for captures. Needs CAP_NET_RAW. One thread receives, one may send meanwhile.
 */
public final class PacketSocket implements AutoCloseable {
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_ARP = 0x0806;
    private static final int ETHERTYPE_ALL = 3;

    /** Greater than any EtherType, so that nothing is equal to it. */
    private static final int ETHERTYPE_NONE = 0x10000;

    private static final int ADDRESS_BYTES = 20;
    private static final int MEMBERSHIP_BYTES = 16;

    /** How a packet socket looks at its interface. */
    public enum Sight {
        /** Frames to the interface's own address and broadcasts, as they come in. */
        OWN,
        /** Every frame that comes in, whomever it is for. */
        PROMISCUOUS,
        /** Every frame that comes in or goes out: a capture. */
        BOTH_WAYS
    }

    private final SocketEnd end;
    private final NetworkInterface networkInterface;

    private PacketSocket(SocketEnd end, NetworkInterface networkInterface) {
        this.end = end;
        this.networkInterface = networkInterface;
    }

    /**
     * Opens a socket that takes IPv4 UDP frames to one port.
     *
     * @param interfaceName the interface
     * @param udpPort the UDP destination port of the frames to take, 1 to 65535; 0 takes every
     *     frame of any protocol
     * @throws LinkException when there is no such interface, or it is not permitted
     */
    public static PacketSocket open(String interfaceName, Sight sight, int udpPort)
            throws IOException {
        return open(interfaceName, sight, udpPort, false);
    }

    /**
     * Opens a socket that takes ARP besides, for one who answers it on behalf of many hosts.
     *
     * @throws LinkException as {@link #open} does
     */
    public static PacketSocket openWithArp(String interfaceName, Sight sight, int udpPort)
            throws IOException {
        return open(interfaceName, sight, udpPort, true);
    }

    private static PacketSocket open(String interfaceName, Sight sight, int udpPort, boolean arpToo)
            throws IOException {
        NetworkInterface found = find(interfaceName);
        SocketEnd end =
                new SocketEnd(Abi.AF_PACKET, Abi.SOCK_RAW, "a packet socket (needs CAP_NET_RAW)");
        try {
            setUp(end, found.index(), sight, udpPort, arpToo);
        } catch (LinkException e) {
            end.close();
            throw e;
        }
        return new PacketSocket(end, found);
    }

    private static NetworkInterface find(String name) throws LinkException {
        InterfaceTable table = new InterfaceTable(InterfaceDump.read(), List.of());
        for (NetworkInterface each : table.all()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new LinkException("no interface " + name + "; there are: " + table.names());
    }

    // The socket was made for no protocol, so that nothing comes before the filter is in place.
    private static void setUp(SocketEnd end, int index, Sight sight, int udpPort, boolean arpToo)
            throws LinkException {
        if (udpPort != 0) {
            PacketFilter.attach(
                    end.state, end.fd, udpFilter(udpPort, arpToo ? ETHERTYPE_ARP : ETHERTYPE_NONE));
        }
        if (sight != Sight.OWN) {
            MemorySegment membership = end.arena.allocate(MEMBERSHIP_BYTES, 8);
            membership.set(JAVA_INT, 0, index);
            membership.set(JAVA_SHORT, 4, (short) Abi.PACKET_MR_PROMISC);
            check(
                    Kernel.setOption(
                            end.state,
                            end.fd,
                            Abi.SOL_PACKET,
                            Abi.PACKET_ADD_MEMBERSHIP,
                            membership),
                    "see all frames");
        }
        if (sight != Sight.BOTH_WAYS) {
            Kernel.setOption(end.state, end.fd, Abi.SOL_PACKET, Abi.PACKET_IGNORE_OUTGOING, 1);
        }
        MemorySegment address = end.arena.allocate(ADDRESS_BYTES, 8);
        address.set(JAVA_SHORT, 0, (short) Abi.AF_PACKET);
        address.set(
                Abi.SHORT_NETWORK,
                2,
                (short) (udpPort == 0 || arpToo ? ETHERTYPE_ALL : ETHERTYPE_IPV4));
        address.set(JAVA_INT, 4, index);
        check(Kernel.bind(end.state, end.fd, address), "bind");
    }

    private static void check(int result, String what) throws LinkException {
        if (result < 0) {
            throw new LinkException(
                    "cannot " + what + " with a packet socket: " + Abi.errorText(result));
        }
    }

    /**
     * A classic BPF program over an Ethernet frame. Each row: operation, jump when true, jump when
     * false, operand.
     */
    private static int[][] udpFilter(int port, int otherEtherType) {
        return new int[][] {
            {0x28, 0, 0, 12}, // the EtherType
            {0x15, 8, 0, otherEtherType},
            {0x15, 0, 8, ETHERTYPE_IPV4},
            {0x30, 0, 0, 23}, // the protocol
            {0x15, 0, 6, 17},
            {0x28, 0, 0, 20}, // the fragment offset
            {0x45, 4, 0, 0x1fff},
            {0xb1, 0, 0, 14}, // X = the length of the IP header
            {0x48, 0, 0, 16}, // the destination port, behind it
            {0x15, 0, 1, port},
            {0x06, 0, 0, 0x40000}, // take it whole
            {0x06, 0, 0, 0}, // drop it
        };
    }

    /** The interface, as it was when the socket was opened. */
    public NetworkInterface networkInterface() {
        return networkInterface;
    }

    /**
     * Takes up to 64 frames.
     *
     * @param waitMillis how long to wait for the first; 0 does not wait, a negative number waits
     *     until one comes
     * @return how many came
     * @throws LinkException when the interface is gone
     */
    public int receive(int waitMillis, FrameReceiver receiver) throws IOException {
        return end.receive(waitMillis, receiver);
    }

    /**
     * As {@link #receive}, with a wait as short as pacing needs.
     *
     * @param waitNanos how long to wait for the first; 0 does not wait, a negative number waits
     *     until one comes
     */
    public int receiveWithin(long waitNanos, FrameReceiver receiver) throws IOException {
        return end.receive(waitNanos, receiver);
    }

    /** Has the kernel note when each frame arrives, for {@link #arrivedNanos}. */
    public void tellArrivals() {
        end.tellArrivals();
    }

    /**
     * When the frame that is being handed over arrived, by {@link System#nanoTime}: however late it
     * is taken. Only while it is handed over, and after {@link #tellArrivals}.
     */
    public long arrivedNanos() {
        return end.arrivedNanos();
    }

    /** Adds a frame, copied, to those to send; sends the batch when it is full. */
    public void queue(byte[] frame, int offset, int length) {
        if (!end.outgoing.hasRoomFor(length)) {
            flush();
        }
        end.outgoing.add(frame, offset, length);
    }

    /**
     * Sends what is queued.
     *
     * @return how many frames went out
     */
    public int flush() {
        return end.flush(0);
    }

    /** Frames that could not be sent. */
    public long sendFailures() {
        return end.sendFailures();
    }

    /** Why a frame could not be sent, the last time; empty when all could. */
    public String lastSendFailure() {
        return end.lastSendFailure();
    }

    @Override
    public void close() {
        end.close();
    }
}
