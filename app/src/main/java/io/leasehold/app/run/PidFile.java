package io.leasehold.app.run;

import io.leasehold.link.Daemon;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a program leaves its process id, for whoever manages it. */
public final class PidFile implements AutoCloseable {
    /** Where dhcp-helper writes it. */
    private static final Path OF_DAEMON = Path.of("/var/run/dhcp-helper.pid");

    private static final System.Logger LOG = System.getLogger("leasehold");

    private final @Nullable Path written;

    private PidFile(@Nullable Path written) {
        this.written = written;
    }

    /**
     * Writes this process's id.
     *
     * @param path where; null for where it is looked for if this is a daemon and may write there
     * @throws IOException says where it could not be written
     */
    public static PidFile write(@Nullable Path path) throws IOException {
        if (path == null && !Daemon.isAwaited()) {
            return new PidFile(null);
        }
        Path to = path == null ? OF_DAEMON : path;
        try {
            Files.writeString(to, ProcessHandle.current().pid() + "\n");
            return new PidFile(to);
        } catch (IOException e) {
            String why = "cannot write the process id to " + to + ": " + inWords(e);
            if (path != null) {
                throw new IOException(why, e);
            }
            LOG.log(Level.INFO, why);
            return new PidFile(null);
        }
    }

    /** The JDK's messages of these name the file again, or a class. */
    private static String inWords(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failure.toString();
        };
    }

    /** Removes the file, where its directory lets the user do so who this process has become. */
    @Override
    public void close() {
        try {
            if (written != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException nobodyMayNot) {
            LOG.log(Level.DEBUG, "the file of the process id stays: " + nobodyMayNot);
        }
    }
}
