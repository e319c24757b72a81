package io.leasehold.protocol.role;

import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;

/**
 * What a role decided about a message.
 *
 * @param <C> the change that the role's store makes durable; {@link Void} for a role without one
 */
public sealed interface Decision<C> {
    /** Sends at once: nothing has to be durable. */
    record Reply<C>(Outgoing outgoing) implements Decision<C> {}

    /**
     * Makes the change durable, then sends. When the change cannot be made durable nothing is sent.
     */
    record CommitThenReply<C>(C change, Outgoing outgoing) implements Decision<C> {}

    /** Makes the change durable; there is nobody to tell (RELEASE, DECLINE). */
    record Commit<C>(C change) implements Decision<C> {}

    /** Sends the message on to others. */
    record Forward<C>(List<Outgoing> outgoings) implements Decision<C> {}

    /**
     * Asks whether an address is in use (ICMP echo) before going on. The loop gives the outcome to
     * {@link Role#asked}.
     *
     * @param address the address to ask
     * @param interfaceIndex the interface to ask on; 0 lets the routing table choose
     * @param source the address to ask from
     * @param waitMillis how long silence has to last
     * @param token what the role wants back with the outcome
     */
    record AskFirst<C>(
            Ip4Address address, int interfaceIndex, Ip4Address source, int waitMillis, Object token)
            implements Decision<C> {}

    /** Answers with silence. */
    record Drop<C>(DropReason reason) implements Decision<C> {}
}
