package io.leasehold.service;

import io.leasehold.protocol.role.Arrival;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hears what happens in the loop, for logs and metrics. Must not block. */
public interface ServiceEvents {
    /** Bytes came that are no message. On the loop's thread. */
    void malformed(Ip4Address source, int interfaceIndex, ParseResult.Malformed what);

    /** A DISCOVER was shed since more came than can be answered. On the loop's thread. */
    void shed();

    /**
     * Changes could not be made durable, so that their replies were not sent. On the store's
     * thread.
     */
    void notDurable(int replies, IOException why);

    /**
     * Something impossible happened, a bug of ours: what was at hand is dropped, the loop goes on
     * with all its state. On any thread.
     *
     * @param what was being done, such as {@code deciding about a message}
     * @param arrival the message that led to it; null when none did
     */
    void fault(String what, @Nullable Arrival arrival, Throwable fault);

    /** The store has too much waiting; replies were not sent. On the loop's thread. */
    void storeBusy(int replies);
}
