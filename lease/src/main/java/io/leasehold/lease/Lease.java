package io.leasehold.lease;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is on record about an address. Immutable, and used like a record. What it is made of is made
 * again when asked for: few ask for all of it.
 */
public final class Lease {
    /** {@link #endSeconds} of a lease without an end (RFC 2131 §3.3). */
    public static final long FOREVER = Long.MAX_VALUE;

    private final int address;
    private final int serverId;
    private final State state;
    private final byte[] facts;
    private final long startSeconds;
    private final long endSeconds;

    /**
     * @param address the address
     * @param client who has it, or had it last
     * @param hardware the client's hardware address; of no octets when it is not known
     * @param state what the record says of the address
     * @param startSeconds when the state began, in seconds since 1970
     * @param endSeconds when the state ends by itself, in seconds since 1970: the address is free
     *     from then on. {@link #FOREVER} for a lease without an end
     * @param hostName what the client calls itself, cleaned for display; empty when it does not say
     * @param agentInformation option 82 of the request that made the lease; empty without a relay
     * @param serverId the server id that the client knows us by, kept since a relay may have
     *     overridden it (RFC 5107)
     */
    public Lease(
            Ip4Address address,
            ClientKey client,
            HardwareAddress hardware,
            State state,
            long startSeconds,
            long endSeconds,
            String hostName,
            Octets agentInformation,
            Ip4Address serverId) {
        this(
                address.bits(),
                serverId.bits(),
                state,
                LeaseFacts.pack(client, hardware, hostName, agentInformation),
                startSeconds,
                endSeconds);
    }

    /** From what the other packs; {@code facts} is never written to again. */
    Lease(
            int address,
            int serverId,
            State state,
            byte[] facts,
            long startSeconds,
            long endSeconds) {
        this.address = address;
        this.serverId = serverId;
        this.state = state;
        this.facts = facts;
        this.startSeconds = startSeconds;
        this.endSeconds = endSeconds;
    }

    /** What a record says of its address. */
    public enum State {
        /** A client may use it until the end. */
        BOUND(0),
        /** Its client gave it back; it is free. */
        RELEASED(1),
        /** A client found it in use by another; it is kept away until the end. */
        DECLINED(2),
        /** It answered a ping although nobody has it from us; it is kept away until the end. */
        CONFLICT(3);

        /** Its place among {@link #values}. */
        final int code;

        State(int code) {
            this.code = code;
        }
    }

    public Ip4Address address() {
        return Ip4Address.of(address);
    }

    int addressBits() {
        return address;
    }

    int serverIdBits() {
        return serverId;
    }

    /** What {@link LeaseFacts} packed; not to be written to. */
    byte[] facts() {
        return facts;
    }

    /** Who has the address, or had it last. */
    public ClientKey client() {
        return LeaseFacts.client(facts);
    }

    /** The client's hardware address; of no octets when it is not known. */
    public HardwareAddress hardware() {
        return LeaseFacts.hardware(facts);
    }

    public State state() {
        return state;
    }

    /** When the state began, in seconds since 1970. */
    public long startSeconds() {
        return startSeconds;
    }

    /** When the state ends by itself, in seconds since 1970, or {@link #FOREVER}. */
    public long endSeconds() {
        return endSeconds;
    }

    /** What the client calls itself; empty when it does not say. */
    public String hostName() {
        return LeaseFacts.hostName(facts);
    }

    /** Option 82 of the request that made the lease; empty without a relay. */
    public Octets agentInformation() {
        return LeaseFacts.agentInformation(facts);
    }

    /** The server id that the client knows us by. */
    public Ip4Address serverId() {
        return Ip4Address.of(serverId);
    }

    /** True when nobody else may have the address at a time. */
    public boolean holds(long nowSeconds) {
        return state != State.RELEASED && nowSeconds < endSeconds;
    }

    /** This lease, beginning and ending later by this much; earlier when it is negative. */
    public Lease shifted(long seconds) {
        return new Lease(
                address,
                serverId,
                state,
                facts,
                startSeconds + seconds,
                endSeconds == FOREVER ? FOREVER : endSeconds + seconds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lease that
                && address == that.address
                && serverId == that.serverId
                && state == that.state
                && startSeconds == that.startSeconds
                && endSeconds == that.endSeconds
                && Arrays.equals(facts, that.facts);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * address + Arrays.hashCode(facts)) + Long.hashCode(endSeconds);
    }

    @Override
    public String toString() {
        return "Lease[address="
                + address()
                + ", client="
                + client()
                + ", hardware="
                + hardware()
                + ", state="
                + state
                + ", startSeconds="
                + startSeconds
                + ", endSeconds="
                + endSeconds
                + ", hostName="
                + hostName()
                + ", agentInformation="
                + agentInformation()
                + ", serverId="
                + serverId()
                + "]";
    }
}
