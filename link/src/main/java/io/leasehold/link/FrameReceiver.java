package io.leasehold.link;

/** Takes what a {@link PacketSocket} or {@link UdpSocket} received. */
@FunctionalInterface
public interface FrameReceiver {
    /**
     * A frame, or a datagram's payload, came.
     *
     * @param buffer holds it during this call only
     * @param offset its first byte
     * @param length its length in bytes
     */
    void frame(byte[] buffer, int offset, int length);
}
