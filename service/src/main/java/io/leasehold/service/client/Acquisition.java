package io.leasehold.service.client;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;

/** What came of asking for an address. */
public sealed interface Acquisition {
    /**
     * The client has the address.
     *
     * @param lease what it has
     */
    record Bound(ClientLease lease) implements Acquisition {}

    /**
     * A server refused: the client has to begin anew (RFC 2131 §3.1 step 4).
     *
     * @param nak how it did
     */
    record Refused(Message nak) implements Acquisition {}

    /**
     * No answer that could be used came within the time.
     *
     * @param to what was asked last: DISCOVER, or REQUEST where an OFFER had come
     */
    record Silence(MessageType to) implements Acquisition {}
}
