package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file that changes are appended to. While it is written it ends with zeros, room for frames to
 * come: a sync after which the file is as long as before writes no metadata.
 */
final class JournalSegment implements Closeable {
    private static final System.Logger LOG = System.getLogger(JournalSegment.class.getName());

    private final String path;
    private final long number;
    private final long salt;
    private final Disk.File file;
    private final int roomAheadBytes;
    private @Nullable ByteBuffer zeros;

    /** Where the last frame ends. */
    private long length;

    /** Up to where there is room; never less than the length. */
    private long room;

    private boolean distrusted;

    /** True when the file on the disk may be longer than the room that is known of. */
    private boolean endUnsure;

    private JournalSegment(
            String path, FileHeader header, Disk.File file, long length, int roomAheadBytes) {
        this.path = path;
        this.number = header.number();
        this.salt = header.salt();
        this.file = file;
        this.length = length;
        this.room = length;
        this.roomAheadBytes = roomAheadBytes;
    }

    /** Makes a segment; there is none when this throws, or one without a whole header. */
    static JournalSegment create(Disk disk, long number, long salt, int roomAheadBytes)
            throws IOException {
        String name = JournalFiles.segmentName(number);
        FileHeader header = FileHeader.segment(number, salt);
        try {
            return new JournalSegment(
                    disk.describe(name),
                    header,
                    begin(disk, name, header),
                    FileHeader.BYTES,
                    roomAheadBytes);
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

    /**
     * Goes on in a segment that was read. What was read need not be on the disk: whoever wrote it
     * may have been killed before its sync.
     */
    static JournalSegment reopen(Disk disk, FileHeader header, long length, int roomAheadBytes)
            throws IOException {
        String name = JournalFiles.segmentName(header.number());
        Disk.File file = disk.open(name, false);
        try {
            file.sync();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new JournalSegment(disk.describe(name), header, file, length, roomAheadBytes);
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
        if (length + bytes > room) {
            room = length + bytes;
            makeRoom();
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

    /** Where there is no room to be made, frames go on as long as there is some for themselves. */
    private void makeRoom() {
        if (roomAheadBytes == 0) {
            return;
        }
        if (zeros == null) {
            zeros = ByteBuffer.allocateDirect(roomAheadBytes);
        }
        try {
            file.write(zeros.clear(), room);
            room += roomAheadBytes;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no room is made ahead in " + path, e);
            leaveRest();
        }
    }

    /** What is left of a full disk is for a snapshot, and for others. */
    private void leaveRest() {
        try {
            file.truncate(room);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "zeros stay at the end of " + path, e);
            endUnsure = true;
        }
    }

    /**
     * Ends the file where its frames end, before another segment follows it.
     *
     * @throws IOException when it is not sure that it does
     */
    void trim() throws IOException {
        if ((room > length || endUnsure) && !distrusted) {
            file.truncate(length);
            room = length;
            try {
                file.sync();
                endUnsure = false;
            } catch (IOException e) {
                distrusted = true;
                throw failure(path, "cannot be synced", e);
            }
        }
    }

    private void takeBack(IOException failure) {
        room = length;
        endUnsure = true;
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
        try (file) {
            trim();
        }
    }
}
