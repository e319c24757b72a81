package io.leasehold.app.relay;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.OtherServer;
import io.leasehold.app.lab.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A lab with clients on one segment (10.20.0.0/24), servers on another (10.77.0.0/24), and between
 * them a host that routes and on which our relay runs: {@code eth1} is 10.20.0.1, {@code eth0} is
 * 10.77.0.2.
 */
final class RelayedLan implements AutoCloseable {
    static final String RELAY = "10.20.0.1";
    static final String RELAY_UP = "10.77.0.2";
    static final String SERVER = "10.77.0.1";
    static final String IFACE = "eth0";

    /** The relay's interface to the servers. */
    static final String UPLINK = "eth0";

    /** The relay's interface to the clients. */
    static final String CLIENTS = "eth1";

    // The lab's machine may be busy: the bound only ends a hang.
    static final Duration WAIT_MAX = Duration.ofMinutes(1);

    final Lab lab = Lab.open();
    final Segment lan;
    final Segment up;
    final Host relay;
    final Host server;

    RelayedLan() {
        try {
            lan = lab.segment("lan");
            up = lab.segment("up");
            relay = lab.host("relay");
            relay.plug(lan, CLIENTS, "52:54:00:dd:00:01");
            relay.plug(up, UPLINK, "52:54:00:dd:00:02");
            relay.address(CLIENTS, RELAY + "/24");
            relay.address(UPLINK, RELAY_UP + "/24");
            relay.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
            server = server("server", SERVER, 1);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    /** A further host for a server, that knows the way to the clients. */
    Host server(String name, String address, int number) {
        Host host = lab.host(name);
        host.plug(up, IFACE, String.format("52:54:00:77:00:%02x", number));
        host.address(IFACE, address + "/24");
        host.run("ip", "route", "add", "10.20.0.0/16", "via", RELAY_UP);
        return host;
    }

    /** Starts our relay, and waits until it relays. */
    LabProcess relay(String... flags) {
        LabProcess process = start(flags);
        process.awaitLine(line -> line.contains("ready on"), "that it is ready", WAIT_MAX);
        return process;
    }

    /** Starts our relay, which may not come to be ready. */
    LabProcess start(String... flags) {
        return start(relay, flags);
    }

    LabProcess start(Host host, String... flags) {
        List<String> words = new ArrayList<>(List.of("relay", "-n"));
        words.addAll(List.of(flags));
        return host.start("relay", SelfCommand.with(words.toArray(new String[0])));
    }

    LabProcess dnsmasq(String... more) {
        return dnsmasq(server, more);
    }

    /** dnsmasq as a server of the clients' network, that gives 10.20.0.100 and up. */
    LabProcess dnsmasq(Host host, String... more) {
        List<String> words = new ArrayList<>(List.of(more));
        words.add("--dhcp-authoritative");
        return serve(OtherServer.DNSMASQ, host, words.toArray(new String[0]));
    }

    /** Another server of the clients' network. */
    LabProcess serve(OtherServer other) {
        return serve(other, server);
    }

    private LabProcess serve(OtherServer other, Host host, String... more) {
        return other.start(host, lab.directory(), IFACE, "10.20.0.100", "10.20.0.199", more);
    }

    LabProcess leasehold() {
        Path file =
                write(
                        "server.yaml",
                        """
                        data: %s
                        interfaces: [eth0]
                        server:
                          lease-time: 2m
                          ping-check: off
                          subnets:
                            - subnet: 10.20.0.0/24
                              pools: [10.20.0.100-10.20.0.199]
                        """
                                .formatted(path("data")));
        LabProcess process =
                server.start("serve", SelfCommand.with("serve", "-c", file.toString()));
        process.awaitLine(line -> line.contains("ready on"), "that it is ready", WAIT_MAX);
        return process;
    }

    /** A client on the clients' segment that is not started; the number tells clients apart. */
    LabClient client(ClientProgram program, int number, String... flags) {
        return client(lan, program, number, flags);
    }

    LabClient client(Segment segment, ClientProgram program, int number, String... flags) {
        Host host = lab.host("client" + number);
        host.plug(segment, IFACE, hardware(number));
        ClientOptions options = new ClientOptions(IFACE, "host-" + number);
        return new LabClient(host, program, options.withExtra(flags));
    }

    static String hardware(int number) {
        return String.format("52:54:00:aa:00:%02x", number);
    }

    /** What passes the relay's side of the servers' segment. */
    Capture upstream() {
        return Capture.on(relay, UPLINK);
    }

    /** What passes the relay's side of the clients' segment. */
    Capture downstream() {
        return Capture.on(relay, CLIENTS);
    }

    Path path(String name) {
        return lab.directory().resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lab.close();
    }
}
