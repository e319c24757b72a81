package io.leasehold.netboot.tftp;

import java.util.List;

/** What a datagram that came to the port of TFTP asks for. */
public sealed interface TftpAsk {
    /**
     * A file is to be read.
     *
     * @param name as it was written
     * @param options in their order, each name once, in lower case
     */
    record Read(String name, TftpMode mode, List<Option> options) implements TftpAsk {
        public Read {
            options = List.copyOf(options);
        }
    }

    /**
     * An option of RFC 2347, as it was written.
     *
     * @param name in lower case
     */
    record Option(String name, String value) {}

    /**
     * Answered with an ERROR.
     *
     * @param code of {@link TftpErrors}
     * @param text for the client
     */
    record Refused(int code, String text) implements TftpAsk {}

    /**
     * Not answered, so that no two programs keep each other busy (CVE-2024-2169), nor a forged
     * sender is sent anything.
     */
    record Ignored(Stray why) implements TftpAsk {}

    /** Why a datagram is not answered. */
    enum Stray {
        /** DATA, ACK, ERROR or OACK where only requests are taken. */
        NOT_A_REQUEST,
        /** Too short for an opcode, or an opcode that there is not. */
        NO_TFTP,
        /** The same request again, while its first answer is under way. */
        REPEATED
    }
}
