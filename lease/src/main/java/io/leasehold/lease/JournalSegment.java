package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The file that changes are appended to. */
final class JournalSegment implements Closeable {
    private final String path;
    private final long number;
    private final long salt;
    private final Disk.File file;
    private long length;
    private boolean distrusted;

    private JournalSegment(String path, FileHeader header, Disk.File file, long length) {
        this.path = path;
        this.number = header.number();
        this.salt = header.salt();
        this.file = file;
        this.length = length;
    }

    /** Makes a segment; there is none when this throws, or one without a whole header. */
    static JournalSegment create(Disk disk, long number, long salt) throws IOException {
        String name = JournalFiles.segmentName(number);
        FileHeader header = FileHeader.segment(number, salt);
        try {
            return new JournalSegment(
                    disk.describe(name), header, begin(disk, name, header), FileHeader.BYTES);
        } catch (IOException e) {
            IOException failure = failure(disk.describe(name), "cannot be begun", e);
            try {
                disk.delete(name);
            } catch (IOException also) {
                failure.addSuppressed(also);
            }
            throw failure;
        }
    }

    private static Disk.File begin(Disk disk, String name, FileHeader header) throws IOException {
        Disk.File file = disk.open(name, true);
        try {
            file.write(header.encode(), 0);
            file.sync();
            disk.syncDirectory();
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Goes on in a segment that was read. */
    static JournalSegment reopen(Disk disk, FileHeader header, long length) throws IOException {
        String name = JournalFiles.segmentName(header.number());
        return new JournalSegment(disk.describe(name), header, disk.open(name, false), length);
    }

    long number() {
        return number;
    }

    long salt() {
        return salt;
    }

    boolean hasFrames() {
        return length > FileHeader.BYTES;
    }

    /** True after a failure that leaves unknown what of the file is on the disk. */
    boolean distrusted() {
        return distrusted;
    }

    /** Writes a frame and syncs it. When this throws, the frame is not to be taken as durable. */
    void append(ByteBuffer frame) throws IOException {
        int bytes = frame.remaining();
        try {
            file.write(frame, length);
        } catch (IOException e) {
            IOException failure = failure(path, "cannot be written", e);
            takeBack(failure);
            throw failure;
        }
        try {
            file.sync();
        } catch (IOException e) {
            IOException failure = failure(path, "cannot be synced", e);
            distrusted = true;
            takeBack(failure);
            throw failure;
        }
        length += bytes;
    }

    private void takeBack(IOException failure) {
        try {
            file.truncate(length);
        } catch (IOException also) {
            distrusted = true;
            failure.addSuppressed(also);
        }
    }

    private static IOException failure(String path, String what, IOException cause) {
        return new IOException(path + " " + what + ": " + cause.getMessage(), cause);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
