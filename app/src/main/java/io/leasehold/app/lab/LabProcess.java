package io.leasehold.app.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A program that runs on a host of the lab. What it says is kept, and handed on line by line. */
public final class LabProcess implements AutoCloseable {
    private static final int LINES_MAX = 100_000;
    private static final int STOP_SECONDS_MAX = 5;

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private LabProcess(String name, Process process, Consumer<String> listener) {
        this.name = name;
        this.process = process;
        this.reader = Thread.ofVirtual().name("lab-" + name).start(() -> read(listener));
    }

    static LabProcess start(String name, List<String> command, Consumer<String> listener) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new LabProcess(name, process, listener);
        } catch (IOException e) {
            throw new LabException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    private void read(Consumer<String> listener) {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    if (lines.size() < LINES_MAX) {
                        lines.add(line);
                    }
                }
                listener.accept(line);
            }
        } catch (IOException | UncheckedIOException e) {
            // The process was killed under the reader: there is nothing more to read.
            return;
        }
    }

    /** Everything it has said so far, standard output and standard error together. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Waits for a line that it says, or has said.
     *
     * @throws LabException when it ends first, or says none in time; the message holds its last
     *     words
     */
    public void awaitLine(Predicate<String> wanted, String what, Duration bound) {
        boolean ended =
                Await.within(bound, () -> lines().stream().anyMatch(wanted) || !process.isAlive());
        joinReaderIfEnded();
        if (lines().stream().noneMatch(wanted)) {
            throw new LabException(
                    name
                            + (ended ? " ended before it said " : " did not say ")
                            + what
                            + lastWords());
        }
    }

    /** Waits for its end, and returns its exit code. */
    public int awaitExit(Duration bound) {
        Await.until(bound, () -> !process.isAlive(), () -> name + " does not end" + lastWords());
        joinReaderIfEnded();
        return process.exitValue();
    }

    private void joinReaderIfEnded() {
        try {
            if (!process.isAlive()) {
                reader.join(Duration.ofSeconds(STOP_SECONDS_MAX));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() {
        List<String> all = lines();
        return ":\n  " + String.join("\n  ", all.subList(Math.max(0, all.size() - 25), all.size()));
    }

    /** Sends a signal by its name, such as USR1. */
    public void signal(String signal) {
        sendSignal(signal, Long.toString(process.pid()));
    }

    /** The shell's own kill: the program of that name is not on every machine. */
    static void sendSignal(String signal, String pid) {
        Shell.run(List.of("sh", "-c", "kill -" + signal + " " + pid));
    }

    /** Ends it as a crash would: nothing more is said on the wire. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks it to end (SIGTERM), and makes it when it does not. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }
}
