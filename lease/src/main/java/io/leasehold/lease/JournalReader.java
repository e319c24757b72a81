package io.leasehold.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a journal that a server may be writing at this time. Takes no lock and changes nothing. */
public final class JournalReader {
    private static final int ATTEMPTS_MAX = 20;

    private JournalReader() {}

    /**
     * What a journal holds.
     *
     * @param leases all records, by address
     * @param notes what an operator should know, a sentence each
     */
    public record View(List<Lease> leases, List<String> notes) {}

    /**
     * Reads all records as they are on disk.
     *
     * @throws IOException when there is no such directory, or no journal in it, or it is damaged;
     *     the message names file and offset
     */
    public static View read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(
                    directory + ": no such directory; expected the data directory of a server");
        }
        DirectoryDisk disk = new DirectoryDisk(directory);
        JournalFiles files = JournalFiles.list(disk);
        if (files.snapshot() == 0 && files.segments().isEmpty()) {
            throw new IOException(
                    "no journal in " + directory + ": expected the data directory of a server");
        }
        return read(disk);
    }

    static View read(Disk disk) throws IOException {
        String before = "";
        for (int attempt = 1; ; attempt++) {
            try {
                JournalLoader loader = new JournalLoader(disk, true);
                loader.load(JournalFiles.list(disk));
                List<Lease> leases = new ArrayList<>(loader.replay().size());
                loader.replay().forEach(leases::add);
                leases.sort(Comparator.comparing(Lease::address));
                return new View(leases, List.copyOf(loader.notes()));
            } catch (IOException e) {
                // Files that were replaced, or a frame that was half there, look like damage, but
                // not twice the same.
                String found = String.valueOf(e.getMessage());
                if (attempt == ATTEMPTS_MAX || found.equals(before)) {
                    throw e;
                }
                before = found;
            }
        }
    }
}
