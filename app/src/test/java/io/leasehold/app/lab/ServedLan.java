package io.leasehold.app.lab;

import io.leasehold.app.command.SelfCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A lab with one segment, our server on it at 10.77.0.1/24, and a capture of what the server sees.
 */
final class ServedLan implements AutoCloseable {
    static final String SERVER_ADDRESS = "10.77.0.1";
    static final String SERVER_HARDWARE = "52:54:00:77:00:01";
    static final String IFACE = "eth0";

    /**
     * Leases of a minute that clients renew after three seconds; clients themselves look for
     * conflicts.
     */
    static final String BRISK =
            """
            server:
              lease-time: 60s
              min-lease-time: 10s
              max-lease-time: 60s
              t1: 3s
              t2: 50s
              ping-check: off
            """;

    // The lab's machine may be busy: the bound only ends a hang.
    private static final Duration READY_WAIT_MAX = Duration.ofMinutes(1);

    private final Lab lab = Lab.open();
    private final Segment segment;
    private final Host server;
    private final Capture capture;

    ServedLan() {
        try {
            segment = lab.segment("lan");
            server = lab.host("server");
            server.plug(segment, IFACE, SERVER_HARDWARE);
            server.address(IFACE, SERVER_ADDRESS + "/24");
            capture = Capture.on(server, IFACE);
        } catch (LabException e) {
            lab.close();
            throw e;
        }
    }

    Lab lab() {
        return lab;
    }

    Segment segment() {
        return segment;
    }

    Host server() {
        return server;
    }

    Capture capture() {
        return capture;
    }

    Path data() {
        return lab.directory().resolve("data");
    }

    /**
     * A pool of the segment's network, as the end of a configuration whose {@code server:} is open.
     */
    static String subnet(String pool) {
        return "  subnets:\n    - subnet: 10.77.0.0/24\n      pools: [" + pool + "]\n";
    }

    /**
     * Starts our server with a configuration (without interfaces and data), and waits until it
     * serves.
     */
    LabProcess serve(String configuration) {
        return serveWith("interfaces: [" + IFACE + "]\n" + configuration);
    }

    /** Starts our server with a configuration (without data), and waits until it serves. */
    LabProcess serveWith(String configuration) {
        Path file = lab.directory().resolve("leasehold.yaml");
        try {
            Files.writeString(file, "data: " + data() + "\n" + configuration);
        } catch (IOException e) {
            throw new LabException("cannot write " + file, e);
        }
        LabProcess process =
                server.start("serve", SelfCommand.with("serve", "-c", file.toString()));
        process.awaitLine(line -> line.contains("ready"), "that it is ready", READY_WAIT_MAX);
        return process;
    }

    /**
     * A host on the segment with a client that is not started; the last octet tells hosts apart.
     */
    LabClient client(ClientProgram program, int number) {
        return client(program, number, new ClientOptions(IFACE, "host-" + number));
    }

    LabClient client(ClientProgram program, int number, ClientOptions options) {
        Host host = lab.host(program.program() + number);
        host.plug(segment, options.iface(), hardware(number));
        return new LabClient(host, program, options);
    }

    static String hardware(int number) {
        return String.format("52:54:00:aa:00:%02x", number);
    }

    /**
     * A host on the segment that has addresses of its own: the one whom nobody told of the pool.
     */
    Host squatter(String... addresses) {
        Host host = lab.host("squatter");
        host.plug(segment, IFACE, "52:54:00:bb:00:01");
        for (String address : addresses) {
            host.address(IFACE, address + "/24");
        }
        return host;
    }

    /** Another server on the segment, at 10.77.0.2, that gives 10.77.0.200 to 10.77.0.220. */
    LabProcess serveToo(OtherServer other) {
        Host host = lab.host("other");
        host.plug(segment, IFACE, "52:54:00:77:00:02");
        host.address(IFACE, "10.77.0.2/24");
        return other.start(host, lab.directory(), IFACE, "10.77.0.200", "10.77.0.220");
    }

    /** What the command {@code leases} prints of the running server's data. */
    String leases() {
        return Shell.must(SelfCommand.with("leases", "--data", data().toString()));
    }

    @Override
    public void close() {
        lab.close();
    }
}
