package io.leasehold.app.bootfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file on its way over a connection, as one region after the other. A region is mapped,
 * so that it is what it stands for whoever reads it; {@link FileEndPoint} knows it and has the
 * kernel send the file itself, so that nothing of the mapping is ever read.
 */
final class FileBody extends IteratingCallback {
    /** A mapping that is never read takes no memory; the collector ends it. */
    private static final long REGION_BYTES_MAX = 1L << 24;

    private final FileEndPoint to;
    private final Response response;
    private final FileChannel file;
    private final Callback done;
    private final long first;
    private final long end;
    private long regionFirst;
    private long regionEnd;
    private ByteBuffer region;

    private FileBody(
            FileEndPoint to,
            Response response,
            FileChannel file,
            long first,
            long length,
            Callback done)
            throws IOException {
        this.to = to;
        this.response = response;
        this.file = file;
        this.done = done;
        this.first = first;
        this.end = first + length;
        this.regionEnd = first;
        this.region = next();
    }

    /**
     * @param first the first byte of the file that is sent
     * @param length how many are, 1 or more
     * @return null where the file cannot be mapped, as on some file systems: it has to be read
     */
    static @Nullable FileBody of(
            FileEndPoint to,
            Response response,
            FileChannel file,
            long first,
            long length,
            Callback done) {
        try {
            return new FileBody(to, response, file, first, length, done);
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private ByteBuffer next() throws IOException {
        regionFirst = regionEnd;
        regionEnd = Math.min(end, regionFirst + REGION_BYTES_MAX);
        requireBytes(regionEnd);
        return file.map(MapMode.READ_ONLY, regionFirst, regionEnd - regionFirst);
    }

    /** What is on its way now. */
    ByteBuffer region() {
        return region;
    }

    /** How many bytes went out. */
    long sent() {
        return regionFirst + region.position() - first;
    }

    @Override
    protected Action process() throws IOException {
        if (!region.hasRemaining()) {
            if (regionEnd == end) {
                return Action.SUCCEEDED;
            }
            region = next();
        }
        to.sends(this);
        response.write(regionEnd == end, region, this);
        return Action.SCHEDULED;
    }

    /**
     * Sends as much of the region as the connection takes now.
     *
     * @return how many bytes it took
     */
    long transferTo(SocketChannel channel) throws IOException {
        long all = 0;
        while (region.hasRemaining()) {
            long from = regionFirst + region.position();
            long count = file.transferTo(from, region.remaining(), channel);
            if (count <= 0) {
                requireBytes(from + 1);
                break;
            }
            region.position(region.position() + (int) count);
            all += count;
        }
        return all;
    }

    /** A Content-Length was promised: an end would be taken for the whole. */
    private void requireBytes(long least) throws IOException {
        if (file.size() < least) {
            throw new IOException("the file is shorter than it was when it was opened");
        }
    }

    @Override
    protected void onCompleteSuccess() {
        done.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable why) {
        done.failed(why);
    }
}
