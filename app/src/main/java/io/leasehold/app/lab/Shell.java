package io.leasehold.app.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the system's small tools to their end. */
public final class Shell {
    private static final int RUN_SECONDS_MAX = 60;

    /**
     * What a command left.
     *
     * @param exit its exit code
     * @param output standard output and standard error together
     */
    public record Result(int exit, String output) {}

    private Shell() {}

    /** Runs a command, and returns what it said. */
    public static Result run(List<String> command) {
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new LabException(
                            String.join(" ", command)
                                    + " did not end in "
                                    + RUN_SECONDS_MAX
                                    + " s");
                }
                return new Result(process.exitValue(), text);
            }
        } catch (IOException e) {
            throw new LabException(
                    "cannot run " + String.join(" ", command) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while " + String.join(" ", command) + " ran", e);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
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
