package io.leasehold.app.lab;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.docs.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A segment with somebody else's DHCP server at 10.77.0.1, our boot service at 10.77.0.2, boot
 * files in {@link #root}, and machines that have nothing but their firmware.
 */
final class BootLan implements AutoCloseable {
    static final String PRIMARY = "10.77.0.1";
    static final String PROXY = "10.77.0.2";
    static final String IFACE = "eth0";
    static final int HTTP_PORT = 8080;

    /** Machines whose hardware address begins so boot by way of iPXE. */
    static final String CHAINED = "52:54:00:77:01:";

    static final String DIRECT = "52:54:00:77:02:";

    /** Those boot what Debian has signed, where it lies in the root. */
    static final String SIGNED = "52:54:00:77:03:";

    static final String SCRIPT = "http://" + PROXY + ":" + HTTP_PORT + "/boot.ipxe";

    /** What boots what in the lab, as the end of a configuration. */
    static final String RULES =
            """
            interfaces: [eth0]
            netboot:
              root: ROOT
              boot:
                - {user-class: PLAINROM, ipxe: true, arch: bios, file: undionly.kpxe}
                - {ipxe: true, script: boot.ipxe}
                - {hardware: "52:54:00:77:01:*", arch: x64, file: snponly.efi}
                - {hardware: "52:54:00:77:03:*", arch: x64, file: debian/shimx64.efi}
                - {hardware: "52:54:00:77:03:*", arch: x64-http, file: debian/shimx64.efi}
                - {arch: ia32, file: nbp-ia32.efi}
                - {arch: arm64, file: nbp-aa64.efi}
                - {arch: x64-http, file: nbp-x64.efi}
                - {arch: x64, file: nbp-x64.efi}
            """;

    /** Scripts that are made for each machine. */
    static final String MADE =
            """
            interfaces: [eth0]
            netboot:
              root: ROOT
              values: {role: nobody}
              boot:
                - {user-class: PLAINROM, ipxe: true, arch: bios, file: undionly.kpxe}
                - {hardware: "52:54:00:77:02:*", template: made.ipxe, values: {role: tester}}
                - ipxe: true
                  backend: {url: "http://10.77.0.2:8080/${mac}.json", timeout: 20s}
            """;

    /** A menu for firmware and one for iPXE, whose first items are taken after a second. */
    static final String MENUS =
            """
            interfaces: [eth0]
            netboot:
              root: ROOT
              boot:
                - arch: x64
                  menu:
                    timeout: 1s
                    items:
                      - {name: Test program, file: nbp-x64.efi}
                      - {name: Local disk, boot: local}
                - ipxe: true
                  menu:
                    timeout: 1s
                    items:
                      - {name: Test script, script: boot.ipxe}
                      - {name: Local disk, boot: local}
            """;

    /** The same, whose first items boot nothing from the network and wait long for a key. */
    static final String MENUS_TO_CHOOSE_FROM =
            """
            interfaces: [eth0]
            netboot:
              root: ROOT
              boot:
                - arch: x64
                  menu:
                    timeout: 60s
                    items:
                      - {name: Local disk, boot: local}
                      - {name: Test program, file: nbp-x64.efi}
                      - {name: Missing program, file: none.efi}
                - ipxe: true
                  menu:
                    timeout: 60s
                    items:
                      - {name: Local disk, boot: local}
                      - {name: Test script, script: boot.ipxe}
                      - {name: Missing script, script: none.ipxe}
            """;

    /** What the program or the script that a machine boots says at its end. */
    private static final String DONE = "lab: done";

    private static final Duration READY_WAIT_MAX = Duration.ofMinutes(1);
    private static final Duration BOOT_WAIT_MAX = Duration.ofMinutes(2);
    private static final Duration UNPACK_WAIT_MAX = Duration.ofMinutes(5);

    private final Lab lab = Lab.open();
    private final Segment segment;
    private final Host primary;
    private final Host proxy;
    private final Path root;
    private int machines;
    private @Nullable Screen screen;

    BootLan() {
        try {
            segment = lab.segment("lan");
            primary = lab.host("primary");
            proxy = lab.host("proxy");
            plug(primary, "52:54:00:77:00:01", PRIMARY);
            plug(proxy, "52:54:00:77:00:02", PROXY);
            root = Files.createDirectory(lab.directory().resolve("root"));
            fillRoot();
            advertiseRouter();
        } catch (IOException e) {
            lab.close();
            throw new LabException("cannot fill the root of boot files", e);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    private void plug(Host host, String hardware, String address) {
        host.plug(segment, IFACE, hardware);
        host.address(IFACE, address + "/24");
        // Firmware drops packets whose checksum was left to a card that is not there.
        host.run("ethtool", "-K", IFACE, "tx", "off");
    }

    private void fillRoot() throws IOException {
        for (String name : List.of("undionly.kpxe", "snponly.efi")) {
            Files.copy(Path.of("/usr/lib/ipxe", name), root.resolve(name));
        }
        for (String name : List.of("nbp-x64.efi", "nbp-ia32.efi", "nbp-aa64.efi")) {
            try (InputStream in = BootLan.class.getResourceAsStream("nbp/" + name)) {
                if (in == null) {
                    throw new IOException("no test resource nbp/" + name);
                }
                Files.copy(in, root.resolve(name));
            }
        }
        Files.writeString(root.resolve("proof.txt"), "ok\n");
        Files.writeString(
                root.resolve("boot.ipxe"),
                proof("script ${platform} ${buildarch} ${net0/ip} ${next-server}"));
    }

    /** A script that says what it is, and ends. Its dots push its words out of the serial port. */
    static String proof(String what) {
        return """
        #!ipxe
        echo lab: booted %s
        echo %s
        echo ................................................
        echo ................................................
        reboot
        """
                .formatted(what, DONE);
    }

    /** Puts Debian's signed boot programs into the root. */
    void addSigned() {
        String script = Page.project().resolve("scripts/signed-boot.sh").toString();
        Shell.Result unpacked = Shell.run(List.of(script), UNPACK_WAIT_MAX);
        if (unpacked.exit() != 0) {
            throw new LabException(script + " failed: " + unpacked.output().strip());
        }
        Path from = Page.project().resolve("target/signed-boot");
        try {
            Path to = Files.createDirectory(root.resolve("debian"));
            Files.copy(from.resolve("shimx64.efi.signed"), to.resolve("shimx64.efi"));
            Files.copy(from.resolve("grubnetx64.efi.signed"), to.resolve("grubx64.efi"));
            // GRUB knows lockdown where the firmware has Secure Boot on.
            Files.writeString(
                    Files.createDirectory(root.resolve("grub")).resolve("grub.cfg"),
                    "echo \"lab: booted grub, lockdown $lockdown, from $prefix\"\n"
                            + "echo \""
                            + DONE
                            + "\"\nsleep 5\nreboot\n");
        } catch (IOException e) {
            throw new LabException("cannot add " + from, e);
        }
    }

    /** Without one, each stage of iPXE waits fifteen seconds for it. */
    private void advertiseRouter() {
        primary.run("sysctl", "-qw", "net.ipv6.conf." + IFACE + ".disable_ipv6=0");
        primary.run("ip", "address", "add", "fd77::1/64", "dev", IFACE, "nodad");
        List<String> command = new ArrayList<>(dnsmasq("router"));
        command.addAll(List.of("--enable-ra", "--dhcp-range=fd77::,ra-only,64,5m"));
        primary.start("router", command)
                .awaitLine(
                        line -> line.contains("router advertisement"),
                        "that it advertises",
                        READY_WAIT_MAX);
    }

    /** The words that every dnsmasq of the lab has in its command. */
    List<String> dnsmasq(String name) {
        return List.of(
                "dnsmasq",
                "-k",
                "--port=0",
                "--conf-file=/dev/null",
                "--log-facility=-",
                "--pid-file=",
                "--user=root",
                "--interface=" + IFACE,
                "--bind-interfaces",
                "--dhcp-leasefile=" + lab.directory().resolve(name + ".leases"));
    }

    Lab lab() {
        return lab;
    }

    Host primary() {
        return primary;
    }

    Host proxy() {
        return proxy;
    }

    Segment segment() {
        return segment;
    }

    Path root() {
        return root;
    }

    /** Somebody else's server, which gives addresses and knows nothing of booting. */
    LabProcess serve(OtherServer server) {
        return server.start(primary, lab.directory(), IFACE, "10.77.0.100", "10.77.0.200");
    }

    /** The same by dnsmasq, with more words in its command. */
    void serveRange(String range, String... words) {
        List<String> command = new ArrayList<>(dnsmasq("primary"));
        command.add("--dhcp-range=" + range + ",255.255.255.0,10m");
        command.addAll(List.of(words));
        primary.start("dnsmasq", command)
                .awaitLine(line -> line.contains("IP range"), "that it serves", READY_WAIT_MAX);
    }

    /** Our boot service by a file, in which ROOT stands for {@link #root}. */
    LabProcess boot(String file) {
        return bootOn(proxy, file);
    }

    LabProcess bootOn(Host host, String file) {
        return bootOn(host, file, "netboot");
    }

    LabProcess bootOn(Host host, String file, String command) {
        return bootBy("leasehold.yaml", host, file, command);
    }

    /** Our boot service by a file of ProxyDHCPd. */
    LabProcess bootByIni(String file) {
        return bootBy("proxy.ini", proxy, file, "netboot");
    }

    private LabProcess bootBy(String name, Host host, String file, String command) {
        Path at = lab.directory().resolve(name);
        try {
            Files.writeString(at, file.replace("ROOT", root.toString()));
        } catch (IOException e) {
            throw new LabException("cannot write " + at, e);
        }
        return start(host, command, "-c", at.toString());
    }

    /** Somebody else's TFTP server of the same files, on the host that gives addresses. */
    void serveFiles() {
        List<String> command = new ArrayList<>(dnsmasq("tftp"));
        command.addAll(List.of("--enable-tftp", "--tftp-root=" + root));
        primary.start("tftp", command)
                .awaitLine(line -> line.contains("TFTP root is"), "that it serves", READY_WAIT_MAX);
    }

    /** Our program on a host, once it is ready. */
    LabProcess start(Host host, String... words) {
        LabProcess process = host.start("leasehold", SelfCommand.with(words));
        process.awaitLine(line -> line.contains("ready"), "that it is ready", READY_WAIT_MAX);
        return process;
    }

    /** Switches a machine on. */
    LabProcess machine(BootFirmware firmware, String hardwarePrefix) {
        machines++;
        String hardware = hardwarePrefix + String.format(Locale.ROOT, "%02x", machines);
        return machineOn(segment, firmware, hardware);
    }

    LabProcess machineOn(Segment wire, BootFirmware firmware, String hardware) {
        String tap = "tap" + hardware.substring(15);
        String namespace = wire.namespace();
        Shell.must("ip", "-n", namespace, "tuntap", "add", tap, "mode", "tap");
        Shell.must("ip", "-n", namespace, "link", "set", tap, "master", "br0", "up");
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "setsid"));
        Path directory = lab.directory();
        screen = new Screen(directory.resolve(tap + ".serial"), directory.resolve(tap + ".qmp"));
        command.addAll(firmware.command(directory, hardware, tap, screen));
        LabProcess machine = LabProcess.start(firmware + " " + hardware, command, line -> {});
        lab.remember(machine);
        return machine;
    }

    /** Of the machine that was switched on last. */
    Screen screen() {
        return Objects.requireNonNull(screen);
    }

    /**
     * Keeps what passes the proxy from now on, under target/boots: some of these files are what
     * RealBootsTest of netboot answers again.
     */
    void capture(String name) {
        try {
            Path file = Files.createDirectories(Path.of("target/boots")).resolve(name + ".pcap");
            List<String> command = new ArrayList<>(List.of("tcpdump", "-Z", "root", "-n", "-U"));
            command.addAll(List.of("--immediate-mode", "-s", "0", "-i", IFACE, "-w"));
            command.add(file.toAbsolutePath().toString());
            command.add("udp port 67 or udp port 68 or udp port 4011");
            proxy.start("tcpdump", command)
                    .awaitLine(
                            line -> line.contains("listening on"),
                            "that it listens",
                            READY_WAIT_MAX);
        } catch (IOException e) {
            throw new LabException("cannot make target/boots", e);
        }
    }

    /** Waits until a machine has booted, and returns what its program or script said. */
    static List<String> awaitBoot(LabProcess machine) {
        machine.awaitLine(line -> line.contains(DONE), "that it has booted", BOOT_WAIT_MAX);
        machine.close();
        return machine.lines().stream()
                .filter(line -> line.contains("lab: booted"))
                .map(line -> line.substring(line.indexOf("lab: booted")).strip())
                .toList();
    }

    /** Waits until a machine says something, and switches it off. */
    static void awaitWord(LabProcess machine, String word) {
        machine.awaitLine(line -> line.contains(word), word, BOOT_WAIT_MAX);
        machine.close();
    }

    @Override
    public void close() {
        lab.close();
    }
}
