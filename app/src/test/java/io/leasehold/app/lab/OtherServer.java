package io.leasehold.app.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The servers of others that ours may meet on a segment. */
enum OtherServer {
    DNSMASQ("IP range") {
        @Override
        List<String> command(Path directory, String iface, String first, String last)
                throws IOException {
            return List.of(
                    "dnsmasq",
                    "-k",
                    "--port=0",
                    "--conf-file=/dev/null",
                    "--log-facility=-",
                    "--pid-file=",
                    "--user=root",
                    "--no-ping",
                    "--dhcp-leasefile=" + directory.resolve("dnsmasq.leases"),
                    "--dhcp-range=" + first + "," + last + ",255.255.255.0,10m");
        }
    },
    KEA("DHCP4_STARTED") {
        @Override
        List<String> command(Path directory, String iface, String first, String last)
                throws IOException {
            Path file =
                    Files.writeString(
                            directory.resolve("kea.json"),
                            """
                            { "Dhcp4": {
                              "interfaces-config": {"interfaces": ["%s"]},
                              "lease-database": {"type": "memfile", "persist": false},
                              "valid-lifetime": 600,
                              "subnet4": [{"subnet": "10.77.0.0/24", "pools": [{"pool": "%s - %s"}]}],
                              "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                                           "output_options": [{"output": "stdout"}]}]
                            } }
                            """
                                    .formatted(iface, first, last));
            return List.of(
                    "env",
                    "KEA_PIDFILE_DIR=" + directory,
                    "KEA_LOCKFILE_DIR=" + directory,
                    "KEA_DHCP_DATA_DIR=" + directory,
                    "kea-dhcp4",
                    "-c",
                    file.toString());
        }
    },
    DHCPD("Sending on") {
        @Override
        List<String> command(Path directory, String iface, String first, String last)
                throws IOException {
            Path leases = Files.writeString(directory.resolve("dhcpd.leases"), "");
            Path file =
                    Files.writeString(
                            directory.resolve("dhcpd.conf"),
                            """
                            ping-check false;
                            subnet 10.77.0.0 netmask 255.255.255.0 { range %s %s; }
                            """
                                    .formatted(first, last));
            return List.of(
                    "dhcpd",
                    "-4",
                    "-f",
                    "-d",
                    "--no-pid",
                    "-cf",
                    file.toString(),
                    "-lf",
                    leases.toString(),
                    iface);
        }
    };

    private static final Duration READY_WAIT_MAX = Duration.ofSeconds(20);

    private final String readyLine;

    OtherServer(String readyLine) {
        this.readyLine = readyLine;
    }

    abstract List<String> command(Path directory, String iface, String first, String last)
            throws IOException;

    /** Starts it with a pool in 10.77.0.0/24, and waits until it serves. */
    LabProcess start(Host host, Path directory, String iface, String first, String last) {
        LabProcess process;
        try {
            process = host.start(name(), command(directory, iface, first, last));
        } catch (IOException e) {
            throw new LabException("cannot write to " + directory, e);
        }
        process.awaitLine(line -> line.contains(readyLine), "that it is ready", READY_WAIT_MAX);
        return process;
    }
}
