package io.leasehold.app.serve;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server at 10.77.0.1/24 and one client host on a segment, to be brought into trouble. */
final class TroubledLan implements AutoCloseable {
    static final String IFACE = "eth0";
    static final String SERVER_HARDWARE = "52:54:00:77:00:01";

    // The machine may be busy: the bound only ends a hang.
    static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final Pattern LEASE = Pattern.compile("lease of ([0-9.]+) obtained");

    final Lab lab = Lab.open();
    final Segment segment = lab.segment("lan");
    final Host server = lab.host("server");
    final Host client = lab.host("client");

    /**
     * What udhcpc came to.
     *
     * @param address what it got; empty when it got none
     * @param offered what it was offered, and asked for
     */
    record Outcome(String address, boolean offered, String said) {
        boolean leased() {
            return !address.isEmpty();
        }
    }

    TroubledLan() {
        server.plug(segment, IFACE, SERVER_HARDWARE);
        server.address(IFACE, "10.77.0.1/24");
        client.plug(segment, IFACE, "52:54:00:aa:00:01");
    }

    Path path(String name) {
        return lab.directory().resolve(name);
    }

    Path data() {
        return path("data");
    }

    /** Starts {@code serve} with a data directory, and waits until it is ready. */
    LabProcess serve(Path data, String... arguments) {
        LabProcess process = start(server, data, arguments);
        process.awaitLine(line -> line.contains("ready on"), "that it is ready", WAIT_MAX);
        return process;
    }

    /** Starts {@code serve}, which may not come to be ready. */
    LabProcess start(Host host, Path data, String... arguments) {
        List<String> words = new ArrayList<>(List.of("serve", "--data", data.toString()));
        words.addAll(List.of(arguments));
        return host.start("serve", SelfCommand.with(words.toArray(new String[0])));
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs another command of this program. */
    static Shell.Result leasehold(String... arguments) {
        return Shell.run(SelfCommand.with(arguments));
    }

    /** Runs udhcpc until it has a lease, or has asked a few times. */
    Outcome udhcpc(String... more) {
        return udhcpc(client, more);
    }

    static Outcome udhcpc(Host host, String... more) {
        List<String> command =
                new ArrayList<>(List.of("ip", "netns", "exec", host.namespace(), "udhcpc"));
        command.addAll(List.of("-f", "-q", "-n", "-i", IFACE, "-s", "/bin/true"));
        command.addAll(List.of("-t", "4", "-T", "1", "-A", "1"));
        command.addAll(List.of(more));
        String said = Shell.run(command).output();
        Matcher lease = LEASE.matcher(said);
        return new Outcome(
                lease.find() ? lease.group(1) : "",
                said.contains("broadcasting select for") || said.contains("sending select for"),
                said);
    }

    static long count(LabProcess process, String part) {
        return process.lines().stream().filter(line -> line.contains(part)).count();
    }

    void awaitLine(LabProcess process, String part) {
        process.awaitLine(line -> line.contains(part), part, WAIT_MAX);
    }

    @Override
    public void close() {
        lab.close();
    }
}
