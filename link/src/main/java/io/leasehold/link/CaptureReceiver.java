package io.leasehold.link;

/** Takes what a {@link CaptureSocket} saw. */
@FunctionalInterface
public interface CaptureReceiver {
    /**
     * A frame passed the interface.
     *
     * @param epochNanos when, in nanoseconds since 1970, as the kernel says
     * @param outgoing true when this host sent it
     * @param checksumUnfinished true when the network card was to fill the UDP check sum in
     * @param buffer holds it during this call only
     * @param offset its first byte
     * @param length its length in bytes
     */
    void frame(
            long epochNanos,
            boolean outgoing,
            boolean checksumUnfinished,
            byte[] buffer,
            int offset,
            int length);
}
