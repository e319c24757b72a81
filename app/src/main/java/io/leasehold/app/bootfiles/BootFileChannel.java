package io.leasehold.app.bootfiles;

import io.leasehold.netboot.files.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A boot file as the HTTP server reads it: from front to back. */
final class BootFileChannel implements SeekableByteChannel {
    private final BootFile file;
    private long position;
    private boolean open = true;

    BootFileChannel(BootFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        file.read(into, position);
        int count = into.position() - before;
        position += count;
        if (count == 0 && into.hasRemaining()) {
            // A Content-Length was promised: an end would be taken for the whole.
            throw new IOException("the file is shorter than it was when it was opened");
        }
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
        position = to;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            file.close();
        }
    }
}
