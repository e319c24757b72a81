package io.leasehold.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What each file of a journal begins with, 28 bytes: magic (4), version of the format (2), kind
 * (2), number (8), salt (8), CRC32C of all that (4). Later versions keep this layout.
 *
 * @param number of a segment: its place in the row, from 1. Of a snapshot: the last segment that it
 *     replaces
 * @param salt goes into the checksum of each frame, so that a frame counts in its own file only
 */
record FileHeader(int version, int kind, long number, long salt) {
    static final int BYTES = 28;
    static final int MAGIC = 0x4c48_4a4c;
    static final int VERSION = 1;
    static final int SEGMENT = 1;
    static final int SNAPSHOT = 2;

    static FileHeader segment(long number, long salt) {
        return new FileHeader(VERSION, SEGMENT, number, salt);
    }

    static FileHeader snapshot(long replacesUpTo, long salt) {
        return new FileHeader(VERSION, SNAPSHOT, replacesUpTo, salt);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt(MAGIC).putShort((short) version).putShort((short) kind);
        bytes.putLong(number).putLong(salt);
        bytes.putInt(checksum(bytes));
        return bytes.flip();
    }

    /** Says what is wrong with a file's first bytes; empty when they are a header. */
    static String check(ByteBuffer bytes) {
        if (bytes.limit() < BYTES) {
            return bytes.limit() + " bytes where the file's header has " + BYTES;
        }
        if (bytes.getInt(0) != MAGIC) {
            return "0x%08x where a journal file begins with 0x%08x"
                    .formatted(bytes.getInt(0), MAGIC);
        }
        int expected = checksum(bytes);
        if (bytes.getInt(BYTES - 4) != expected) {
            return "a file header whose checksum is 0x%08x and not 0x%08x"
                    .formatted(expected, bytes.getInt(BYTES - 4));
        }
        return "";
    }

    /** Reads bytes that {@link #check} found no fault with. */
    static FileHeader decode(ByteBuffer bytes) {
        return new FileHeader(
                Short.toUnsignedInt(bytes.getShort(4)),
                Short.toUnsignedInt(bytes.getShort(6)),
                bytes.getLong(8),
                bytes.getLong(16));
    }

    /** Fills a buffer with as much of a file's start as there is of a header. */
    static ByteBuffer read(Disk.File file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // A read may give less than was asked for.
        }
        return bytes.flip();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(BYTES - 4));
        return (int) crc.getValue();
    }
}
