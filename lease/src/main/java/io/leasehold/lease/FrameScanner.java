package io.leasehold.lease;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Walks the frames of a file, from the first on, as far as they are whole. */
final class FrameScanner {
    private static final int SECTOR_BYTES = 512;

    /** Fewer may be part of a lease. */
    private static final int ZEROS_BYTES_MIN = 16;

    private static final int WINDOW_BYTES = 2 * FrameEncoder.PAYLOAD_BYTES_MAX;

    private final Disk.File file;
    private final String path;
    private final long salt;
    private final long size;
    private final CRC32C crc = new CRC32C();
    private final byte[] window;
    private long windowOffset;
    private int windowLength;
    private long frameOffset;
    private int payloadLength;
    private long position;
    private String fault = "";

    /**
     * @param path what an operator calls the file
     * @param start offset of the first frame
     */
    FrameScanner(Disk.File file, String path, long salt, long start) throws IOException {
        this.file = file;
        this.path = path;
        this.salt = salt;
        this.size = file.size();
        this.window = new byte[(int) Math.min(WINDOW_BYTES, Math.max(size, 16))];
        this.position = Math.min(start, size);
    }

    /** Goes to the next frame; false at the end of the file, and where no whole frame is. */
    boolean next() throws IOException {
        if (position == size || !wholeAt(position)) {
            return false;
        }
        frameOffset = position;
        position += FrameEncoder.HEADER_BYTES + payloadLength;
        return true;
    }

    /** The array that holds the frame's payload, until the next call of {@link #next}. */
    byte[] bytes() {
        return window;
    }

    int payloadOffset() {
        return (int) (frameOffset - windowOffset) + FrameEncoder.HEADER_BYTES;
    }

    int payloadLength() {
        return payloadLength;
    }

    /** Where the current frame begins in the file. */
    long frameOffset() {
        return frameOffset;
    }

    /** Where the last whole frame ends. */
    long position() {
        return position;
    }

    /** How many bytes there are after the last whole frame. */
    long rest() {
        return size - position;
    }

    /** What is there instead of a whole frame; empty at the end of the file. */
    String fault() {
        return fault;
    }

    /** How many bytes there are after the last whole frame up to the last that is not zero. */
    long restWithoutZeros() throws IOException {
        long end = position;
        for (long offset = position; offset < size; ) {
            int count = fill(offset, 1);
            int from = (int) (offset - windowOffset);
            for (int i = 0; i < count; i++) {
                if (window[from + i] != 0) {
                    end = offset + i + 1;
                }
            }
            offset += count;
        }
        return end - position;
    }

    /**
     * Whether what is there instead of a whole frame is what an interrupted write leaves: the file
     * ends within the frame, or some of it still is the zeros that were there before. A disk writes
     * a sector as a whole or not at all.
     */
    boolean cutShort() throws IOException {
        long written = restWithoutZeros();
        if (written < FrameEncoder.HEADER_BYTES) {
            return true;
        }
        fill(position, FrameEncoder.HEADER_BYTES);
        int at = (int) (position - windowOffset);
        long length =
                u32(at) == FrameEncoder.MAGIC
                        ? FrameEncoder.HEADER_BYTES + Integer.toUnsignedLong(u32(at + 4))
                        : written;
        if (length > rest()) {
            return true;
        }
        long end = position + length;
        long zeros = 0;
        for (long next = position; next < end; ) {
            fill(next, 1);
            zeros = window[(int) (next - windowOffset)] == 0 ? zeros + 1 : 0;
            next++;
            boolean sectorEnds = next % SECTOR_BYTES == 0;
            long sector = Math.min(SECTOR_BYTES, next - position);
            if (zeros >= ZEROS_BYTES_MIN && (next == end || sectorEnds && zeros >= sector)) {
                return true;
            }
        }
        return false;
    }

    /** Looks for a whole frame after the place where there is none; -1 when there is none. */
    long findWholeAfterFault() throws IOException {
        String found = fault;
        long offset = position + 1;
        while (size - offset >= FrameEncoder.HEADER_BYTES) {
            int count = fill(offset, FrameEncoder.HEADER_BYTES);
            int at = (int) (offset - windowOffset);
            int last = at + count - 4;
            while (at <= last && u32(at) != FrameEncoder.MAGIC) {
                at++;
            }
            offset = windowOffset + at;
            if (at <= last) {
                if (wholeAt(offset)) {
                    fault = found;
                    return offset;
                }
                offset++;
            }
        }
        fault = found;
        return -1;
    }

    private boolean wholeAt(long offset) throws IOException {
        long there = size - offset;
        if (there < FrameEncoder.HEADER_BYTES) {
            return fault(there + " bytes where a frame begins with " + FrameEncoder.HEADER_BYTES);
        }
        fill(offset, FrameEncoder.HEADER_BYTES);
        int at = (int) (offset - windowOffset);
        if (u32(at) != FrameEncoder.MAGIC) {
            return fault(
                    "0x%08x where a frame begins with 0x%08x"
                            .formatted(u32(at), FrameEncoder.MAGIC));
        }
        int payload = u32(at + 4);
        if (payload < 1 || payload > FrameEncoder.PAYLOAD_BYTES_MAX) {
            return fault(
                    "a frame of %d bytes, which are 1 to %d"
                            .formatted(
                                    Integer.toUnsignedLong(payload),
                                    FrameEncoder.PAYLOAD_BYTES_MAX));
        }
        if (payload > there - FrameEncoder.HEADER_BYTES) {
            return fault(
                    "a frame of %d bytes of which there are %d"
                            .formatted(payload, there - FrameEncoder.HEADER_BYTES));
        }
        fill(offset, FrameEncoder.HEADER_BYTES + payload);
        at = (int) (offset - windowOffset);
        int checksum = FrameEncoder.checksum(crc, salt, window, at, payload);
        if (checksum != u32(at + 8)) {
            return fault(
                    "a frame whose checksum is 0x%08x and not 0x%08x"
                            .formatted(checksum, u32(at + 8)));
        }
        payloadLength = payload;
        return true;
    }

    private boolean fault(String what) {
        fault = what;
        return false;
    }

    /**
     * Brings bytes of the file into the window.
     *
     * @return how many of them are in the window from the offset on, at least the wanted
     */
    private int fill(long offset, int wanted) throws IOException {
        if (offset < windowOffset || offset + wanted > windowOffset + windowLength) {
            windowOffset = offset;
            windowLength = 0;
            int most = (int) Math.min(window.length, size - offset);
            read(offset, ByteBuffer.wrap(window, 0, most));
            windowLength = most;
        }
        return (int) (windowOffset + windowLength - offset);
    }

    private void read(long offset, ByteBuffer into) throws IOException {
        try {
            while (into.hasRemaining()) {
                if (file.read(into, offset + into.position()) < 0) {
                    throw new EOFException("the file has become shorter");
                }
            }
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot be read at offset %d: %s"
                            .formatted(path, offset + into.position(), e.getMessage()),
                    e);
        }
    }

    private int u32(int at) {
        return (window[at] & 0xff) << 24
                | (window[at + 1] & 0xff) << 16
                | (window[at + 2] & 0xff) << 8
                | window[at + 3] & 0xff;
    }
}
