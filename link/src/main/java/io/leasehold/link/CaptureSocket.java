package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Sees what passes one interface in both directions, of some UDP ports over IPv4, with the kernel's
 * times and with VLAN tags where they were on the wire (packet(7)). Needs CAP_NET_RAW. For one
 * thread.
 */
public final class CaptureSocket implements AutoCloseable {
    private static final int BUFFER_BYTES = 128 * 1024 * 1024;
    private static final int CONTROL_BYTES = 128;
    private static final int ADDRESS_BYTES = 20;
    private static final int MEMBERSHIP_BYTES = 16;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_ALL = 3;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int TAG_BYTES = 4;
    private static final int STATIONS_BYTES = 12;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Kernel.newState(arena);
    private final NetworkInterface networkInterface;
    private final boolean ethernet;
    private final int fd;
    private final ReceiveBatch incoming;
    private final byte[] buffer = new byte[TAG_BYTES + ReceiveBatch.MESSAGE_BYTES_MAX];
    private final MemorySegment statistics = arena.allocate(8, 8);
    private final MemorySegment statisticsBytes = arena.allocate(JAVA_INT);
    private long received;
    private long dropped;

    private CaptureSocket(NetworkInterface networkInterface) throws LinkException {
        this.networkInterface = networkInterface;
        this.ethernet = networkInterface.loopback() || networkInterface.hardware().length() == 6;
        int type = ethernet ? Abi.SOCK_RAW : Abi.SOCK_DGRAM;
        // Made for no protocol, so that nothing comes before the filter is in place.
        int opened = Kernel.socket(state, Abi.AF_PACKET, type, 0);
        if (opened < 0) {
            arena.close();
            throw new LinkException(
                    "cannot open a packet socket (needs CAP_NET_RAW): " + Abi.errorText(opened));
        }
        this.fd = opened;
        this.incoming = new ReceiveBatch(arena, CONTROL_BYTES);
    }

    /**
     * Opens a socket that sees an interface.
     *
     * @param ports UDP ports, 1 to 65535, up to 50; a datagram from or to any of them is seen
     * @throws LinkException when it is not permitted, or the interface is gone
     */
    public static CaptureSocket open(NetworkInterface networkInterface, List<Integer> ports)
            throws LinkException {
        CaptureSocket socket = new CaptureSocket(networkInterface);
        try {
            socket.setUp(ports);
            return socket;
        } catch (LinkException e) {
            socket.close();
            throw e;
        }
    }

    private void setUp(List<Integer> ports) throws LinkException {
        Kernel.setBuffers(state, fd, BUFFER_BYTES, 0);
        PacketFilter.attach(state, fd, PacketFilter.dhcp(ethernet, ports));
        Kernel.setOption(state, fd, Abi.SOL_SOCKET, Abi.SO_TIMESTAMPNS, 1);
        Kernel.setOption(state, fd, Abi.SOL_PACKET, Abi.PACKET_AUXDATA, 1);
        if (networkInterface.loopback()) {
            // What goes out there comes in again: it would be seen twice.
            Kernel.setOption(state, fd, Abi.SOL_PACKET, Abi.PACKET_IGNORE_OUTGOING, 1);
        } else {
            MemorySegment membership = arena.allocate(MEMBERSHIP_BYTES, 8);
            membership.set(JAVA_INT, 0, networkInterface.index());
            membership.set(JAVA_SHORT, 4, (short) Abi.PACKET_MR_PROMISC);
            Kernel.setOption(state, fd, Abi.SOL_PACKET, Abi.PACKET_ADD_MEMBERSHIP, membership);
        }
        MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
        address.set(JAVA_SHORT, 0, (short) Abi.AF_PACKET);
        // Frames with a tag in them are of no IPv4 as the kernel sees it.
        address.set(Abi.SHORT_NETWORK, 2, (short) (ethernet ? ETHERTYPE_ALL : ETHERTYPE_IPV4));
        address.set(JAVA_INT, 4, networkInterface.index());
        int result = Kernel.bind(state, fd, address);
        if (result < 0) {
            throw new LinkException(
                    "cannot capture on " + networkInterface.name() + ": " + Abi.errorText(result));
        }
    }

    /** The interface, as it was when the socket was opened. */
    public NetworkInterface networkInterface() {
        return networkInterface;
    }

    /** True when frames begin with an Ethernet header, false when with an IP header. */
    public boolean ethernet() {
        return ethernet;
    }

    /**
     * Takes up to 64 frames, without waiting.
     *
     * @return how many came
     * @throws LinkException when the interface is gone or down
     */
    public int receive(CaptureReceiver receiver) throws LinkException {
        int count = incoming.receive(fd);
        if (count < 0) {
            throw new LinkException(
                    "cannot capture on " + networkInterface.name() + ": " + Abi.errorText(count));
        }
        for (int slot = 0; slot < count; slot++) {
            hand(slot, receiver);
        }
        return count;
    }

    private void hand(int slot, CaptureReceiver receiver) {
        int length = incoming.length(slot);
        incoming.copyTo(slot, length, buffer, TAG_BYTES);
        MemorySegment controls = incoming.controls();
        int offset = TAG_BYTES;
        int status = 0;
        long auxiliary = incoming.controlOf(slot, Abi.SOL_PACKET, Abi.PACKET_AUXDATA);
        if (auxiliary >= 0) {
            status = controls.get(JAVA_INT, auxiliary);
            if (ethernet && (status & Abi.TP_STATUS_VLAN_VALID) != 0) {
                boolean told = (status & Abi.TP_STATUS_VLAN_TPID_VALID) != 0;
                int tpid = controls.get(JAVA_SHORT, auxiliary + 18) & 0xffff;
                insertTag(
                        told ? tpid : ETHERTYPE_VLAN,
                        controls.get(JAVA_SHORT, auxiliary + 16) & 0xffff);
                offset = 0;
                length += TAG_BYTES;
            }
        }
        long nanos = incoming.arrivedEpochNanos(slot);
        receiver.frame(
                nanos < 0 ? System.currentTimeMillis() * 1_000_000 : nanos,
                incoming.packetType(slot) == Abi.PACKET_OUTGOING,
                (status & Abi.TP_STATUS_CSUMNOTREADY) != 0,
                buffer,
                offset,
                length);
    }

    /** The kernel takes a tag out of the frame and tells it apart. */
    private void insertTag(int type, int tag) {
        System.arraycopy(buffer, TAG_BYTES, buffer, 0, STATIONS_BYTES);
        buffer[STATIONS_BYTES] = (byte) (type >> 8);
        buffer[STATIONS_BYTES + 1] = (byte) type;
        buffer[STATIONS_BYTES + 2] = (byte) (tag >> 8);
        buffer[STATIONS_BYTES + 3] = (byte) tag;
    }

    /**
     * Waits until one of several has frames.
     *
     * @param sockets at least one
     */
    public static void await(List<CaptureSocket> sockets, long waitNanos) {
        CaptureSocket first = sockets.getFirst();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment polls = arena.allocate(8L * sockets.size(), 8);
            for (int i = 0; i < sockets.size(); i++) {
                polls.set(JAVA_INT, 8L * i, sockets.get(i).fd);
                polls.set(JAVA_SHORT, 8L * i + 4, (short) Abi.POLLIN);
            }
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            time.set(JAVA_LONG, 0, waitNanos / NANOS_PER_SECOND);
            time.set(JAVA_LONG, 8, waitNanos % NANOS_PER_SECOND);
            Kernel.call(
                    first.state,
                    SystemCall.PPOLL,
                    polls.address(),
                    sockets.size(),
                    time.address(),
                    0,
                    0,
                    0);
        }
    }

    /** Asks the kernel for its counts, which the next two functions tell. */
    public void count() {
        statisticsBytes.set(JAVA_INT, 0, 8);
        long result =
                Kernel.call(
                        state,
                        SystemCall.GETSOCKOPT,
                        fd,
                        Abi.SOL_PACKET,
                        Abi.PACKET_STATISTICS,
                        statistics.address(),
                        statisticsBytes.address(),
                        0);
        if (result >= 0) {
            // Asking sets them to zero.
            received += statistics.get(JAVA_INT, 0) & 0xffff_ffffL;
            dropped += statistics.get(JAVA_INT, 4) & 0xffff_ffffL;
        }
    }

    /** How many frames the filter took, those that were lost included. */
    public long received() {
        return received;
    }

    /** How many of them were lost, since the socket's buffer was full. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        Kernel.close(state, fd);
        arena.close();
    }
}
