package io.leasehold.protocol.wire;

/**
 * A classless static route (RFC 3442).
 *
 * @param destination its significant octets as they came; the octets behind them are 0, but bits
 *     behind the prefix may be set within the last significant one
 * @param prefixBits 0 to 32
 * @param router where to send; 0.0.0.0 means that the destination is on the link
 */
public record Route(Ip4Address destination, int prefixBits, Ip4Address router) {
    public Route {
        if (prefixBits < 0 || prefixBits > 32) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixBits + " is not within 0 to 32");
        }
        int kept = significantOctets(prefixBits) * 8;
        if (kept < 32 && destination.bits() << kept != 0) {
            throw new IllegalArgumentException(
                    destination + "/" + prefixBits + " has octets set behind its prefix");
        }
    }

    /** A route to a network. */
    public static Route to(Ip4Network destination, Ip4Address router) {
        return new Route(destination.address(), destination.prefixBits(), router);
    }

    /** The destination with the bits behind the prefix cleared, as a client must read it. */
    public Ip4Network network() {
        return Ip4Network.containing(destination, prefixBits);
    }

    /** How many octets of a destination are sent: RFC 3442's width of significant octets. */
    static int significantOctets(int prefixBits) {
        return (prefixBits + 7) / 8;
    }

    /** {@code 10.0.0.0/8 via 192.168.50.1}; bits behind the prefix are not shown. */
    @Override
    public String toString() {
        return network() + " via " + router;
    }
}
