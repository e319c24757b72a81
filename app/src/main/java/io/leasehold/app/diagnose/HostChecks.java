package io.leasehold.app.diagnose;

import io.leasehold.app.bootfiles.BootFileSettings;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.netboot.KnownFiles;
import io.leasehold.app.netboot.Netbooting;
import io.leasehold.link.Flows;
import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NetworkInterface;
import io.leasehold.netboot.diagnose.BootFinding;
import io.leasehold.netboot.files.BootFile;
import io.leasehold.netboot.files.BootRoot;
import io.leasehold.netboot.files.FileLookup;
import io.leasehold.netboot.proxy.BootPort;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.BootStage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at what a boot service needs of its own host: interfaces, ports and files. */
final class HostChecks {
    private static final Pattern HOLDER = Pattern.compile("\\(pid ([0-9]+)\\)");

    private final NetbootSetup setup;
    private final List<BootFinding> found;
    private final List<String> notes;
    private boolean runsAlready;

    /**
     * @param found takes what would keep machines from booting
     * @param notes takes what else is worth a line
     */
    HostChecks(NetbootSetup setup, List<BootFinding> found, List<String> notes) {
        this.setup = setup;
        this.found = found;
        this.notes = notes;
    }

    /** Whether machines can be answered by an interface. */
    void look(NetworkInterface each) {
        if (!each.up()) {
            found.add(
                    new BootFinding(
                            each.name() + " is down",
                            "nothing comes in or goes out by it",
                            "ip link set " + each.name() + " up"));
        } else if (each.addresses().isEmpty()) {
            found.add(
                    new BootFinding(
                            each.name() + " has no IPv4 address",
                            "machines are told by its address where the files are",
                            "give it an address of its network"));
        }
    }

    /** Whether the ports can be had, unless a boot service of ours has them already. */
    void ports() {
        String[] names = setup.interfaces().toArray(String[]::new);
        LinkOptions sockets = LinkOptions.of(names).withoutPings();
        if (!setup.proxyOnly()) {
            int port = BootPort.DHCP.number();
            taken("UDP port " + port, () -> open(sockets.withSharedPort().withPort(port)));
        }
        int port = BootPort.BOOT_SERVER.number();
        taken("UDP port " + port, () -> open(sockets.withPort(port)));
        if (setup.root() != null && setup.tftp() != null) {
            int tftp = BootFileSettings.TFTP_PORT;
            taken("UDP port " + tftp, () -> Flows.open(tftp).close());
        }
        int http = setup.rules().httpPort();
        if (setup.root() != null && http != 0 && !runsAlready) {
            taken("TCP port " + http, () -> listen(http));
        }
        if (runsAlready) {
            notes.add("leasehold runs on this host already, and has its ports");
        }
    }

    /** Takes a port, and lets it go. */
    @FunctionalInterface
    private interface Taking {
        void run() throws IOException;
    }

    private static void open(LinkOptions options) throws IOException {
        Link.open(options).close();
    }

    private static void listen(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        }
    }

    private void taken(String port, Taking taking) {
        try {
            taking.run();
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (isOurs(why)) {
                runsAlready = true;
                return;
            }
            found.add(
                    new BootFinding(
                            port + " cannot be had: " + why,
                            "this service does not start without it",
                            "end the program that has it, or keep that to other interfaces"
                                    + " (dnsmasq: bind-interfaces, and no enable-tftp)"));
        }
    }

    /** Whether the process that has a port is a service of this program. */
    private static boolean isOurs(String message) {
        Matcher holder = HOLDER.matcher(message);
        if (!holder.find()) {
            return false;
        }
        try {
            String words = Files.readString(Path.of("/proc", holder.group(1), "cmdline"));
            return words.contains("leasehold")
                    && (words.contains("\0netboot\0") || words.contains("\0serve\0"));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether what rules name is there, and can be read. */
    void files() {
        Path root = setup.root();
        if (root == null) {
            return;
        }
        if (!Files.isDirectory(root)) {
            found.add(
                    new BootFinding(
                            "the root " + root + " is no directory",
                            "there are no files to load",
                            "make it, or name another: root, --root"));
            return;
        }
        BootRoot files = new BootRoot(root);
        Set<String> looked = new LinkedHashSet<>();
        boolean script = false;
        String ipxe = null;
        for (BootRule rule : setup.rules().rules()) {
            script |= rule.match().stage() == BootStage.IPXE;
            for (String name : Netbooting.names(rule.action())) {
                if (looked.add(name)) {
                    look(files, root, name);
                    ipxe = ipxe == null && isIpxe(name) ? name : ipxe;
                }
            }
        }
        if (ipxe != null && !script) {
            found.add(
                    new BootFinding(
                            "machines load " + ipxe + ", and no rule is for iPXE",
                            "iPXE is left alone, and does not get any further",
                            "add a rule with ipxe: true and a script, as boot.ipxe under the"
                                    + " root"));
        }
    }

    private static boolean isIpxe(String name) {
        return KnownFiles.isIpxe(name) && !name.endsWith(".ipxe");
    }

    private void look(BootRoot files, Path root, String name) {
        String why =
                switch (files.open(name)) {
                    case FileLookup.Found(BootFile file) -> {
                        file.close();
                        yield hidden(root.resolve(name));
                    }
                    case FileLookup.Missing(String missing) -> missing;
                    case FileLookup.Refused(String refused) -> refused;
                    case FileLookup.Failed(String failed) -> failed;
                };
        if (!why.isEmpty()) {
            found.add(
                    new BootFinding(
                            "a rule names " + name + ": " + why,
                            "machines are told of it, and cannot load it",
                            "put it there, readable by everybody, or change the rule"));
        }
    }

    /** The unit of systemd runs as a user of its own. */
    private static String hidden(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    ? ""
                    : "not everybody may read it, and the service is nobody in particular";
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }
}
