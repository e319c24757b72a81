package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Octets;

/**
 * A frame as it was captured.
 *
 * @param offset where its record begins, in bytes from the start of the file
 * @param source the interface
 * @param epochNanos when, in nanoseconds since 1970; {@link #NO_TIME} where the file does not tell
 * @param direction which way it went
 * @param originalBytes its length on the wire, which may be more than was captured
 * @param octets what was captured of it
 */
public record CapturedFrame(
        long offset,
        CaptureInterface source,
        long epochNanos,
        Direction direction,
        long originalBytes,
        Octets octets) {
    /** No time is known: simple packet blocks have none. */
    public static final long NO_TIME = Long.MIN_VALUE;
}
