package io.leasehold.netboot.tftp;

import java.nio.ByteBuffer;

/** A UDP port of ours for one transfer, which sends to its client alone and hears it alone. */
public interface TftpPort {
    /** Bytes of the largest IP packet on the way to the client. */
    int mtu();

    /**
     * Sends datagrams that lie one behind the other. What cannot be sent is lost, as on the wire.
     *
     * @param datagrams from its position to its limit, which both stay; a direct buffer
     * @param datagramBytes the length of each but the last, which may be shorter
     */
    void send(ByteBuffer datagrams, int datagramBytes);

    /** Gives the port back. */
    void close();
}
