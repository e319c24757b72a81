package io.leasehold.link.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Network namespaces of one test, removed with all that is in them when it ends. Their names carry
 * this process's id: what a process that died has left over is removed by the next one.
 */
public final class Namespaces implements AutoCloseable {
    private static final String PREFIX = "leasehold-test-";
    private static final Path DIRECTORY = Path.of("/run/netns");
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final List<String> names = new ArrayList<>();

    public Namespaces() {
        removeLeftOvers();
    }

    /**
     * Adds a namespace with its loopback interface up.
     *
     * @param role what it plays, for a reader of {@code ip netns}
     * @return its name
     */
    public String add(String role) {
        String name =
                PREFIX + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet() + "-" + role;
        execute("ip", "netns", "add", name);
        names.add(name);
        ip(name, "link set lo up");
        return name;
    }

    /** Joins two namespaces by a pair of interfaces, both up. */
    public void join(String one, String oneInterface, String other, String otherInterface) {
        execute(
                "ip",
                "link",
                "add",
                oneInterface,
                "netns",
                one,
                "type",
                "veth",
                "peer",
                "name",
                otherInterface,
                "netns",
                other);
        ip(one, "link set " + oneInterface + " up");
        ip(other, "link set " + otherInterface + " up");
    }

    /** Runs {@code ip} in a namespace; the arguments are separated by single spaces. */
    public String ip(String namespace, String arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments.split(" ", -1)));
        return execute(command.toArray(String[]::new));
    }

    /** Runs a program in a namespace and gives what it printed. */
    public String in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return execute(all.toArray(String[]::new));
    }

    /**
     * Runs a program to its end and gives what it printed.
     *
     * @throws IllegalStateException with what it printed, when it fails
     */
    public static String execute(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int result = process.waitFor();
            if (result != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + result + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        names.reversed().forEach(name -> execute("ip", "netns", "delete", name));
        names.clear();
    }

    private static synchronized void removeLeftOvers() {
        if (!Files.isDirectory(DIRECTORY)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DIRECTORY, PREFIX + "*")) {
            for (Path each : all) {
                String name = String.valueOf(each.getFileName());
                String pid = name.substring(PREFIX.length()).replaceFirst("-.*", "");
                if (!Files.exists(Path.of("/proc", pid))) {
                    execute("ip", "netns", "delete", name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
