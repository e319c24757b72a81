package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;

/**
 * What is on record about an address.
 *
 * @param address the address
 * @param client who has it, or had it last
 * @param hardware the client's hardware address; of no octets when it is not known
 * @param state what the record says of the address
 * @param startSeconds when the state began, in seconds since 1970
 * @param endSeconds when the state ends by itself, in seconds since 1970: the address is free from
 *     then on. {@link #FOREVER} for a lease without an end
 * @param hostName what the client calls itself, cleaned for display; empty when it does not say
 * @param agentInformation option 82 of the request that made the lease; empty without a relay
 * @param serverId the server id that the client knows us by, kept since a relay may have overridden
 *     it (RFC 5107)
 */
public record Lease(
        Ip4Address address,
        ClientKey client,
        HardwareAddress hardware,
        State state,
        long startSeconds,
        long endSeconds,
        String hostName,
        Octets agentInformation,
        Ip4Address serverId) {

    /** {@link #endSeconds} of a lease without an end (RFC 2131 §3.3). */
    public static final long FOREVER = Long.MAX_VALUE;

    /** What a record says of its address. */
    public enum State {
        /** A client may use it until the end. */
        BOUND,
        /** Its client gave it back; it is free. */
        RELEASED,
        /** A client found it in use by another; it is kept away until the end. */
        DECLINED,
        /** It answered a ping although nobody has it from us; it is kept away until the end. */
        CONFLICT
    }

    /** True when nobody else may have the address at a time. */
    public boolean holds(long nowSeconds) {
        return state != State.RELEASED && nowSeconds < endSeconds;
    }

    /** This lease, beginning and ending later by this much; earlier when it is negative. */
    public Lease shifted(long seconds) {
        return new Lease(
                address,
                client,
                hardware,
                state,
                startSeconds + seconds,
                endSeconds == FOREVER ? FOREVER : endSeconds + seconds,
                hostName,
                agentInformation,
                serverId);
    }
}
