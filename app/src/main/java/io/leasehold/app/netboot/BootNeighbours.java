package io.leasehold.app.netboot;

import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who has an address of a link of this host, as its kernel knows. */
final class BootNeighbours {
    private static final Path TABLE = Path.of("/proc/thread-self/net/arp");
    private static final int HARDWARE_COLUMN = 3;

    private BootNeighbours() {}

    /** Null where the kernel does not know, or does not say. */
    static @Nullable String hardwareOf(Ip4Address address) {
        String wanted = address.toString();
        try {
            for (String line : Files.readAllLines(TABLE)) {
                String[] columns = line.split("\\s+", -1);
                if (columns.length > HARDWARE_COLUMN && columns[0].equals(wanted)) {
                    return columns[HARDWARE_COLUMN].toLowerCase(Locale.ROOT);
                }
            }
        } catch (IOException hidden) {
            return null;
        }
        return null;
    }
}
