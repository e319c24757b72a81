package io.leasehold.app.ports;

import io.leasehold.app.docs.Page;
import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A virtual machine with a distribution's kernel, its eth0 on a segment of the lab. Where the rules
 * that a test needs are not in the kernel of this machine, they are in that one.
 */
final class Guest {
    private static final Duration BOOT_MAX = Duration.ofMinutes(2);
    private static final Duration RUN_MAX = Duration.ofMinutes(1);
    private static final String END = "@@@ ";

    private final SocketChannel shell;

    private Guest(SocketChannel shell) {
        this.shell = shell;
    }

    /** Where ./check unpacks a kernel. */
    static Path kernel() {
        return Page.project().resolve("target/guest-kernel");
    }

    /** Why there can be none here; empty when there can. */
    static String missing() {
        if (!"amd64".equals(System.getProperty("os.arch"))) {
            return "the guest is one of amd64";
        }
        if (Shell.find("qemu-system-x86_64") == null) {
            return "qemu-system-x86_64 is not installed";
        }
        return Files.isDirectory(kernel()) ? "" : "./check has not fetched a kernel";
    }

    /** Boots one; it ends with the lab. */
    static Guest boot(Lab lab, Segment segment) {
        Path work = lab.directory().resolve("guest");
        Path serial = work.resolve("shell");
        Host outside = lab.host("guest");
        outside.plug(segment, "eth0", "52:54:00:77:00:99");
        outside.run("ip", "tuntap", "add", "dev", "tap0", "mode", "tap");
        outside.run("ip", "link", "add", "br0", "type", "bridge");
        for (String port : List.of("eth0", "tap0")) {
            outside.run("ip", "link", "set", port, "master", "br0", "up");
        }
        outside.run("ip", "link", "set", "br0", "up");
        try {
            makeInitrd(work);
            LabProcess process = outside.start("qemu", command(work, serial));
            process.awaitLine(
                    line -> line.contains("the guest is ready"), "that it is ready", BOOT_MAX);
            Guest guest = new Guest(SocketChannel.open(UnixDomainSocketAddress.of(serial)));
            // The serial line swallows the first words that are said on it.
            guest.run("echo hello");
            return guest;
        } catch (IOException e) {
            throw new LabException("cannot boot a guest: " + e.getMessage(), e);
        }
    }

    private static void makeInitrd(Path work) throws IOException {
        Files.createDirectories(work);
        Path script = work.resolve("guest-initrd.sh");
        try (InputStream in = Guest.class.getResourceAsStream("guest-initrd.sh")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        Shell.must("sh", script.toString(), kernel().toString(), work.toString());
    }

    private static List<String> command(Path work, Path serial) throws IOException {
        Path image;
        try (Stream<Path> files = Files.list(kernel().resolve("boot"))) {
            image =
                    files.filter(file -> file.getFileName().toString().startsWith("vmlinuz"))
                            .findFirst()
                            .orElseThrow();
        }
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-nodefaults"));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", "512", "-no-reboot"));
        command.addAll(List.of("-display", "none", "-serial", "stdio"));
        command.addAll(List.of("-serial", "unix:" + serial + ",server=on,wait=off"));
        command.addAll(List.of("-kernel", image.toString(), "-initrd", work + "/initrd"));
        command.addAll(List.of("-append", "console=ttyS0 quiet panic=-1"));
        command.addAll(List.of("-netdev", "tap,id=lan,ifname=tap0,script=no,downscript=no"));
        // No offload: the checksums on the wire are then the guest's own.
        command.add("-device");
        command.add(
                "virtio-net-pci,netdev=lan,mac=52:54:00:77:00:01,romfile=,csum=off,guest_csum=off");
        return command;
    }

    /**
     * Runs a shell's commands in the guest, and returns what they print.
     *
     * @throws LabException when they fail
     */
    synchronized String run(String script) {
        try {
            String all =
                    "sh <<'END_OF_SCRIPT'\n"
                            + script
                            + "\nEND_OF_SCRIPT\ncode=$?; echo; echo \""
                            + END
                            + "$code\"\n";
            shell.write(ByteBuffer.wrap(all.getBytes(StandardCharsets.UTF_8)));
            StringBuilder said = new StringBuilder();
            ByteBuffer part = ByteBuffer.allocate(4096);
            shell.configureBlocking(false);
            Await.until(RUN_MAX, () -> readTo(said, part), () -> script + " does not end: " + said);
            int end = said.lastIndexOf("\n" + END);
            if (!said.substring(end).strip().equals(END + "0")) {
                throw new LabException("in the guest: " + script + " failed: " + said);
            }
            return said.substring(0, end);
        } catch (IOException e) {
            throw new LabException("the guest does not answer: " + e.getMessage(), e);
        }
    }

    /** True once the end of a command is among what was said. */
    private boolean readTo(StringBuilder said, ByteBuffer part) {
        try {
            while (shell.read(part.clear()) > 0) {
                said.append(StandardCharsets.UTF_8.decode(part.flip()));
            }
        } catch (IOException e) {
            throw new LabException("the guest has ended: " + e.getMessage(), e);
        }
        int end = said.lastIndexOf("\n" + END);
        return end >= 0 && said.indexOf("\n", end + 1) > 0;
    }
}
