package io.leasehold.app.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts (a network namespace each) and segments (a bridge each, in a namespace of their own), all
 * made by this process and removed with it.
 */
public final class Lab implements AutoCloseable {
    private static final AtomicInteger LABS = new AtomicInteger();

    private final String prefix;
    private final Path directory;
    private final Thread hook = new Thread(this::removeAll, "lab-end");
    private final Deque<LabProcess> processes = new ArrayDeque<>();
    private final List<String> namespaces = new ArrayList<>();
    private volatile boolean closed;

    private Lab(String prefix, Path directory) {
        this.prefix = prefix;
        this.directory = directory;
    }

    /**
     * An empty lab. What earlier labs left behind whose process died is removed first.
     *
     * @throws LabException when this is not root's process, or the machine refuses namespaces
     */
    public static Lab open() {
        LeftOvers.clear();
        String prefix =
                LeftOvers.PREFIX
                        + ProcessHandle.current().pid()
                        + "-"
                        + LABS.incrementAndGet()
                        + "-";
        try {
            Lab lab = new Lab(prefix, Files.createTempDirectory(prefix));
            Runtime.getRuntime().addShutdownHook(lab.hook);
            return lab;
        } catch (IOException e) {
            throw new LabException("cannot make a directory for the lab: " + e.getMessage(), e);
        }
    }

    /** A directory of the lab's own, removed with it. */
    public Path directory() {
        return directory;
    }

    /** A new host with nothing but a loopback interface. */
    public Host host(String name) {
        return new Host(this, name, namespace(name));
    }

    /** A new segment: what one host on it sends to all, every other receives. */
    public Segment segment(String name) {
        String namespace = namespace("wire-" + name);
        Shell.must("ip", "-n", namespace, "link", "add", "br0", "type", "bridge");
        Shell.must("ip", "-n", namespace, "link", "set", "br0", "up");
        return new Segment(namespace);
    }

    private synchronized String namespace(String name) {
        if (closed) {
            throw new LabException("the lab is closed");
        }
        String namespace = prefix + name;
        Shell.must("ip", "netns", "add", namespace);
        namespaces.add(namespace);
        // IPv6 would only add noise to the captures. Where the kernel has none, there is none.
        Shell.run(inNamespace(namespace, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"));
        Shell.run(inNamespace(namespace, "sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1"));
        Shell.must("ip", "-n", namespace, "link", "set", "lo", "up");
        return namespace;
    }

    private static List<String> inNamespace(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }

    synchronized void remember(LabProcess process) {
        processes.push(process);
        if (closed) {
            process.close();
        }
    }

    /** True once the lab is being removed. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends every program in the lab, and removes the lab. */
    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyGoingDown) {
            // The hook runs by itself then, and finds nothing to do.
            return;
        }
    }

    private synchronized void removeAll() {
        if (closed) {
            return;
        }
        closed = true;
        processes.forEach(process -> process.signal("TERM"));
        processes.forEach(LabProcess::close);
        namespaces.forEach(LeftOvers::removeNamespace);
        LeftOvers.removeDirectory(directory);
    }
}
