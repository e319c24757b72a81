package io.leasehold.protocol.role;

/**
 * The rules of one part that DHCP knows: a relay, a server, a boot service, yours. A role has state
 * but no socket, clock, thread or random of its own, and is called by one thread.
 *
 * @param <C> the change that its store makes durable
 */
public interface Role<C> {
    /** What to do about a message. */
    Decision<C> decide(Arrival arrival);

    /**
     * What to do now that a question is answered.
     *
     * @param token as given in {@link Decision.AskFirst}
     * @param answered true when the address is in use
     * @param nowMillis the time, as in {@link Arrival#nowMillis()}
     */
    Decision<C> asked(Object token, boolean answered, long nowMillis);

    /**
     * Tells that a change given in a {@link Decision.CommitThenReply} or {@link Decision.Commit}
     * was made durable, or could not be.
     */
    default void settled(C change, boolean durable) {}
}
