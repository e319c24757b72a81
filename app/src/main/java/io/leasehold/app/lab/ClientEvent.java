package io.leasehold.app.lab;

/**
 * What a client said had happened to its lease, in the words of all clients alike.
 *
 * @param kind what happened
 * @param address the address that it has now; {@code -} where it has none
 * @param leaseSeconds the lease time; {@code -} where there is none, as for the other fields
 * @param server the server that gave it (option 54)
 */
public record ClientEvent(Kind kind, String address, String leaseSeconds, String server) {
    /** What can happen to a lease. */
    public enum Kind {
        /** A lease got by a full exchange. */
        BOUND,
        /** The lease was extended by the server that gave it. */
        RENEWED,
        /** The lease was extended by whichever server answered. */
        REBOUND,
        /** A lease remembered from before a reboot was confirmed. */
        REBOOTED,
        /** The address turned out to be another host's, and the client gave it back. */
        DECLINED,
        /** The server said no (DHCPNAK). */
        REFUSED,
        /** The lease ran out. */
        EXPIRED,
        /** The client gave its lease back. */
        RELEASED,
        /** No server answered in time. */
        FAILED
    }

    static ClientEvent parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4) {
            throw new LabException("a client reported \"" + line + "\", expected four words");
        }
        return new ClientEvent(Kind.valueOf(words[0]), words[1], words[2], words[3]);
    }
}
