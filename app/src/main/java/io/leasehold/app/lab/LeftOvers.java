package io.leasehold.app.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What labs leave behind when their process is killed. Every name of a lab begins with {@code
 * lh-PID-}, so that it can be seen whose it was, and whether that process is still there.
 */
public final class LeftOvers {
    static final String PREFIX = "lh-";

    private LeftOvers() {}

    /** Removes the namespaces, processes and directories of labs whose process is gone. */
    public static void clear() {
        Shell.must("ip", "netns", "list")
                .lines()
                .map(line -> line.split(" ", 2)[0])
                .filter(LeftOvers::isOrphan)
                .forEach(LeftOvers::removeNamespace);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path directory : found) {
                if (isOrphan(directory.getFileName().toString())) {
                    removeDirectory(directory);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot list " + temporary + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOrphan(String name) {
        String[] parts = name.split("-", 3);
        if (!name.startsWith(PREFIX) || parts.length < 3 || !parts[1].matches("[0-9]{1,10}")) {
            return false;
        }
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(parts[1]));
        // A process number is used again after a while: what is no JVM now made no lab.
        return owner.flatMap(process -> process.info().command())
                .map(command -> !command.endsWith("java"))
                .orElse(owner.isEmpty());
    }

    static void removeNamespace(String namespace) {
        Shell.run(List.of("ip", "netns", "pids", namespace))
                .output()
                .lines()
                .filter(pid -> pid.matches("[0-9]{1,10}"))
                .forEach(pid -> LabProcess.sendSignal("KILL", pid));
        Shell.run(List.of("ip", "netns", "delete", namespace));
    }

    static void removeDirectory(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Something in it is still being written: the next lab removes it.
            return;
        }
    }
}
