package io.leasehold.link;

import io.leasehold.protocol.wire.Ip4Address;
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

    /**
     * Whose socket keeps an address and port from being bound, for the end of a sentence: {@code "
     * by dnsmasq (pid 812)"}, or nothing.
     */
    static String describe(Ip4Address address, int port) {
        try {
            Set<String> inodes = inodesOf(address, port);
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

    private static Set<String> inodesOf(Ip4Address address, int port) throws IOException {
        Set<String> inodes = new HashSet<>();
        List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/net/udp"));
        for (String line : lines) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > INODE_COLUMN
                    && collides(columns[LOCAL_ADDRESS_COLUMN], address.bits(), port)) {
                inodes.add("socket:[" + columns[INODE_COLUMN] + "]");
            }
        }
        return inodes;
    }

    /** A socket on 0.0.0.0 collides with every other one on its port. */
    private static boolean collides(String local, int addressBits, int port) {
        if (!local.endsWith(String.format(Locale.ROOT, ":%04X", port))) {
            return false;
        }
        // The kernel prints the address as this machine, which is little-endian, reads it.
        String own = String.format(Locale.ROOT, "%08X", Integer.reverseBytes(addressBits));
        return addressBits == 0 || local.startsWith("00000000") || local.startsWith(own);
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
