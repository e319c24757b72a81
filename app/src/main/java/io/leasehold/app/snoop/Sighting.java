package io.leasehold.app.snoop;

import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import org.jspecify.annotations.Nullable;

/**
 * A datagram that was seen, and what it is.
 *
 * @param interfaceName where; empty where a file does not say
 * @param epochNanos when, in nanoseconds since 1970
 * @param checksumUnfinished true when the network card was to fill the check sum in
 * @param datagram the datagram
 * @param result its payload as a message
 */
public record Sighting(
        String interfaceName,
        long epochNanos,
        boolean checksumUnfinished,
        Datagram datagram,
        ParseResult result) {

    /** The message; null when it is none. */
    public @Nullable Message message() {
        return result instanceof ParseResult.Parsed parsed ? parsed.message() : null;
    }

    /** Reads the payload. */
    static Sighting of(
            String interfaceName, long epochNanos, boolean unfinished, Datagram datagram) {
        return new Sighting(
                interfaceName,
                epochNanos,
                unfinished,
                datagram,
                Message.parse(datagram.payload().toBytes()));
    }
}
