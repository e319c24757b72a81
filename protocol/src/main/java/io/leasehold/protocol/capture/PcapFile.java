package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The older format: one header, one interface, records without an end mark. */
final class PcapFile implements CaptureReader.Format {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    private static final int MAGIC_BYTES = 4;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int MAJOR_VERSION = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final FileBytes file;
    private final boolean little;
    private final boolean nanoseconds;
    private @Nullable CaptureInterface source;

    /** The file's first four bytes are read already. */
    PcapFile(FileBytes file, boolean little, boolean nanoseconds) {
        this.file = file;
        this.little = little;
        this.nanoseconds = nanoseconds;
    }

    @Override
    public CaptureRead next() throws IOException {
        CaptureInterface from = source;
        if (from == null) {
            byte[] header = file.take(HEADER_BYTES - MAGIC_BYTES);
            OrderedCursor cursor = new OrderedCursor(header, little);
            int major = cursor.u16();
            cursor.skip(2 + 4 + 4 + 4);
            // The high bits tell of check sums behind the frames.
            int linkType = cursor.i32() & 0xffff;
            if (cursor.overrun()) {
                return stopped(
                        0,
                        "the file's header is cut off: "
                                + (MAGIC_BYTES + header.length)
                                + " bytes of 24");
            }
            if (major != MAJOR_VERSION) {
                return stopped(4, "pcap of version " + major + ", expected 2");
            }
            from = new CaptureInterface(0, "", linkType);
            source = from;
        }
        return record(from);
    }

    private CaptureRead record(CaptureInterface from) throws IOException {
        long offset = file.offset();
        byte[] header = file.take(RECORD_HEADER_BYTES);
        if (header.length == 0) {
            return new CaptureRead.Ended(offset);
        }
        OrderedCursor cursor = new OrderedCursor(header, little);
        long seconds = cursor.u32();
        long fraction = cursor.u32();
        long captured = cursor.u32();
        long original = cursor.u32();
        if (cursor.overrun()) {
            return stopped(
                    offset, "a frame's header is cut off: " + header.length + " bytes of 16");
        }
        if (captured > CaptureReader.RECORD_BYTES_MAX) {
            return stopped(
                    offset,
                    "a frame of "
                            + captured
                            + " bytes, expected at most "
                            + CaptureReader.RECORD_BYTES_MAX);
        }
        byte[] octets = file.take((int) captured);
        if (octets.length < captured) {
            return stopped(
                    offset, "a frame is cut off: " + octets.length + " bytes of " + captured);
        }
        long nanos = seconds * NANOS_PER_SECOND + fraction * (nanoseconds ? 1 : 1000);
        return new CaptureRead.Frame(
                new CapturedFrame(
                        offset, from, nanos, Direction.UNKNOWN, original, Octets.of(octets)));
    }

    private static CaptureRead stopped(long offset, String why) {
        return new CaptureRead.Stopped(offset, why);
    }
}
