package io.leasehold.protocol.capture;

/** What a frame is. */
public sealed interface Decoded {
    /**
     * It holds a UDP datagram, or is the last missing fragment of one.
     *
     * @param datagram what it holds
     */
    record Udp(Datagram datagram) implements Decoded {}

    /** A fragment of a UDP datagram whose others have not come. */
    record Fragment() implements Decoded {}

    /** No UDP over IPv4. */
    record Other() implements Decoded {}

    /**
     * It begins as a UDP datagram does, and cannot be read.
     *
     * @param offset where reading stopped, in bytes from the start of the frame
     * @param why the reason
     */
    record Malformed(int offset, Why why) implements Decoded {}

    /** Why a frame cannot be read. */
    enum Why {
        LINK_TYPE("a kind of link that is not known"),
        LINK_HEADER("the link's header is cut off"),
        IP_HEADER("the IP header is cut off"),
        IP_HEADER_LENGTH("an IP header of less than 20 bytes"),
        IP_LENGTH("an IP length that is less than its headers need"),
        FRAGMENT_CUT("a fragment that was not captured whole"),
        FRAGMENT_RANGE(
                "a fragment beyond 65,535 bytes, or of a length that none in the middle has"),
        FRAGMENT_OVERLAP("fragments that overlap"),
        UDP_HEADER("the UDP header is cut off"),
        UDP_LENGTH_SHORT("a UDP length of less than 8"),
        UDP_LENGTH_LONG("a UDP length of more than its packet has");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /** As a line of output says it. */
        public String text() {
            return text;
        }
    }
}
