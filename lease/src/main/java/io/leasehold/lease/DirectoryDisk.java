package io.leasehold.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the file system. */
record DirectoryDisk(Path directory) implements Disk {
    /** Makes the directory where it is missing, and that durable. */
    static DirectoryDisk make(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        @Nullable Path parent = directory.toAbsolutePath();
        while (parent != null && !Files.exists(parent)) {
            missing.push(parent);
            parent = parent.getParent();
        }
        Files.createDirectories(directory);
        for (Path made : missing) {
            Path above = made.getParent();
            if (above != null) {
                sync(above);
            }
        }
        return new DirectoryDisk(directory);
    }

    @Override
    public File open(String name, boolean fresh) throws IOException {
        Path path = directory.resolve(name);
        return new ChannelFile(
                fresh
                        ? FileChannel.open(
                                path,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)
                        : FileChannel.open(
                                path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public File openToRead(String name) throws IOException {
        return new ChannelFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        sync(directory);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    private record ChannelFile(FileChannel channel) implements File {
        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
            return channel.read(into, offset);
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            long at = offset;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long length) throws IOException {
            channel.truncate(length);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
