package io.leasehold.netboot.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The files under one directory. Symbolic links are followed as long as they stay inside; the root
 * itself may be one, and is resolved anew for each file, so that it can be turned to another tree.
 */
public final class BootRoot implements BootFiles {
    private final Path root;

    /**
     * @param root the directory; that it is there is not asked here
     */
    public BootRoot(Path root) {
        this.root = root;
    }

    @Override
    public FileLookup open(String name) {
        return switch (BootPath.of(name)) {
            case BootPath.Refused(String why) -> new FileLookup.Refused(why);
            case BootPath.Relative(String path) -> openPath(path);
        };
    }

    private FileLookup openPath(String path) {
        try {
            Path top = root.toRealPath();
            Path real = top.resolve(path).toRealPath();
            if (!real.startsWith(top)) {
                return new FileLookup.Refused("a symbolic link leads out of " + root);
            }
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                // A pipe would hold up whoever opens it.
                return new FileLookup.Missing(
                        attributes.isDirectory() ? "it is a directory" : "it is no plain file");
            }
            FileChannel channel =
                    FileChannel.open(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new FileLookup.Found(open(path, channel, attributes));
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return new FileLookup.Missing("no such file under " + root);
        } catch (AccessDeniedException e) {
            return new FileLookup.Refused("this program may not read it");
        } catch (FileSystemLoopException e) {
            return new FileLookup.Refused("its symbolic links go round in circles");
        } catch (IOException e) {
            return failed(e);
        }
    }

    private static OpenFile open(String path, FileChannel channel, BasicFileAttributes attributes)
            throws IOException {
        try {
            return new OpenFile(
                    path, channel, channel.size(), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What the JDK has no class for comes as the kernel's words. */
    private FileLookup failed(IOException e) {
        String why = String.valueOf(e.getMessage());
        if (why.contains("File name too long") || why.contains("Not a directory")) {
            return new FileLookup.Missing("no such file under " + root);
        }
        if (why.contains("Too many levels of symbolic links")) {
            return new FileLookup.Refused("its symbolic links go round in circles");
        }
        return new FileLookup.Failed("cannot open it: " + why);
    }

    private record OpenFile(String path, FileChannel channel, long size, long modifiedMillis)
            implements BootFile {
        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            long at = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // It was only read from: there is nothing that could be lost.
                return;
            }
        }
    }
}
