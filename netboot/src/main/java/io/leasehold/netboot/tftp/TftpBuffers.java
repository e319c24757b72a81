package io.leasehold.netboot.tftp;

import io.leasehold.netboot.files.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that all transfers share, since each of them is done with it when it has sent. What was
 * read of a file beyond that waits here for its transfer, unless another has its turn before.
 */
final class TftpBuffers {
    /** A datagram of the largest block, or as many small ones as UDP takes at once. */
    private static final int DATAGRAMS_BYTES = 65_536;

    /** The largest block, and of small ones enough that reading costs next to nothing. */
    private static final int AHEAD_BYTES = 65_536;

    private static final int PAGE_BYTES = 4096;

    /**
     * Processors copy at a third of their speed between places that lie 1 to 31 bytes from each
     * other in their pages (seen on AMD's Zen 3), where the kernel does the copying. It has a file
     * at the beginning of pages and a datagram 40 to 100 bytes behind one: so what is read begins a
     * page here, and what is sent is half a page off.
     */
    private final ByteBuffer ahead = inPage(AHEAD_BYTES, 0);

    private final ByteBuffer datagrams = inPage(DATAGRAMS_BYTES, PAGE_BYTES / 2);

    private @Nullable TftpTransfer reader;
    private long aheadFirst;

    private static ByteBuffer inPage(int bytes, int offset) {
        return ByteBuffer.allocateDirect(bytes + 2 * PAGE_BYTES)
                .alignedSlice(PAGE_BYTES)
                .slice(offset, bytes);
    }

    /** Where datagrams are made; a direct buffer. */
    ByteBuffer datagrams() {
        return datagrams;
    }

    /**
     * Reads from a file into {@link #datagrams}.
     *
     * @param by whose file it is
     * @param first of the bytes to be read
     * @param count how many are
     * @param soon how many from the first on are about to be asked for
     * @throws IOException when they cannot be read, or are not there
     */
    void read(TftpTransfer by, BootFile file, long first, int count, long soon) throws IOException {
        if (by != reader || first < aheadFirst || first + count > aheadFirst + ahead.limit()) {
            // Who has the buffer still will need what follows; others might not find it here.
            long most = by == reader ? AHEAD_BYTES : Math.clamp(soon, count, AHEAD_BYTES);
            reader = null;
            file.read(ahead.clear().limit((int) most), first);
            ahead.flip();
            aheadFirst = first;
            reader = by;
            if (ahead.limit() < count) {
                throw new IOException("it is shorter than it was when it was opened");
            }
        }
        datagrams.put(datagrams.position(), ahead, (int) (first - aheadFirst), count);
        datagrams.position(datagrams.position() + count);
    }

    /** What was read for a transfer is of no use any more. */
    void forget(TftpTransfer by) {
        if (by == reader) {
            reader = null;
        }
    }
}
