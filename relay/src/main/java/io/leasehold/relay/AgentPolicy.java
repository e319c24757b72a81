package io.leasehold.relay;

/** What is done about relay agent information, option 82, on its way to the server. */
public enum AgentPolicy {
    /**
     * As RFC 3046 §2.1 has it: a request that a relay has passed on goes on as it is, also one with
     * an option 82 from a trusted interface. Where a sub-option is configured, requests of this
     * relay's own clients get an option 82.
     */
    NONE,
    /** Every request gets an option 82, behind one that it has. */
    APPEND,
    /** Every request gets an option 82, in place of one that it has. */
    REPLACE,
    /** A request that has an option 82 is dropped; others get one, unless a relay was before. */
    DISCARD
}
