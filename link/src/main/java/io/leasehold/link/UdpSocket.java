package io.leasehold.link;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A plain UDP socket with batches, for a load generator that plays a relay, and for clients. One
 * thread receives, one may send meanwhile.
 */
public final class UdpSocket implements AutoCloseable {
    private final SocketEnd end;
    private Ip4Address destination = Ip4Address.ZERO;
    private int destinationPort;

    private UdpSocket(SocketEnd end) {
        this.end = end;
    }

    /**
     * Opens and binds a socket.
     *
     * @param address the address to bind to; 0.0.0.0 for all
     * @param port the UDP port; 0 lets the kernel choose
     * @param device the interface to keep to; null for any
     * @throws LinkException when the address, port or interface cannot be had
     */
    public static UdpSocket open(Ip4Address address, int port, @Nullable String device)
            throws IOException {
        SocketEnd end = new SocketEnd(Abi.AF_INET, Abi.SOCK_DGRAM, "a UDP socket");
        try {
            Kernel.setOption(end.state, end.fd, Abi.SOL_SOCKET, Abi.SO_BROADCAST, 1);
            if (device != null) {
                byte[] name = device.getBytes(StandardCharsets.UTF_8);
                MemorySegment segment = end.arena.allocateFrom(JAVA_BYTE, name);
                check(
                        Kernel.setOption(
                                end.state, end.fd, Abi.SOL_SOCKET, Abi.SO_BINDTODEVICE, segment),
                        "keep to interface " + device);
            }
            MemorySegment name = end.arena.allocate(Abi.SOCKADDR_IN_BYTES, 8);
            Abi.putSocketAddress(name, 0, address.bits(), port);
            check(Kernel.bind(end.state, end.fd, name), "listen on " + address + " port " + port);
        } catch (LinkException e) {
            end.close();
            throw e;
        }
        return new UdpSocket(end);
    }

    private static void check(int result, String what) throws LinkException {
        if (result < 0) {
            throw new LinkException("cannot " + what + ": " + Abi.errorText(result));
        }
    }

    /** Says where datagrams queued from here on go. */
    public void setDestination(Ip4Address address, int port) {
        destination = address;
        destinationPort = port;
    }

    /**
     * Takes up to 64 datagrams.
     *
     * @param waitMillis how long to wait for the first; 0 does not wait, a negative number waits
     *     until one comes
     * @return how many came
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

    /**
     * As {@link #receiveWithin}, and tells where each datagram came from.
     *
     * @param waitNanos how long to wait for the first; 0 does not wait, a negative number waits
     *     until one comes
     */
    public int receiveFrom(long waitNanos, DatagramReceiver receiver) throws IOException {
        return end.receiveDatagrams(waitNanos, receiver);
    }

    /** Has the kernel note when each datagram arrives, for {@link #arrivedNanos}. */
    public void tellArrivals() {
        end.tellArrivals();
    }

    /**
     * When the datagram that is being handed over arrived, by {@link System#nanoTime}: however late
     * it is taken. Only while it is handed over, and after {@link #tellArrivals}.
     */
    public long arrivedNanos() {
        return end.arrivedNanos();
    }

    /** Adds a datagram, copied, to those to send; sends the batch when it is full. */
    public void queue(byte[] datagram, int offset, int length) {
        if (!end.outgoing.hasRoomFor(length)) {
            flush();
        }
        int slot = end.outgoing.add(datagram, offset, length);
        end.outgoing.address(slot, destination.bits(), destinationPort);
    }

    /**
     * Sends what is queued.
     *
     * @return how many datagrams went out
     */
    public int flush() {
        return end.flush(0);
    }

    /** Datagrams that could not be sent. */
    public long sendFailures() {
        return end.sendFailures();
    }

    /** Why a datagram could not be sent, the last time; empty when all could. */
    public String lastSendFailure() {
        return end.lastSendFailure();
    }

    @Override
    public void close() {
        end.close();
    }
}
