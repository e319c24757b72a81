package io.leasehold.protocol.capture;

/** What came next in a capture file. */
public sealed interface CaptureRead {
    /**
     * A frame.
     *
     * @param frame what was captured
     */
    record Frame(CapturedFrame frame) implements CaptureRead {}

    /**
     * A part of the file that cannot be read, between others that can; reading goes on behind it.
     *
     * @param offset where it begins, in bytes from the start of the file
     * @param why what was found and what was expected
     */
    record Skipped(long offset, String why) implements CaptureRead {}

    /**
     * The file ended where it may end.
     *
     * @param offset its length in bytes
     */
    record Ended(long offset) implements CaptureRead {}

    /**
     * The file cannot be read any further: it is cut off, damaged, or no capture file.
     *
     * @param offset where what cannot be read begins, in bytes from the start of the file
     * @param why what was found and what was expected
     */
    record Stopped(long offset, String why) implements CaptureRead {}
}
