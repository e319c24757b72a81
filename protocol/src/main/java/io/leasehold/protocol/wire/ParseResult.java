package io.leasehold.protocol.wire;

/** What became of received bytes. */
public sealed interface ParseResult {
    /**
     * The bytes are a message.
     *
     * @param message holds its own copy of the bytes
     */
    record Parsed(Message message) implements ParseResult {}

    /**
     * The bytes cannot be taken for a message.
     *
     * @param offset where reading stopped, in bytes from the start
     * @param why the reason, which is counted
     */
    record Malformed(int offset, Why why) implements ParseResult {}

    /** Why bytes are no message. */
    enum Why {
        /** Fewer than the 236 bytes of the fixed header. */
        SHORT_HEADER,
        /** hlen is more than the 16 bytes of chaddr. */
        HARDWARE_LENGTH,
        /** More than a UDP datagram can hold. */
        TOO_LONG
    }
}
