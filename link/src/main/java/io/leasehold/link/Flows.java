package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A UDP port where everybody asks, and a socket of its own for each who is answered at length: what
 * TFTP calls transfer identifiers (RFC 1350 §4). The kernel sorts the datagrams. One thread runs
 * it; {@link #wakeUp} may be called from any.
 */
public final class Flows implements AutoCloseable {
    /** Room for a window of 64 blocks that are larger than a packet. */
    private static final int SEND_BUFFER_BYTES = 8 * 1024 * 1024;

    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    private static final int DATAGRAM_BYTES = 2048;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Kernel.newState(arena);
    private final MemorySegment datagram = arena.allocate(DATAGRAM_BYTES, 8);
    private final MemorySegment name = arena.allocate(Abi.SOCKADDR_IN_BYTES, 8);
    private final ByteBuffer datagramBytes = datagram.asByteBuffer();
    private final ReceiveBatch batch = new ReceiveBatch(arena);
    private final byte[] buffer = new byte[ReceiveBatch.MESSAGE_BYTES_MAX];
    private final FlowSender sender = new FlowSender(arena);
    private final BoundSocket door;
    private final Poller poller;
    private @Nullable Flow[] byDescriptor = new Flow[256];
    private int open;
    private boolean closed;

    private Flows(BoundSocket door) throws LinkException {
        this.door = door;
        try {
            poller = new Poller(arena);
        } catch (LinkException e) {
            door.close(state);
            arena.close();
            throw e;
        }
    }

    /**
     * Listens on all addresses of this host, also those still to come.
     *
     * @param port the UDP port, 1 to 65535
     * @throws LinkException with one line for the operator, when the port cannot be had
     */
    public static Flows open(int port) throws LinkException {
        SystemCall.requireKnownArchitecture();
        Flows flows = new Flows(openDoor(port));
        try {
            flows.poller.add(flows.door.fd);
        } catch (LinkException e) {
            flows.close();
            throw e;
        }
        return flows;
    }

    private static BoundSocket openDoor(int port) throws LinkException {
        try {
            return BoundSocket.open(Ip4Address.ZERO, port, BoundSocket.Kind.WILDCARD, null);
        } catch (BindException e) {
            throw new LinkException(SocketSet.sentence(Ip4Address.ZERO, port, e));
        }
    }

    /**
     * Waits until something comes, and hands it over.
     *
     * @param waitMillis 0 does not wait; a negative number waits until something comes
     */
    public void await(int waitMillis, FlowListener listener) throws LinkException {
        int ready = poller.await(waitMillis);
        for (int i = 0; i < ready; i++) {
            int fd = poller.ready(i);
            if (fd < 0) {
                continue;
            }
            Flow flow = fd < byDescriptor.length ? byDescriptor[fd] : null;
            if (flow != null) {
                take(flow, listener);
            } else if (door.fd == fd) {
                takeAsked(door, listener);
            }
        }
    }

    private void take(Flow flow, FlowListener listener) {
        int length = Kernel.receive(state, flow.fd, datagram, Abi.MSG_DONTWAIT);
        if (length >= 0) {
            listener.arrived(flow, datagramBytes.clear().limit(length));
        } else if (length == -Abi.ECONNREFUSED) {
            listener.unreachable(flow);
        }
    }

    private void takeAsked(BoundSocket door, FlowListener listener) {
        int count = batch.receive(door.fd);
        for (int slot = 0; slot < count; slot++) {
            long info = batch.packetInfo(slot);
            int length = batch.length(slot);
            if (info < 0 || batch.truncated(slot)) {
                continue;
            }
            batch.copyTo(slot, length, buffer);
            listener.asked(
                    buffer,
                    0,
                    length,
                    batch.interfaceIndex(info),
                    batch.source(slot),
                    batch.sourcePort(slot),
                    Ip4Address.of(batch.destinationBits(info)));
        }
    }

    /**
     * Opens a socket to a peer, on a port that nobody has.
     *
     * @param local the address of this host that it sends from
     * @throws LinkException with one line for the operator, when it cannot be had
     */
    public Flow connect(Ip4Address local, Ip4Address peer, int peerPort) throws LinkException {
        int fd = Kernel.socket(state, Abi.AF_INET, Abi.SOCK_DGRAM, 0);
        if (fd < 0) {
            throw new LinkException("cannot open a UDP socket: " + Abi.errorText(fd));
        }
        Abi.putSocketAddress(name, 0, local.bits(), 0);
        int result = Kernel.bind(state, fd, name);
        if (result >= 0) {
            // Blocks larger than a packet are cut into fragments; others are told the way's MTU.
            Kernel.setOption(state, fd, Abi.SOL_IP, Abi.IP_MTU_DISCOVER, Abi.IP_PMTUDISC_DONT);
            Kernel.setBuffers(state, fd, RECEIVE_BUFFER_BYTES, SEND_BUFFER_BYTES);
            Abi.putSocketAddress(name, 0, peer.bits(), peerPort);
            result =
                    Kernel.call(
                            state, SystemCall.CONNECT, fd, name.address(), Abi.SOCKADDR_IN_BYTES);
        }
        if (result < 0) {
            Kernel.close(state, fd);
            throw new LinkException(
                    "cannot send from "
                            + local
                            + " to "
                            + peer
                            + " port "
                            + peerPort
                            + ": "
                            + Abi.errorText(result));
        }
        Flow flow = new Flow(this, fd, Kernel.option(state, fd, Abi.SOL_IP, Abi.IP_MTU));
        remember(flow);
        return flow;
    }

    private void remember(Flow flow) throws LinkException {
        try {
            poller.add(flow.fd);
        } catch (LinkException e) {
            Kernel.close(state, flow.fd);
            throw e;
        }
        if (flow.fd >= byDescriptor.length) {
            byDescriptor = Arrays.copyOf(byDescriptor, flow.fd * 2);
        }
        byDescriptor[flow.fd] = flow;
        open++;
    }

    void forget(Flow flow) {
        byDescriptor[flow.fd] = null;
        open--;
        Kernel.close(state, flow.fd);
    }

    FlowSender sender() {
        return sender;
    }

    /** How many flows are open. */
    public int size() {
        return open;
    }

    /** Ends an {@link #await} that waits, or else the next one. */
    public void wakeUp() {
        poller.wakeUp();
    }

    /** Closes every socket. On the thread that runs it, or when that has ended. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        door.close(state);
        for (Flow flow : byDescriptor) {
            if (flow != null) {
                flow.close();
            }
        }
        poller.close();
        arena.close();
    }
}
