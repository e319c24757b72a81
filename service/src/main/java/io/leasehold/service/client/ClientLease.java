package io.leasehold.service.client;

import io.leasehold.protocol.wire.Field;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.Options;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lease as its client holds it. Times are on the boot clock that the client was given.
 *
 * @param address the client's address
 * @param server the server identifier, to which renewals go
 * @param obtainedMillis when the REQUEST was sent, from which all times count (RFC 2131 §4.4.1)
 * @param leaseSeconds for how long; {@link #INFINITE} for ever
 * @param renewSeconds T1: after how long the client asks its server for more
 * @param rebindSeconds T2: after how long it asks any server
 * @param ack the message that gave it, with all its options
 */
public record ClientLease(
        Ip4Address address,
        Ip4Address server,
        long obtainedMillis,
        long leaseSeconds,
        long renewSeconds,
        long rebindSeconds,
        Message ack) {
    /** A lease that does not end (RFC 2131 §3.3). */
    public static final long INFINITE = 0xffff_ffffL;

    /**
     * The lease that an ACK gives; null when the ACK cannot be used.
     *
     * @param server the server that was asked, where the ACK does not name it
     */
    static @Nullable ClientLease of(Message ack, Ip4Address server, long obtainedMillis) {
        long seconds = ack.get(Options.LEASE_TIME).or(0L);
        Ip4Address named = ack.get(Options.SERVER_ID).or(Ip4Address.ZERO);
        if (seconds == 0 || !usable(ack.yiaddr()) || ack.get(Options.SERVER_ID).isMalformed()) {
            return null;
        }
        long rebind = seconds(ack, Options.REBINDING_TIME);
        long renew = seconds(ack, Options.RENEWAL_TIME);
        // RFC 2131 §4.4.5: T1 before T2 before the end; where that is not so, the defaults are.
        if (rebind == 0 || rebind > seconds) {
            rebind = seconds * 7 / 8;
        }
        if (renew == 0 || renew > rebind) {
            renew = Math.min(seconds / 2, rebind);
        }
        Ip4Address from = named.isZero() ? server : named;
        return new ClientLease(ack.yiaddr(), from, obtainedMillis, seconds, renew, rebind, ack);
    }

    private static long seconds(Message ack, Option<Long> option) {
        return ack.get(option) instanceof Field.Present<Long> present ? present.value() : 0;
    }

    /** True when an address can be a host's. */
    static boolean usable(Ip4Address address) {
        return !address.isZero() && !address.isMulticast() && !address.equals(Ip4Address.BROADCAST);
    }

    public boolean isInfinite() {
        return leaseSeconds == INFINITE;
    }

    /** T1, on the boot clock; {@code Long.MAX_VALUE} for an infinite lease. */
    public long renewsAtMillis() {
        return after(renewSeconds);
    }

    /** T2, on the boot clock; {@code Long.MAX_VALUE} for an infinite lease. */
    public long rebindsAtMillis() {
        return after(rebindSeconds);
    }

    /** When the address may no longer be used; {@code Long.MAX_VALUE} for an infinite lease. */
    public long endsAtMillis() {
        return after(leaseSeconds);
    }

    private long after(long seconds) {
        return isInfinite() ? Long.MAX_VALUE : obtainedMillis + seconds * 1000;
    }

    /** Who takes a message on the link: the destination, or the first router on the way to it. */
    Ip4Address nextHop(Ip4Address destination) {
        Ip4Address mask = ack.get(Options.SUBNET_MASK).or(Ip4Address.BROADCAST);
        int prefix = Integer.bitCount(mask.bits());
        boolean known = mask.bits() != -1 && mask.bits() << prefix == 0;
        List<Ip4Address> routers = ack.get(Options.ROUTERS).or(List.of());
        boolean far = known && !Ip4Network.containing(address, prefix).contains(destination);
        return far && !routers.isEmpty() ? routers.getFirst() : destination;
    }
}
