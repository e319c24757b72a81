package io.leasehold.app.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The DHCP clients that the lab can run, each with the ways in which it is asked for things. */
public enum ClientProgram {
    /**
     * ISC's client. It remembers its lease over a reboot, and renews only when its time has come.
     */
    DHCLIENT("dhclient", "isc-dhcp-client"),
    /** BusyBox's client. It remembers nothing over a reboot. */
    UDHCPC("udhcpc", "udhcpc"),
    /**
     * Roy Marples' client, NetBSD's own. It remembers its lease, and looks for conflicts itself.
     */
    DHCPCD("dhcpcd", "dhcpcd-base");

    private final String program;
    private final String debianPackage;

    ClientProgram(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** The name of the program. */
    public String program() {
        return program;
    }

    /** The Debian package that it comes in. */
    public String debianPackage() {
        return debianPackage;
    }

    public boolean isInstalled() {
        return Shell.find(program) != null;
    }

    /**
     * The command line that starts it in the foreground with everything of its own in a directory.
     */
    List<String> command(Path directory, ClientOptions options) {
        String dir = directory.toString();
        List<String> command = new ArrayList<>();
        switch (this) {
            case DHCLIENT ->
                    // A copy of the program: Debian's AppArmor profile for the installed one lets
                    // it
                    // read and run nothing in a directory of ours.
                    command.addAll(
                            List.of(
                                    dir + "/dhclient",
                                    "-4",
                                    "-d",
                                    "-sf",
                                    dir + "/report",
                                    "-lf",
                                    dir + "/leases",
                                    "-pf",
                                    dir + "/pid",
                                    "-cf",
                                    dir + "/conf"));
            case UDHCPC -> udhcpc(command, dir, options);
            case DHCPCD ->
                    // It knows one place for its leases and its sockets: both are mounted over, for
                    // this process alone ("ip netns exec" gives it a mount namespace of its own).
                    command.addAll(
                            List.of(
                                    "sh",
                                    "-c",
                                    "mount --bind \"$0/state\" /var/lib/dhcpcd"
                                            + " && mount -t tmpfs lab /run && exec \"$@\"",
                                    dir,
                                    "dhcpcd",
                                    "-4",
                                    "-B",
                                    "-d",
                                    "-L",
                                    "-f",
                                    dir + "/conf",
                                    "-c",
                                    dir + "/report"));
        }
        command.addAll(options.extra());
        if (this == UDHCPC) {
            command.add("-i");
        }
        command.add(options.iface());
        return command;
    }

    private static void udhcpc(List<String> command, String dir, ClientOptions options) {
        command.addAll(List.of("udhcpc", "-f", "-s", dir + "/report", "-p", dir + "/pid"));
        command.addAll(
                List.of("-t", "10", "-T", "2", "-A", "2", "-x", "hostname:" + options.hostname()));
        if (options.checkAddress()) {
            command.add("-a");
        }
        if (!options.clientId().isEmpty()) {
            command.addAll(List.of("-x", "0x3d:" + options.clientId().replace(":", "")));
        }
    }

    /** Its configuration file; udhcpc has none. */
    String configuration(ClientOptions options) {
        return switch (this) {
            case DHCLIENT ->
                    "timeout 30;\n"
                        + "retry 2;\n"
                        + "initial-interval 1;\n"
                        + "backoff-cutoff 3;\n"
                        + "reboot 3;\n"
                        + "request subnet-mask, broadcast-address, routers, domain-name-servers,"
                        + " domain-name, dhcp-lease-time, dhcp-server-identifier;\n"
                        + "send host-name \""
                            + options.hostname()
                            + "\";\n"
                            + (options.clientId().isEmpty()
                                    ? ""
                                    : "send dhcp-client-identifier " + options.clientId() + ";\n");
            case UDHCPC -> "";
            case DHCPCD ->
                    "hostname "
                            + options.hostname()
                            + "\noption subnet_mask, routers, domain_name_servers\n"
                            + "reboot 3\n"
                            + (options.checkAddress() ? "" : "noarp\n")
                            // Its own syntax wants the type octet left out of a text identifier;
                            // octets are taken as they are.
                            + (options.clientId().isEmpty()
                                    ? "clientid\n"
                                    : "clientid " + options.clientId() + "\n");
        };
    }
}
