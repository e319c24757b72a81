package io.leasehold.netboot.tftp;

/**
 * How a transfer ended.
 *
 * @param outcome in one word
 * @param detail what the client or the file system said, empty where they said nothing
 * @param bytes how many bytes of the file the client has confirmed
 * @param size the length of the file in bytes
 * @param millis how long it took
 * @param repeats how often something had to be sent again
 */
public record TftpEnd(
        Outcome outcome, String detail, long bytes, long size, long millis, int repeats) {
    /** The ways in which a transfer ends. */
    public enum Outcome {
        /** The client has confirmed the last block. */
        COMPLETE,
        /** All was sent, and the ACK of the last block did not come: some clients send none. */
        UNCONFIRMED,
        /** The client asked for the options alone, as EDK2 does to learn the size. */
        PROBED,
        /** The client ended it with an ERROR. */
        ABORTED,
        /** The client fell silent. */
        STALLED,
        /** The client asked anew from the same port. */
        REPLACED,
        /** The file could not be read to its end. */
        FILE_FAILED,
        /** The server is being ended. */
        STOPPED
    }
}
