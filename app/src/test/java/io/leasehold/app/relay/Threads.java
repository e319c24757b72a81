package io.leasehold.app.relay;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says each thread of a process may do. */
final class Threads {
    private static final String NONE = "0000000000000000";
    private static final List<String> FIELDS =
            List.of("Uid", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNew");

    private Threads() {}

    /** What /proc says in some fields of each thread. */
    static List<String> of(long pid) throws IOException {
        List<String> all = new ArrayList<>();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
            for (Path task : each) {
                all.add(fields(task));
            }
        }
        all.removeIf(String::isEmpty);
        return all;
    }

    /** A thread of a user that has no capability and can gain none. */
    static String withoutRights(int uid) {
        return String.join(" ", Integer.toString(uid), NONE, NONE, NONE, NONE, "1");
    }

    private static String fields(Path task) throws IOException {
        try {
            return String.join(
                    " ",
                    Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> FIELDS.stream().anyMatch(line::startsWith))
                            .map(line -> line.replaceFirst("\\w+:\t(\\w+).*", "$1"))
                            .toList());
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
