package io.leasehold.app.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The servers of others: on a segment with ours, or behind a relay. Theirs is 10.77.0.0/24. */
public enum OtherServer {
    DNSMASQ("IP range") {
        @Override
        List<String> command(Host host, Path directory, String iface, Pool pool)
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
                    "--dhcp-leasefile=" + directory.resolve(host.name() + ".leases"),
                    "--dhcp-range=" + pool.first() + "," + pool.last() + ",255.255.255.0,10m");
        }
    },
    KEA("DHCP4_STARTED") {
        @Override
        List<String> command(Host host, Path directory, String iface, Pool pool)
                throws IOException {
            Path file =
                    Files.writeString(
                            directory.resolve("kea.json"),
                            """
                            { "Dhcp4": {
                              "interfaces-config": {"interfaces": ["%s"]},
                              "lease-database": {"type": "memfile", "persist": false},
                              "valid-lifetime": 600,
                              "subnet4": [{"subnet": "%s/24", "pools": [{"pool": "%s - %s"}]}],
                              "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                                           "output_options": [{"output": "stdout"}]}]
                            } }
                            """
                                    .formatted(iface, pool.network(), pool.first(), pool.last()));
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
        List<String> command(Host host, Path directory, String iface, Pool pool)
                throws IOException {
            Path leases = Files.writeString(directory.resolve("dhcpd.leases"), "");
            Path file =
                    Files.writeString(
                            directory.resolve("dhcpd.conf"),
                            """
                            ping-check false;
                            %s
                            subnet %s netmask 255.255.255.0 { range %s %s; }
                            """
                                    .formatted(
                                            pool.network().equals("10.77.0.0")
                                                    ? ""
                                                    : "subnet 10.77.0.0 netmask 255.255.255.0 {}",
                                            pool.network(),
                                            pool.first(),
                                            pool.last()));
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

    private static final Duration READY_WAIT_MAX = Duration.ofMinutes(1);

    private final String readyLine;

    OtherServer(String readyLine) {
        this.readyLine = readyLine;
    }

    /** What it gives away, of a network with a mask of 24 bits. */
    private record Pool(String first, String last) {
        String network() {
            return first.substring(0, first.lastIndexOf('.')) + ".0";
        }
    }

    abstract List<String> command(Host host, Path directory, String iface, Pool pool)
            throws IOException;

    /**
     * Starts it with a pool for clients on its segment or behind a relay, and waits until it
     * serves.
     *
     * @param more further words of its command
     */
    public LabProcess start(
            Host host, Path directory, String iface, String first, String last, String... more) {
        LabProcess process;
        try {
            List<String> command =
                    new ArrayList<>(command(host, directory, iface, new Pool(first, last)));
            command.addAll(List.of(more));
            process = host.start(name().toLowerCase(Locale.ROOT), command);
        } catch (IOException e) {
            throw new LabException("cannot write to " + directory, e);
        }
        process.awaitLine(line -> line.contains(readyLine), "that it is ready", READY_WAIT_MAX);
        return process;
    }
}
