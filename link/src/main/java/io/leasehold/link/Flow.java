package io.leasehold.link;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A UDP socket with one peer: only that peer's datagrams come, and all that is sent goes there. For
 * the thread that runs its {@link Flows}.
 */
public final class Flow {
    final int fd;
    private final Flows flows;
    private final int mtu;
    private boolean closed;

    Flow(Flows flows, int fd, int mtu) {
        this.flows = flows;
        this.fd = fd;
        this.mtu = mtu;
    }

    /** Bytes of the largest IP packet on the way to the peer, as the routing table has it. */
    public int mtu() {
        return mtu;
    }

    /**
     * Sends datagrams that lie one behind the other, with one system call where the kernel cuts
     * them itself (UDP segmentation, Linux 4.18).
     *
     * @param datagrams from its position to its limit, both of which stay; a direct buffer of
     *     65,536 bytes at most
     * @param datagramBytes the length of each but the last, which may be shorter
     * @return how many could not be sent
     */
    public int send(ByteBuffer datagrams, int datagramBytes) {
        if (closed) {
            return 0;
        }
        return flows.sender().send(fd, MemorySegment.ofBuffer(datagrams), datagramBytes, mtu);
    }

    /** Closes the socket. */
    public void close() {
        if (!closed) {
            closed = true;
            flows.forget(this);
        }
    }
}
