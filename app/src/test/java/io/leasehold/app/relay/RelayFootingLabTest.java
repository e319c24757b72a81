package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.control.ControlClient;
import io.leasehold.app.control.ControlServer;
import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relays that root started, that root did not start, and that systemd gave their socket. */
@Tag("lab")
final class RelayFootingLabTest {
    private static final String NET_ADMIN = "0000000000001000";

    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /** A relay that is started by way of another program, as another user. */
    private LabProcess relayBy(String... starter) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(starter));
        command.addAll(
                SelfCommand.with("relay", "-n", "-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER));
        int path = command.indexOf("-cp") + 1;
        command.set(path, readableByAll(command.get(path)));
        return lan.relay.start("relay", command);
    }

    /** Root's own libraries lie where no other user may look. */
    private String readableByAll(String classPath) throws IOException {
        Path directory = Files.createDirectory(lan.path("classes"));
        Files.setPosixFilePermissions(
                lan.lab.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> entries = new ArrayList<>();
        for (String each : classPath.split(File.pathSeparator, -1)) {
            Path to = directory.resolve(Integer.toString(entries.size()));
            copy(Path.of(each), to);
            entries.add(to.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            Files.copy(from, to);
            return;
        }
        Files.createDirectory(to);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(from)) {
            for (Path each : all) {
                copy(each, to.resolve(each.getFileName()));
            }
        }
    }

    private static void awaitReady(LabProcess relay) {
        relay.awaitLine(line -> line.contains("ready on"), "that it is ready", RelayedLan.WAIT_MAX);
    }

    private void assertThatALeaseCanBeHad(int number) {
        LabClient client = lan.client(ClientProgram.UDHCPC, number);
        client.start();
        assertThat(client.await(ClientEvent.Kind.BOUND).toString()).contains("10.20.0.");
    }

    @Test
    void becomesNobodyWithEveryThreadAndStillReachesItsClients() throws Exception {
        lan.dnsmasq();
        Path pidFile = lan.path("relay.pid");
        LabProcess relay =
                lan.relay(
                        "-i",
                        RelayedLan.CLIENTS,
                        "-s",
                        RelayedLan.SERVER,
                        "-r",
                        pidFile.toString());
        assertThat(pidFile).hasContent(Long.toString(relay.pid()));
        assertThat(Threads.of(relay.pid()))
                .hasSizeGreaterThan(5)
                .containsOnly(Threads.withoutRights(65534));
        assertThatALeaseCanBeHad(1);

        long helper =
                ProcessHandle.of(relay.pid())
                        .orElseThrow()
                        .children()
                        .findFirst()
                        .orElseThrow()
                        .pid();
        String alone = String.join(" ", "65534", NET_ADMIN, NET_ADMIN, NET_ADMIN, NET_ADMIN, "1");
        Await.until(
                RelayedLan.WAIT_MAX,
                () -> {
                    try {
                        return Threads.of(helper).stream().allMatch(alone::equals);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                () -> "the helper has other privileges");
        assertThatALeaseCanBeHad(2);
    }

    /** Nobody may delete in a directory of root's. */
    @Test
    void takesItsControlSocketAwayThoughItBecameNobody() throws Exception {
        Files.setPosixFilePermissions(
                lan.lab.directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(lan.path("data"));
        relayAnsweringIn(data).kill();
        assertThat(data.resolve(ControlServer.SOCKET)).exists();

        LabProcess relay = relayAnsweringIn(data);
        assertThat(ControlClient.ask(data, "status")).isPresent();
        assertThat(Threads.of(relay.pid())).containsOnly(Threads.withoutRights(65534));
        relay.signal("TERM");
        assertThat(relay.awaitExit(RelayedLan.WAIT_MAX)).isZero();
        assertThat(data.resolve(ControlServer.SOCKET)).doesNotExist();
    }

    private LabProcess relayAnsweringIn(Path data) {
        String server = RelayedLan.SERVER;
        return lan.relay("-i", RelayedLan.CLIENTS, "-s", server, "--data", data.toString());
    }

    @Test
    void startsWithoutRootWhereItMayBindThePort() throws Exception {
        lan.dnsmasq();
        LabProcess relay =
                relayBy(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--no-new-privs",
                        "--inh-caps=-all,+net_bind_service",
                        "--ambient-caps=+net_bind_service");
        awaitReady(relay);
        assertThatALeaseCanBeHad(1);
        assertThat(relay.lines()).anyMatch(line -> line.contains("as all will be"));
    }

    @Test
    void takesTheSocketThatSystemdOpened() throws Exception {
        lan.dnsmasq();
        LabProcess relay =
                relayBy(
                        "systemd-socket-activate",
                        "-d",
                        "-l",
                        "67",
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--no-new-privs",
                        "--inh-caps=-all");
        assertThatALeaseCanBeHad(1);
        awaitReady(relay);
        assertThat(Threads.of(relay.pid())).containsOnly(Threads.withoutRights(65534));
    }

    @Test
    void saysWhatItNeedsToBindThePort() throws Exception {
        LabProcess relay = relayBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        assertThat(relay.awaitExit(RelayedLan.WAIT_MAX)).isEqualTo(1);
        assertThat(relay.lines())
                .contains(
                        "leasehold: cannot listen on 0.0.0.0 port 67: not permitted: needs root or"
                                + " CAP_NET_BIND_SERVICE");
    }

    @Test
    void staysRootWhereRootIsNamed() throws Exception {
        lan.dnsmasq();
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER, "-u", "root");
        assertThatALeaseCanBeHad(1);
    }

    @Test
    void saysThatItsUserIsUnknown() {
        LabProcess relay = lan.start("-s", RelayedLan.SERVER, "-u", "nobody-at-all");
        assertThat(relay.awaitExit(RelayedLan.WAIT_MAX)).isEqualTo(1);
        assertThat(relay.lines())
                .contains(
                        "leasehold: found no user \"nobody-at-all\" on this machine, expected a"
                                + " name that it knows or a number");
    }
}
