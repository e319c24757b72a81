package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture file from its start to where it ends or cannot be read any further: pcap in both
 * byte orders with micro- or nanoseconds, and pcapng. Whatever the bytes are, they never make it
 * throw. Holds one frame at a time, so a file may be larger than memory.
 */
public final class CaptureReader {
    /** The longest frame or block that is read: a longer one is taken for damage. */
    public static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    private static final int MAGIC_BYTES = 4;

    private final FileBytes file;
    private @Nullable Format format;
    private @Nullable CaptureRead last;

    /** One of the two kinds of file. */
    interface Format {
        /** What comes next; after {@code Ended} or {@code Stopped} it is not asked again. */
        CaptureRead next() throws IOException;
    }

    /**
     * @param in read as far as needed; buffered where reads are costly, and closed by the caller
     */
    public CaptureReader(InputStream in) {
        this.file = new FileBytes(in);
    }

    /**
     * What comes next. After {@link CaptureRead.Ended} or {@link CaptureRead.Stopped} that comes
     * again and again.
     *
     * @throws IOException when the stream itself fails
     */
    public CaptureRead next() throws IOException {
        if (last != null) {
            return last;
        }
        if (format == null) {
            byte[] magic = file.take(MAGIC_BYTES);
            format = format(magic);
            if (format == null) {
                last = new CaptureRead.Stopped(0, notACapture(magic));
                return last;
            }
        }
        CaptureRead read = format.next();
        if (read instanceof CaptureRead.Ended || read instanceof CaptureRead.Stopped) {
            last = read;
        }
        return read;
    }

    private @Nullable Format format(byte[] magic) {
        int number = new Cursor(magic).u32();
        return switch (number) {
            case PcapngFile.SECTION_HEADER -> new PcapngFile(file);
            case PcapFile.MICROSECONDS -> new PcapFile(file, false, false);
            case PcapFile.NANOSECONDS -> new PcapFile(file, false, true);
            default ->
                    switch (Integer.reverseBytes(number)) {
                        case PcapFile.MICROSECONDS -> new PcapFile(file, true, false);
                        case PcapFile.NANOSECONDS -> new PcapFile(file, true, true);
                        default -> null;
                    };
        };
    }

    private static String notACapture(byte[] magic) {
        if (magic.length == 0) {
            return "the file is empty";
        }
        boolean gzip = magic.length > 1 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
        return "it begins with "
                + Octets.of(magic)
                + (gzip
                        ? ", so it is compressed by gzip: unpack it first"
                        : ", expected 0a:0d:0d:0a (pcapng) or a1:b2:c3:d4 or a1:b2:3c:4d in"
                                + " either byte order (pcap)");
    }
}
