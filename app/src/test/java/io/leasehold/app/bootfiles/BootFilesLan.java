package io.leasehold.app.bootfiles;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A lab with our boot service, as its command starts it, at 10.78.0.1 and 10.78.0.2, and a machine
 * to ask it.
 */
final class BootFilesLan implements AutoCloseable {
    static final String SERVER = "10.78.0.1";
    static final String OTHER_ADDRESS = "10.78.0.2";
    static final String IFACE = "eth0";

    /**
     * A file of some megabytes on a file system, sysfs, that lets nobody map it. The server has it
     * as {@code unmapped} where the kernel has it.
     */
    static final Path UNMAPPED = Path.of("/sys/kernel/btf/vmlinux");

    // The lab's machine may be busy: the bounds only end a hang.
    private static final Duration READY_WAIT_MAX = Duration.ofMinutes(1);
    private static final Duration FETCH_WAIT_MAX = Duration.ofMinutes(2);

    private final Lab lab = Lab.open();
    private final Path root;
    private final Host serving;
    private final Host client;
    private final LabProcess server;

    BootFilesLan() {
        try {
            Segment segment = lab.segment("files");
            serving = lab.host("files");
            serving.plug(segment, IFACE, "52:54:00:78:00:01");
            serving.address(IFACE, SERVER + "/24");
            serving.address(IFACE, OTHER_ADDRESS + "/24");
            client = lab.host("machine");
            client.plug(segment, IFACE, "52:54:00:78:00:10");
            client.address(IFACE, "10.78.0.10/24");
            // What is lost is lost by the packet, and not by the window.
            serving.run("ethtool", "-K", IFACE, "tx-udp-segmentation", "off");
            root = Files.createDirectory(lab.directory().resolve("root"));
            Files.createDirectory(fetched(""));
            // What a Raspberry Pi boots by: with no known name in its root, nothing would be
            // served.
            write("start4.elf", "of all\n");
            write("unmapped", "");
            server = serving.start("leasehold", withUnmapped());
            server.awaitLine(
                    line -> line.contains("ready on " + IFACE), "that it is ready", READY_WAIT_MAX);
        } catch (IOException e) {
            lab.close();
            throw new LabException("cannot make the root: " + e.getMessage(), e);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    /** The host's own mounts end with its programs. */
    private List<String> withUnmapped() {
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        String mount = "mount --bind " + UNMAPPED + " " + root.resolve("unmapped");
        command.add("[ ! -e " + UNMAPPED + " ] || " + mount + "; exec \"$@\"");
        command.add("sh");
        command.addAll(SelfCommand.with("netboot", "-i", IFACE, "--root", root.toString()));
        return command;
    }

    /** A file of random bytes under the root. */
    Path file(String name, int bytes) {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            byte[] content = new byte[bytes];
            new Random(bytes).nextBytes(content);
            write(file, content);
        }
        return file;
    }

    final void write(String name, String text) {
        write(root.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new LabException("cannot write " + file, e);
        }
    }

    Path root() {
        return root;
    }

    /** Where a client puts what it fetched. */
    Path fetched(String name) {
        return lab.directory().resolve("fetched").resolve(name);
    }

    /** Runs a client's command to its end, in the directory of what is fetched. */
    Shell.Result fetch(String command) {
        return Shell.run(
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        client.namespace(),
                        "bash",
                        "-c",
                        "cd " + fetched("") + " && " + command),
                FETCH_WAIT_MAX);
    }

    /** Runs this program on the client's host to its end. */
    LabProcess run(String... words) {
        LabProcess process = client.start("client", SelfCommand.with(words));
        process.awaitExit(FETCH_WAIT_MAX);
        return process;
    }

    /** Loses so many of a hundred packets on their way to the client, and to the server. */
    void lose(int percent) {
        // Where they arrive: what is dropped where it is sent, its sender is told of.
        String table =
                """
                table inet loss {
                    chain come {
                        type filter hook input priority 0
                        udp dport != 69 numgen random mod 100 < PERCENT drop
                    }
                }
                """
                        .replace("PERCENT", Integer.toString(percent));
        for (Host host : List.of(client, serving)) {
            host.run("bash", "-c", "nft -f - <<< '" + table + "'");
        }
    }

    void loseNothing() {
        for (Host host : List.of(client, serving)) {
            host.run("nft", "delete", "table", "inet", "loss");
        }
    }

    void awaitLog(String part) {
        server.awaitLine(line -> line.contains(part), part, READY_WAIT_MAX);
    }

    @Override
    public void close() {
        lab.close();
    }
}
