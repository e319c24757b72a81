package io.leasehold.netboot.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A file that is open to be sent. Used by one thread at a time. */
public interface BootFile extends AutoCloseable {
    /** Its path under the root, as {@link BootPath.Relative} has it. */
    String path();

    /** Its length in bytes when it was opened. */
    long size();

    /** When it was last changed, in milliseconds since 1970. */
    long modifiedMillis();

    /**
     * Reads as many bytes as the buffer has room for, fewer only where the file ends.
     *
     * @param position of the first byte, from 0
     * @throws IOException when it can no longer be read
     */
    void read(ByteBuffer into, long position) throws IOException;

    /** What the kernel can send by itself; null where the bytes are made. */
    default @Nullable FileChannel channel() {
        return null;
    }

    @Override
    void close();
}
