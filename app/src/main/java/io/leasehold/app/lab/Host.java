package io.leasehold.app.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A machine in the lab: a network namespace with interfaces, and programs that run in it. */
public final class Host {
    private final Lab lab;
    private final String name;
    private final String namespace;

    Host(Lab lab, String name, String namespace) {
        this.lab = lab;
        this.name = name;
        this.namespace = namespace;
    }

    public String name() {
        return name;
    }

    public Lab lab() {
        return lab;
    }

    /** The name under which {@code ip netns} knows it. */
    public String namespace() {
        return namespace;
    }

    /**
     * Gives the host an interface on a segment.
     *
     * @param hardware its hardware address, such as 52:54:00:aa:00:01
     */
    public void plug(Segment segment, String iface, String hardware) {
        String port = "p" + Integer.toHexString((namespace + iface).hashCode());
        String wire = segment.namespace();
        Shell.must(
                List.of(
                        "ip", "link", "add", iface, "address", hardware, "netns", namespace, "type",
                        "veth", "peer", "name", port, "netns", wire));
        Shell.must("ip", "-n", wire, "link", "set", port, "master", "br0", "up");
        Shell.must("ip", "-n", namespace, "link", "set", iface, "up");
    }

    /** Gives an interface of the host an address, such as 10.77.0.1/24. */
    public void address(String iface, String address) {
        Shell.must("ip", "-n", namespace, "address", "add", address, "brd", "+", "dev", iface);
    }

    /** The IPv4 addresses of an interface, without their prefix lengths. */
    public List<String> addresses(String iface) {
        return Shell.must("ip", "-n", namespace, "-4", "-o", "address", "show", "dev", iface)
                .lines()
                .map(line -> line.replaceFirst(".* inet ([0-9.]+).*", "$1"))
                .toList();
    }

    /** Runs a command on the host to its end; it must succeed. */
    public String run(String... command) {
        return Shell.must(inside(List.of(command)));
    }

    /** Starts a program on the host; it ends with the lab at the latest. */
    public LabProcess start(String program, List<String> command) {
        return start(program, command, line -> {});
    }

    /** As {@link #start(String, List)}; the listener is called with each line that it says. */
    public LabProcess start(String program, List<String> command, Consumer<String> listener) {
        LabProcess process = LabProcess.start(program + " on " + name, inside(command), listener);
        lab.remember(process);
        return process;
    }

    private List<String> inside(List<String> command) {
        // A session of its own: Ctrl-C ends the lab's owner, who ends the lab in good order.
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "setsid"));
        all.addAll(command);
        return all;
    }
}
