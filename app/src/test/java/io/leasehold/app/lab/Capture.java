package io.leasehold.app.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What passes one interface of a host: written by tcpdump, read by tshark, not by our own codec.
 */
public final class Capture {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final AtomicInteger CAPTURES = new AtomicInteger();
    private static final List<String> FIELDS =
            List.of(
                    "dhcp.option.dhcp",
                    "eth.src",
                    "eth.dst",
                    "ip.src",
                    "ip.dst",
                    "udp.srcport",
                    "udp.dstport",
                    "dhcp.id",
                    "dhcp.ip.client",
                    "dhcp.ip.your",
                    "dhcp.ip.relay",
                    "dhcp.hw.mac_addr",
                    "dhcp.option.requested_ip_address",
                    "dhcp.option.dhcp_server_id",
                    "dhcp.option.ip_address_lease_time",
                    "dhcp.option.agent_information_option.agent_circuit_id",
                    "dhcp.option.type");

    private final Path file;
    private final LabProcess tcpdump;

    private Capture(Path file, LabProcess tcpdump) {
        this.file = file;
        this.tcpdump = tcpdump;
    }

    /** Starts to capture DHCP, and returns once everything from now on is seen. */
    public static Capture on(Host host, String iface) {
        String name = host.name() + "-" + iface + "-" + CAPTURES.incrementAndGet() + ".pcap";
        Path file = host.lab().directory().resolve(name);
        LabProcess tcpdump =
                host.start(
                        "tcpdump",
                        List.of(
                                "tcpdump",
                                "-Z",
                                "root",
                                "-n",
                                "-U",
                                "--immediate-mode",
                                "-s",
                                "0",
                                "-i",
                                iface,
                                "-w",
                                file.toString(),
                                "udp port 67 or udp port 68"));
        tcpdump.awaitLine(line -> line.contains("listening on"), "that it listens", WAIT_MAX);
        return new Capture(file, tcpdump);
    }

    /** All DHCP messages so far, in order. */
    public List<CapturedMessage> messages() {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "tshark",
                                "-n",
                                "-r",
                                file.toString(),
                                "-Y",
                                "dhcp",
                                "-T",
                                "fields"));
        command.addAll(List.of("-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        return Shell.run(command)
                .output()
                .lines()
                .filter(line -> line.chars().filter(c -> c == '|').count() == FIELDS.size() - 1)
                .map(CapturedMessage::parse)
                .toList();
    }

    /** Waits for a message, and returns the first such; fails with all that was seen. */
    public CapturedMessage await(String what, Predicate<CapturedMessage> wanted) {
        Await.until(
                WAIT_MAX,
                () -> messages().stream().anyMatch(wanted),
                () -> "no " + what + " on the wire, only " + messages());
        return messages().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Ends it, and returns all that it saw. */
    public List<CapturedMessage> end() {
        tcpdump.signal("INT");
        tcpdump.awaitExit(WAIT_MAX);
        return messages();
    }
}
