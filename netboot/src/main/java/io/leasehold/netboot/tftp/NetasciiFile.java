package io.leasehold.netboot.tftp;

import io.leasehold.netboot.files.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file as NETASCII has it: a line feed becomes CR LF, a carriage return CR NUL (RFC 1350 §1, RFC
 * 764). Its length is found by reading it once. It is read from front to back, and a little way
 * back again where something is sent twice, so marks are kept of where in the file each stretch
 * begins.
 */
final class NetasciiFile implements BootFile {
    /** What is converted before a file is refused: texts are short. */
    private static final int FILE_BYTES_MAX = 64 * 1024 * 1024;

    private static final int STRETCH_BYTES = 8192;

    private final BootFile file;
    private final long size;
    private final ByteBuffer raw = ByteBuffer.allocate(STRETCH_BYTES);

    /** For each stretch of the file, where it begins in NETASCII. */
    private final long[] marks;

    private NetasciiFile(BootFile file, long size, long[] marks) {
        this.file = file;
        this.size = size;
        this.marks = marks;
    }

    /**
     * @throws IOException when the file cannot be read, or is too long to be a text
     */
    static NetasciiFile of(BootFile file) throws IOException {
        if (file.size() > FILE_BYTES_MAX) {
            throw new IOException(
                    "asked for as netascii, which is for texts of "
                            + FILE_BYTES_MAX
                            + " bytes at most: "
                            + file.size());
        }
        int stretches = (int) ((file.size() + STRETCH_BYTES - 1) / STRETCH_BYTES);
        long[] marks = new long[stretches];
        ByteBuffer raw = ByteBuffer.allocate(STRETCH_BYTES);
        long at = 0;
        for (int i = 0; i < stretches; i++) {
            marks[i] = at;
            file.read(raw.clear(), (long) i * STRETCH_BYTES);
            for (int j = 0; j < raw.position(); j++) {
                at += width(raw.get(j));
            }
        }
        return new NetasciiFile(file, at, marks);
    }

    private static int width(byte value) {
        return value == '\n' || value == '\r' ? 2 : 1;
    }

    @Override
    public String path() {
        return file.path();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long modifiedMillis() {
        return file.modifiedMillis();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        int stretch = stretchOf(position);
        long at = stretch < marks.length ? marks[stretch] : size;
        while (into.hasRemaining() && stretch < marks.length) {
            file.read(raw.clear(), (long) stretch * STRETCH_BYTES);
            for (int i = 0; i < raw.position(); i++) {
                byte value = raw.get(i);
                if (width(value) == 1) {
                    at = put(into, at, position, value);
                } else {
                    at = put(into, at, position, (byte) '\r');
                    at = put(into, at, position, value == '\n' ? value : 0);
                }
            }
            stretch++;
        }
    }

    private static long put(ByteBuffer into, long at, long position, byte value) {
        if (at >= position && into.hasRemaining()) {
            into.put(value);
        }
        return at + 1;
    }

    private int stretchOf(long position) {
        int low = 0;
        int high = marks.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (marks[middle] <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public void close() {
        file.close();
    }
}
