package io.leasehold.service.client;

import io.leasehold.protocol.wire.Message;

/** What happens to a lease while it is kept. */
public sealed interface LeaseEvent {
    /** Its server gave more time (RENEWING). */
    record Renewed(ClientLease lease) implements LeaseEvent {}

    /** A server, perhaps another, gave more time (REBINDING). */
    record Rebound(ClientLease lease) implements LeaseEvent {}

    /** A server refused: the address may no longer be used. */
    record Refused(Message nak) implements LeaseEvent {}

    /** It ran out: the address may no longer be used. */
    record Expired(ClientLease lease) implements LeaseEvent {}

    /**
     * A message could not be sent or taken; the client goes on as if there were no answer.
     *
     * @param why as the wire says it
     */
    record Trouble(String why) implements LeaseEvent {}
}
