package io.leasehold.link;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds who holds a UDP port, as far as /proc tells. */
final class PortHolder {
    private static final int LOCAL_ADDRESS_COLUMN = 1;
    private static final int INODE_COLUMN = 9;

    private PortHolder() {}

    /** For the end of a sentence: {@code " by dnsmasq (pid 812)"}, or nothing. */
    static String describe(int port) {
        try {
            Set<String> inodes = inodesOf(port);
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : all) {
                    if (holdsOne(process, inodes)) {
                        String name = Files.readString(process.resolve("comm")).strip();
                        return " by " + name + " (pid " + process.getFileName() + ")";
                    }
                }
            }
        } catch (IOException | SecurityException hidden) {
            return "";
        }
        return "";
    }

    private static Set<String> inodesOf(int port) throws IOException {
        Set<String> inodes = new HashSet<>();
        String ending = String.format(Locale.ROOT, ":%04X", port);
        List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/net/udp"));
        for (String line : lines) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > INODE_COLUMN && columns[LOCAL_ADDRESS_COLUMN].endsWith(ending)) {
                inodes.add("socket:[" + columns[INODE_COLUMN] + "]");
            }
        }
        return inodes;
    }

    private static boolean holdsOne(Path process, Set<String> inodes) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isOneOf(file, inodes)) {
                    return true;
                }
            }
        } catch (IOException goneOrForbidden) {
            return false;
        }
        return false;
    }

    private static boolean isOneOf(Path file, Set<String> inodes) {
        try {
            return inodes.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
