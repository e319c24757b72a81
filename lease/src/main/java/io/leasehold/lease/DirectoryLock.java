package io.leasehold.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a directory to one process, and in it to one journal. */
final class DirectoryLock implements Closeable {
    /**
     * The directories of this process. The kernel drops a process's lock when any of its channels
     * to the file is closed, so a second one must not even be opened.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        Path file = directory.resolve("lock");
        if (!OPEN.add(real)) {
            throw held(file, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw held(file, Files.readString(file).strip());
            }
            writePid(channel);
            return new DirectoryLock(real, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            OPEN.remove(real);
            throw e;
        }
    }

    private static IOException held(Path file, String pid) {
        return new IOException(file + " is held by process " + (pid.isEmpty() ? "(unknown)" : pid));
    }

    /** The pid is for people; a full disk that has no room for it is no reason not to start. */
    private static void writePid(FileChannel channel) {
        String pid = ProcessHandle.current().pid() + "\n";
        try {
            channel.truncate(0);
            int written =
                    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            assert written > 0;
        } catch (IOException e) {
            System.getLogger(DirectoryLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "no pid in the lock file", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OPEN.remove(directory);
        }
    }
}
