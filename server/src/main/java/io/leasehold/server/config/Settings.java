package io.leasehold.server.config;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * How leases of a subnet are given. All times are whole seconds unless their name says otherwise.
 *
 * @param leaseSeconds lease time when the client has no wish; 0xffffffff means without an end
 * @param minLeaseSeconds the shortest lease that a client's wish can get
 * @param maxLeaseSeconds the longest lease that a client's wish can get
 * @param t1Seconds when the client renews (option 58); 0 means half of the lease
 * @param t2Seconds when the client rebinds (option 59); 0 means 7/8 of the lease
 * @param pingCheckMillis how long silence must last before an address is offered; 0 means no ping;
 *     -1 means 500 for clients on the wire and none for relayed ones
 * @param offerHoldSeconds how long an offered address is held for its client
 * @param declineHoldSeconds how long a declined address is kept away
 * @param authoritative whether a wrong address in INIT-REBOOT is answered with a NAK
 * @param matchClientId false: clients are known by their hardware address alone
 * @param rapidCommit whether a DISCOVER with option 80 is answered with an ACK (RFC 4039)
 * @param bootp whether the pools serve BOOTP clients
 * @param knownSharePercent how much of each pool is kept for clients that have or had a lease or a
 *     reservation, 0 to 100
 * @param nextServer siaddr of replies; 0.0.0.0 for none
 * @param bootFile the file field of replies; empty for none, at most 127 bytes of ASCII
 */
public record Settings(
        long leaseSeconds,
        long minLeaseSeconds,
        long maxLeaseSeconds,
        long t1Seconds,
        long t2Seconds,
        int pingCheckMillis,
        int offerHoldSeconds,
        int declineHoldSeconds,
        boolean authoritative,
        boolean matchClientId,
        boolean rapidCommit,
        boolean bootp,
        int knownSharePercent,
        Ip4Address nextServer,
        String bootFile) {

    /** 51 of a lease without an end (RFC 2131 §3.3). */
    public static final long INFINITE = 0xffff_ffffL;

    public static final Settings DEFAULT =
            new Settings(
                    3600,
                    60,
                    86_400,
                    0,
                    0,
                    -1,
                    30,
                    3600,
                    true,
                    true,
                    false,
                    false,
                    0,
                    Ip4Address.ZERO,
                    "");
}
