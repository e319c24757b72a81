package io.leasehold.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a journal, and changes none.
 *
 * <p>A frame is written only when the one before it is synced. So what is not a whole frame and has
 * no whole frame after it, there or in a later segment, was being written when the power went: a
 * torn tail, of which nobody was told that it is durable. With a whole frame after it, it was once
 * whole itself, and is damaged. So is a last frame of which no sector is missing; the journal goes
 * on without it, since not every disk writes sectors as a whole.
 */
final class JournalLoader {
    private static final String ADVICE =
            ". Nothing was changed. Restore the directory from a backup, or move it away and start"
                    + " without it, with ping-check on: clients then get new leases, and addresses"
                    + " that answer are left alone";

    /** A file with a tail that is not whole frames. */
    record Cut(String name, long length) {}

    private final Disk disk;
    private final boolean growing;
    private final RecordDecoder decoder = new RecordDecoder();
    private final List<String> notes = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final Replay replay = new Replay();
    private @Nullable String tornAt;
    private String tornFault = "";
    private long snapshotBytes;
    private long segmentBytes;
    private @Nullable FileHeader newest;
    private long newestLength;

    /**
     * @param growing true when a running server may be writing: then a tail that is not whole needs
     *     no word
     */
    JournalLoader(Disk disk, boolean growing) {
        this.disk = disk;
        this.growing = growing;
    }

    void load(JournalFiles files) throws IOException {
        if (files.snapshot() > 0) {
            snapshot(files.snapshot());
        }
        for (long number : files.segments()) {
            segment(number, number == files.segments().getLast());
        }
    }

    Replay replay() {
        return replay;
    }

    List<String> notes() {
        return notes;
    }

    List<Cut> cuts() {
        return cuts;
    }

    long snapshotBytes() {
        return snapshotBytes;
    }

    long segmentBytes() {
        return segmentBytes;
    }

    /** The newest segment's header; null when there is none that was written whole. */
    @Nullable FileHeader newest() {
        return newest;
    }

    /** Where the newest segment's last whole frame ends. */
    long newestLength() {
        return newestLength;
    }

    private void snapshot(long number) throws IOException {
        String name = JournalFiles.snapshotName(number);
        try (Disk.File file = disk.openToRead(name)) {
            ByteBuffer start = FileHeader.read(file);
            String fault = FileHeader.check(start);
            if (!fault.isEmpty()) {
                throw damaged(name, 0, "found " + fault);
            }
            FileHeader header = header(name, start, FileHeader.SNAPSHOT, number);
            FrameScanner frames =
                    new FrameScanner(file, disk.describe(name), header.salt(), FileHeader.BYTES);
            while (frames.next()) {
                if (replay.endLeases() >= 0) {
                    throw damaged(name, frames.frameOffset(), "found a frame after the last");
                }
                replay(name, frames);
            }
            if (frames.rest() > 0) {
                throw damaged(name, frames.position(), "found " + frames.fault());
            }
            if (replay.endLeases() < 0) {
                throw damaged(name, frames.position(), "the snapshot ends before its last frame");
            }
            if (replay.endLeases() != replay.size()) {
                throw damaged(
                        name,
                        frames.frameOffset(),
                        "found a trailer for %d leases after %d"
                                .formatted(replay.endLeases(), replay.size()));
            }
            snapshotBytes = frames.position();
        }
    }

    private void segment(long number, boolean last) throws IOException {
        String name = JournalFiles.segmentName(number);
        try (Disk.File file = disk.openToRead(name)) {
            ByteBuffer start = FileHeader.read(file);
            String fault = FileHeader.check(start);
            if (!fault.isEmpty()) {
                if (!last || !neverBegun(file, name)) {
                    throw damaged(name, 0, "found " + fault);
                }
                note(name, 0, file.size(), "it was being begun");
                return;
            }
            FileHeader header = header(name, start, FileHeader.SEGMENT, number);
            FrameScanner frames =
                    new FrameScanner(file, disk.describe(name), header.salt(), FileHeader.BYTES);
            while (frames.next()) {
                if (tornAt != null) {
                    throw new IOException(
                            "%s: found %s, and a whole frame after it, in %s at offset %d%s"
                                    .formatted(
                                            tornAt,
                                            tornFault,
                                            disk.describe(name),
                                            frames.frameOffset(),
                                            ADVICE));
                }
                replay(name, frames);
            }
            if (frames.rest() > 0) {
                tail(name, frames, last);
            }
            newest = header;
            newestLength = frames.position();
            segmentBytes += frames.position();
        }
    }

    private void tail(String name, FrameScanner frames, boolean last) throws IOException {
        long offset = frames.position();
        long torn = frames.restWithoutZeros();
        if (torn == 0 && last) {
            // Room for frames that did not come: the server did not end by itself.
            cuts.add(new Cut(name, offset));
            return;
        }
        long whole = frames.findWholeAfterFault();
        if (whole >= 0) {
            throw damaged(
                    name,
                    offset,
                    "found %s, and a whole frame after it, at offset %d"
                            .formatted(frames.fault(), whole));
        }
        tornAt = disk.describe(name) + " is damaged at offset " + offset;
        tornFault = frames.fault();
        cuts.add(new Cut(name, offset));
        if (growing || frames.cutShort()) {
            note(name, offset, torn, frames.fault());
        } else {
            notes.add(
                    ("%s: %d bytes after offset %d are damaged, and were cut off (%s); a client may"
                                    + " have been told of a lease in them. With ping-check on, an"
                                    + " address that answers is left alone")
                            .formatted(disk.describe(name), torn, offset, frames.fault()));
        }
    }

    /** The header is synced before any frame is written, so a file with more once had one. */
    private boolean neverBegun(Disk.File file, String name) throws IOException {
        return file.size() <= FileHeader.BYTES
                || new FrameScanner(file, disk.describe(name), 0, 0).restWithoutZeros() == 0;
    }

    private void note(String name, long offset, long bytes, String what) {
        String tail =
                growing
                        ? "%s: %d bytes after offset %d are no whole frame; they are being written,"
                                + " or were when the server ended, or are damaged (%s)"
                        : "%s: %d bytes after offset %d were a torn tail, and were cut off; no"
                                + " client was told of them (%s)";
        notes.add(tail.formatted(disk.describe(name), bytes, offset, what));
    }

    private FileHeader header(String name, ByteBuffer start, int kind, long number)
            throws IOException {
        FileHeader header = FileHeader.decode(start);
        if (header.version() != FileHeader.VERSION) {
            throw new IOException(
                    ("%s is of version %d of the journal's format; this program reads version"
                                    + " %d. Use the program that wrote it, or a newer one")
                            .formatted(disk.describe(name), header.version(), FileHeader.VERSION));
        }
        if (header.kind() != kind || header.number() != number) {
            throw damaged(
                    name,
                    0,
                    "found the header of %s %d; was the file renamed?"
                            .formatted(
                                    header.kind() == FileHeader.SEGMENT ? "segment" : "snapshot",
                                    header.number()));
        }
        return header;
    }

    private void replay(String name, FrameScanner frames) throws IOException {
        String fault =
                decoder.decode(
                        frames.bytes(), frames.payloadOffset(), frames.payloadLength(), replay);
        if (!fault.isEmpty()) {
            throw damaged(
                    name, frames.frameOffset(), "found a frame with a right checksum and " + fault);
        }
    }

    private IOException damaged(String name, long offset, String found) {
        return new IOException(
                disk.describe(name) + " is damaged at offset " + offset + ": " + found + ADVICE);
    }
}
