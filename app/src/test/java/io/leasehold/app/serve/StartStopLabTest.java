package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.relay.AdminQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server begins and ends, and what keeps it from beginning. */
@Tag("lab")
final class StartStopLabTest {
    private static final String IFACE = TroubledLan.IFACE;

    private final TroubledLan lan = new TroubledLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private LabProcess serve() {
        return lan.serve(lan.data(), "-i", IFACE, "--no-ping-check");
    }

    private static List<String> endOf(LabProcess process, int exit) {
        assertThat(process.awaitExit(TroubledLan.WAIT_MAX))
                .as(() -> process.lines().toString())
                .isEqualTo(exit);
        return process.lines();
    }

    private Path journal() {
        return lan.data().resolve("journal-00000001.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsInGoodOrder(String signal) {
        LabProcess server = serve();
        String address = lan.udhcpc().address();
        assertThat(address).isNotEmpty();

        server.signal(signal);

        assertThat(endOf(server, 0).getLast()).endsWith("stopped");
        assertThat(lan.data().resolve("control/socket")).doesNotExist();
        LabProcess again = serve();
        assertThat(TroubledLan.count(again, "; 1 leases on record in " + lan.data())).isOne();
        assertThat(lan.udhcpc().address()).isEqualTo(address);
    }

    @Test
    void startsAtOnceAfterItWasKilled() {
        LabProcess server = serve();
        String address = lan.udhcpc().address();
        server.kill();
        assertThat(lan.data().resolve("control/socket")).exists();

        serve();

        assertThat(lan.udhcpc().address()).isEqualTo(address).isNotEmpty();
        assertThat(TroubledLan.leasehold("status", "--data", lan.data().toString()).exit())
                .isZero();
    }

    @Test
    void tellsOfItselfOverHttpWhereAFlagSaysSo() {
        lan.serve(lan.data(), "-i", IFACE, "--admin", AdminQuestion.ADMIN);

        assertThat(AdminQuestion.ask(lan.server, "GET", "/readyz").text()).isEqualTo("ok\n");
    }

    @Test
    void saysWhoHoldsTheDataDirectory() {
        LabProcess server = serve();
        lan.client.address(IFACE, "10.77.0.2/24");

        LabProcess second = lan.start(lan.client, lan.data(), "-i", IFACE);

        assertThat(endOf(second, 1))
                .containsExactly(
                        "leasehold: " + lan.data() + "/lock is held by process " + server.pid());
        assertThat(lan.udhcpc("-t", "8").leased()).isTrue();
    }

    @Test
    void saysWhoHoldsThePort() {
        LabProcess server = serve();

        LabProcess second = lan.start(lan.server, lan.path("other"), "-i", IFACE);

        assertThat(endOf(second, 1))
                .containsExactly(
                        "leasehold: cannot listen on 255.255.255.255 port 67: the port is in use"
                                + " by java (pid "
                                + server.pid()
                                + ")");
    }

    @Test
    void saysWhichInterfacesThereAre() {
        LabProcess server = lan.start(lan.server, lan.data(), "-i", "eth7");

        assertThat(endOf(server, 1))
                .containsExactly(
                        "leasehold: no interface eth7; there are: lo (127.0.0.1/8),"
                                + " eth0 (10.77.0.1/24)");
    }

    @Test
    void saysThatAnInterfaceHasNoAddress() {
        LabProcess server = lan.start(lan.client, lan.data(), "-i", IFACE);

        assertThat(endOf(server, 1))
                .containsExactly(
                        "leasehold: eth0 has no IPv4 address, so that its network is not known;"
                                + " give it one: ip address add 192.168.50.1/24 dev eth0");
    }

    @Test
    void refusesAPoolOutsideTheNetwork() {
        LabProcess server =
                lan.start(lan.server, lan.data(), "-i", IFACE, "--pool", "10.78.0.1-10.78.0.9");

        assertThat(endOf(server, 1))
                .containsExactly(
                        "leasehold: pool 10.78.0.1-10.78.0.9 is in no network of the interfaces"
                                + " served: 10.77.0.0/24");
    }

    @Test
    void saysWhatItIsNotPermitted() {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(SelfCommand.with("serve", "-i", IFACE, "--data", lan.data().toString()));

        LabProcess server = lan.server.start("serve", command);

        assertThat(endOf(server, 1).getLast())
                .contains("not permitted")
                .contains("needs root or CAP_NET_");
    }

    /** Three leases on record, in three frames. */
    private byte[] journalOfThree() throws IOException {
        LabProcess server = serve();
        for (String client : List.of("0x3d:01aa", "0x3d:01bb", "0x3d:01cc")) {
            assertThat(lan.udhcpc("-x", client).leased()).isTrue();
        }
        server.signal("TERM");
        endOf(server, 0);
        return Files.readAllBytes(journal());
    }

    @Test
    void doesNotStartOnADamagedJournal() throws IOException {
        byte[] bytes = journalOfThree();
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 0x40;
        Files.write(journal(), damaged);

        LabProcess server = lan.start(lan.server, lan.data(), "-i", IFACE);

        assertThat(endOf(server, 1).getLast())
                .startsWith("leasehold: " + journal() + " is damaged at offset ")
                .contains("Nothing was changed.");
        assertThat(Files.readAllBytes(journal())).isEqualTo(damaged);
    }

    @Test
    void cutsOffATornTailAndServes() throws IOException {
        byte[] bytes = journalOfThree();
        Files.write(journal(), Arrays.copyOf(bytes, bytes.length - 3));

        LabProcess server = serve();

        assertThat(server.lines().getFirst())
                .contains("WARN")
                .contains(journal() + ": ")
                .contains("were a torn tail, and were cut off");
        assertThat(TroubledLan.count(server, "; 2 leases on record")).isOne();
        assertThat(lan.udhcpc("-x", "0x3d:01cc").leased()).isTrue();
    }

    @Test
    void servesWithoutTheControlSocketWhereItCannotBeMade() throws IOException {
        // A path too long for the name of a socket (108 bytes), and no problem for a file.
        Host host = lan.server;
        Path deep = Files.createDirectories(lan.path("d".repeat(120)));

        LabProcess server = lan.start(host, deep, "-i", IFACE, "--no-ping-check");

        lan.awaitLine(server, "ready on");
        assertThat(TroubledLan.count(server, "WARN  cannot make the control socket")).isOne();
        assertThat(lan.udhcpc().leased()).isTrue();
    }
}
