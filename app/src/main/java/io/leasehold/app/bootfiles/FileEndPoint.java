package io.leasehold.app.bootfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A connection on which the kernel sends files from where it has them, without a copy here. */
final class FileEndPoint extends SocketChannelEndPoint {
    private volatile @Nullable FileBody body;

    FileEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Sends this body, once its region is among what is to be sent. */
    void sends(FileBody next) {
        body = next;
    }

    /** Buffers of equal content are equal, and would both have to be read for that. */
    @SuppressWarnings("ReferenceEquality")
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        FileBody now = body;
        for (int i = 0; now != null && i < buffers.length; i++) {
            if (buffers[i] == now.region()) {
                return (i == 0 || super.flush(Arrays.copyOf(buffers, i)))
                        && flush(now)
                        && (i + 1 == buffers.length
                                || super.flush(Arrays.copyOfRange(buffers, i + 1, buffers.length)));
            }
        }
        return super.flush(buffers);
    }

    private boolean flush(FileBody now) throws IOException {
        try {
            if (now.transferTo(getChannel()) > 0) {
                notIdle();
            }
        } catch (IOException e) {
            throw new EofException(e);
        }
        return !now.region().hasRemaining();
    }
}
