package io.leasehold.netboot.watch;

import io.leasehold.protocol.wire.Ip4Address;

/**
 * What came of a transfer.
 *
 * @param protocol how
 * @param from the machine's address
 * @param file the name as it was asked for
 * @param result in one word
 * @param detail why it did not go through; empty where there is nothing to say
 * @param bytes how many went over
 * @param size the length of the file in bytes; 0 where it was not opened
 * @param millis how long it took
 */
public record BootFetch(
        Protocol protocol,
        Ip4Address from,
        String file,
        Result result,
        String detail,
        long bytes,
        long size,
        long millis) {
    /** How a file is fetched. */
    public enum Protocol {
        TFTP,
        HTTP
    }

    /** How a transfer ends. */
    public enum Result {
        /** All that was asked for went over. */
        WHOLE,
        /** Only the size was asked for. */
        PROBED,
        /** It broke off. */
        BROKEN,
        /** There is no such file. */
        MISSING,
        /** Nobody gets that. */
        REFUSED,
        /** This host could not read it. */
        FAILED
    }

    /** A transfer that was refused before it began. */
    public static BootFetch refused(
            Protocol protocol, Ip4Address from, String file, Result result, String why) {
        return new BootFetch(protocol, from, file, result, why, 0, 0, 0);
    }
}
