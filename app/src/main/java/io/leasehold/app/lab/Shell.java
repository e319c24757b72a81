package io.leasehold.app.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the system's small tools to their end. */
public final class Shell {
    private static final Duration RUN_MAX = Duration.ofMinutes(1);

    /**
     * What a command left.
     *
     * @param exit its exit code
     * @param output standard output and standard error together
     */
    public record Result(int exit, String output) {}

    private Shell() {}

    /** Runs a command, and returns what it said; it is ended when it takes over a minute. */
    public static Result run(List<String> command) {
        return run(command, RUN_MAX);
    }

    /** As {@link #run(List)}, with a bound of its own. */
    public static Result run(List<String> command, Duration bound) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            Thread watch = Thread.ofVirtual().start(() -> endAfter(process, bound));
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                return new Result(process.waitFor(), text);
            } finally {
                watch.interrupt();
            }
        } catch (IOException e) {
            throw new LabException(
                    "cannot run " + String.join(" ", command) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while " + String.join(" ", command) + " ran", e);
        }
    }

    private static void endAfter(Process process, Duration bound) {
        try {
            if (!process.waitFor(bound)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // The command has ended by itself.
            return;
        }
    }

    /**
     * Runs a command that must succeed, and returns its output.
     *
     * @throws LabException when it exits with anything but 0; the message holds what it said
     */
    public static String must(List<String> command) {
        Result result = run(command);
        if (result.exit() != 0) {
            throw new LabException(
                    String.join(" ", command)
                            + " failed with "
                            + result.exit()
                            + ": "
                            + result.output().strip());
        }
        return result.output();
    }

    /** As {@link #must(List)}, the words given one by one. */
    public static String must(String... command) {
        return must(List.of(command));
    }

    /**
     * Where an administrator's program lies, or null; a user's PATH may lack the sbin directories.
     */
    public static @Nullable Path find(String program) {
        String path = System.getenv("PATH");
        String all = (path == null ? "" : path) + ":/usr/sbin:/sbin:/usr/bin:/bin";
        for (String directory : all.split(":", -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
