package io.leasehold.app.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A real DHCP client on a host of the lab, and what it reports of its lease. */
public final class LabClient {
    private static final Duration EVENT_WAIT_MAX = Duration.ofSeconds(40);
    private static final Duration MEMORY_WAIT_MAX = Duration.ofSeconds(20);

    private final Host host;
    private final ClientProgram program;
    private final ClientOptions options;
    private final Path directory;
    private final Path events;
    private @Nullable LabProcess process;

    /** A client that is not started yet. */
    public LabClient(Host host, ClientProgram program, ClientOptions options) {
        this.host = host;
        this.program = program;
        this.options = options;
        this.directory =
                host.lab()
                        .directory()
                        .resolve(host.name() + "-" + program.program() + "-" + options.iface());
        this.events = directory.resolve("events");
        try {
            prepare();
        } catch (IOException e) {
            throw new LabException("cannot prepare " + this + ": " + e.getMessage(), e);
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(events, "");
        Files.writeString(directory.resolve("conf"), program.configuration(options));
        Files.writeString(directory.resolve("report"), script());
        Files.setPosixFilePermissions(
                directory.resolve("report"), PosixFilePermissions.fromString("rwxr-xr-x"));
        if (program == ClientProgram.DHCLIENT) {
            Path installed = Objects.requireNonNull(Shell.find("dhclient"), "dhclient");
            Files.copy(
                    installed,
                    directory.resolve("dhclient"),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String script() throws IOException {
        try (InputStream in = LabClient.class.getResourceAsStream("report.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@EVENTS@", events.toString())
                    .replace("@CLIENT@", program.program())
                    .replace("@CHECK@", options.checkAddress() ? "yes" : "no");
        }
    }

    public Host host() {
        return host;
    }

    public ClientProgram program() {
        return program;
    }

    /** Starts the program; what it remembers of earlier leases it uses. */
    public LabClient start() {
        process = host.start(program.program(), program.command(directory, options));
        return this;
    }

    private LabProcess running() {
        if (process == null) {
            throw new LabException(this + " is not started");
        }
        return process;
    }

    /** Everything that the program itself said. */
    public List<String> lines() {
        return running().lines();
    }

    /** Asks it to renew its lease now. dhclient cannot be asked: give it a short lease instead. */
    public void renew() {
        switch (program) {
            case UDHCPC, DHCPCD -> running().signal("USR1");
            case DHCLIENT -> throw new LabException("dhclient renews only when its time has come");
        }
    }

    /** Makes it give its lease back. */
    public void release() {
        switch (program) {
            case UDHCPC -> running().signal("USR2");
            case DHCPCD -> running().signal("ALRM");
            case DHCLIENT -> {
                running().kill();
                List<String> command = new ArrayList<>(program.command(directory, options));
                command.add(1, "-r");
                host.start(program.program() + " -r", command).awaitExit(EVENT_WAIT_MAX);
            }
        }
    }

    /**
     * Ends it as a power cut would: without a word on the wire, and without its address. dhclient
     * writes its lease down only after it has told of it: that is waited for.
     */
    public void crash() {
        if (program == ClientProgram.DHCLIENT) {
            List<String> held = addresses();
            Await.until(
                    MEMORY_WAIT_MAX,
                    () -> held.stream().allMatch(remembered()::contains),
                    () -> this + " did not write down " + held);
        }
        running().kill();
        host.run("ip", "-4", "address", "flush", "dev", options.iface());
    }

    private String remembered() {
        try {
            return Files.readString(directory.resolve("leases"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Makes it forget every lease, as a machine without a disk does; it must not run. */
    public void forget() {
        try {
            Files.deleteIfExists(directory.resolve("leases"));
            Files.deleteIfExists(Path.of(events + ".bound"));
            try (var remembered =
                    Files.newDirectoryStream(directory.resolve("state"), "*.lease*")) {
                for (Path lease : remembered) {
                    Files.delete(lease);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot make " + this + " forget: " + e.getMessage(), e);
        }
    }

    /** Everything that happened to its lease so far, in order. */
    public List<ClientEvent> events() {
        try (var lines = Files.lines(events)) {
            return lines.map(ClientEvent::parse).toList();
        } catch (IOException e) {
            throw new LabException("cannot read " + events + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for an event of one kind, and returns the latest of it.
     *
     * @throws LabException when there is none in time; the message says what the client said
     *     instead
     */
    public ClientEvent await(ClientEvent.Kind kind) {
        return await(kind, 1);
    }

    /** As {@link #await(ClientEvent.Kind)}, for the event to have happened so many times. */
    public ClientEvent await(ClientEvent.Kind kind, int times) {
        Predicate<ClientEvent> wanted = event -> event.kind() == kind;
        Await.until(
                EVENT_WAIT_MAX,
                () -> events().stream().filter(wanted).count() >= times,
                () -> this + " reported " + events() + ", not " + kind + "; it said " + lines());
        return events().stream().filter(wanted).reduce((first, second) -> second).orElseThrow();
    }

    /** The addresses that its interface really has. */
    public List<String> addresses() {
        return host.addresses(options.iface());
    }

    @Override
    public String toString() {
        return program.program() + " on " + host.name();
    }
}
