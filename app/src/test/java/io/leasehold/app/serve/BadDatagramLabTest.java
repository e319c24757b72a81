package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nobody should send, at the server's real sockets. */
@Tag("lab")
final class BadDatagramLabTest {
    private static final int FLOOD_SECONDS = 5;
    private static final long MEMORY_MIB_MAX = 400;

    /** Twenty at most of each kind of line at once, one in ten seconds of each later on. */
    private static final int LINES_MAX = 400;

    private final TroubledLan lan = new TroubledLan();
    private Host stranger = lan.server;

    @BeforeEach
    void plugStranger() {
        stranger = lan.lab.host("stranger");
        stranger.plug(lan.segment, TroubledLan.IFACE, "52:54:00:bb:00:01");
        stranger.address(TroubledLan.IFACE, "10.77.0.9/24");
        stranger.run("ip", "route", "add", "default", "dev", TroubledLan.IFACE);
    }

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private LabProcess junk(String... arguments) {
        List<String> command = new ArrayList<>(SelfCommand.with());
        command.set(command.size() - 1, JunkSender.class.getName());
        command.addAll(List.of(arguments));
        return stranger.start("junk", command);
    }

    private static long memoryMib(LabProcess process) throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        return Long.parseLong(status.replaceFirst("(?s).*VmRSS:\\s+([0-9]+) kB.*", "$1")) / 1024;
    }

    private static void assertUnharmed(LabProcess server) {
        assertThat(server.isAlive()).isTrue();
        assertThat(server.lines())
                .noneMatch(line -> line.contains("Exception") || line.contains("\tat "))
                .noneMatch(line -> line.contains("a fault of this program"))
                .hasSizeLessThan(LINES_MAX);
    }

    @Test
    void outlivesEachBadDatagram() {
        LabProcess server = lan.serve(lan.data(), "-i", TroubledLan.IFACE, "--no-ping-check");

        LabProcess junk = junk();

        assertThat(junk.awaitExit(TroubledLan.WAIT_MAX)).as(junk.lines().toString()).isZero();
        assertThat(lan.udhcpc().leased()).isTrue();
        assertUnharmed(server);
        String status = TroubledLan.leasehold("status", "--data", lan.data().toString()).output();
        assertThat(status)
                .contains("dropped-not-a-request 2")
                .contains("dropped-invalid-relay-address 8")
                .contains("malformed-");
    }

    @Test
    void servesItsClientsUnderAFlood() throws IOException {
        LabProcess server =
                lan.serve(
                        lan.data(),
                        "-c",
                        lan.write(
                                        "leasehold.yaml",
                                        """
                                        interfaces: [eth0]
                                        server:
                                          ping-check: off
                                          lease-time: 2m
                                          subnets:
                                            - {subnet: 10.77.0.0/16, pools: [10.77.1.0-10.77.3.255]}
                                        """)
                                .toString());
        String address = lan.udhcpc().address();
        assertThat(address).isNotEmpty();

        LabProcess junk = junk(Integer.toString(FLOOD_SECONDS));
        lan.udhcpc("-t", "6");
        assertThat(junk.awaitExit(TroubledLan.WAIT_MAX)).as(junk.lines().toString()).isZero();

        // All of the pool is offered to strangers now: a client on record keeps what it has, and
        // another is offered an address all the same.
        TroubledLan.Outcome again = lan.udhcpc("-t", "8");
        assertThat(again.address()).as(again.said()).isEqualTo(address);
        TroubledLan.Outcome other = lan.udhcpc("-t", "8", "-x", "0x3d:006e6577");
        assertThat(other.address()).as(other.said()).isNotEmpty().isNotEqualTo(address);
        assertUnharmed(server);
        assertThat(memoryMib(server)).isLessThan(MEMORY_MIB_MAX);
    }
}
