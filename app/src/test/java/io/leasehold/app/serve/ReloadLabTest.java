package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A configuration that is changed under a server. */
@Tag("lab")
final class ReloadLabTest {
    private static final String GOOD =
            """
            interfaces: [eth0]
            server:
              lease-time: 5m
              ping-check: off
              subnets:
                - subnet: 10.77.0.0/24
                  pools: [10.77.0.100-10.77.0.100]
            """;

    private final TroubledLan lan = new TroubledLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private Path configure(String text) {
        return lan.write("leasehold.yaml", text);
    }

    private LabProcess serve() {
        return lan.serve(lan.data(), "-c", configure(GOOD).toString());
    }

    private Shell.Result reload() {
        return TroubledLan.leasehold("reload", "--data", lan.data().toString());
    }

    @Test
    void changesNothingForABadFileAndSaysWhy() {
        LabProcess server = serve();
        Path file =
                configure(
                        GOOD.replace("lease-time", "lease-tim")
                                .replace("0.100-10.77.0.100", "0.1-10.78.0.1"));

        Shell.Result reload = reload();

        String first = file + ":3:3: lease-tim: unknown key, did you mean lease-time?";
        String second =
                file + ":7:15: pools: 10.77.0.1-10.78.0.1 is not within the subnet 10.77.0.0/24";
        assertThat(reload.exit()).isEqualTo(1);
        assertThat(reload.output().lines())
                .containsExactly(
                        first, second, "leasehold: not reloaded: the configuration is as it was");
        lan.awaitLine(server, "ERROR configuration not changed: " + first);
        lan.awaitLine(server, "ERROR configuration not changed: " + second);

        server.signal("HUP");

        server.awaitLine(
                line -> TroubledLan.count(server, "not changed: " + second) == 2,
                "the errors again",
                TroubledLan.WAIT_MAX);
        assertThat(lan.udhcpc().address()).isEqualTo("10.77.0.100");
    }

    @Test
    void takesAGoodFileWithoutLosingLeases() {
        LabProcess server = serve();
        assertThat(lan.udhcpc().address()).isEqualTo("10.77.0.100");
        assertThat(lan.udhcpc("-x", "0x3d:0102").leased()).isFalse();
        configure(GOOD.replace("100-10.77.0.100", "100-10.77.0.101").replace("5m", "7m"));

        Shell.Result reload = reload();

        assertThat(reload.exit()).as(reload.output()).isZero();
        String again =
                "configuration read again: 1 subnet, 2 addresses in pools, 0 reservations,"
                        + " 0 classes";
        assertThat(reload.output()).isEqualToIgnoringNewLines(again);
        lan.awaitLine(server, again);
        TroubledLan.Outcome other = lan.udhcpc("-x", "0x3d:0102");
        assertThat(other.address()).isEqualTo("10.77.0.101");
        assertThat(other.said()).contains("lease time 420");
        assertThat(lan.udhcpc().address()).isEqualTo("10.77.0.100");

        configure(GOOD.replace("100-10.77.0.100", "100-10.77.0.102"));
        server.signal("HUP");

        server.awaitLine(
                line -> TroubledLan.count(server, "configuration read again") == 2,
                "that it read again",
                TroubledLan.WAIT_MAX);
        assertThat(lan.udhcpc("-x", "0x3d:0103").address()).isEqualTo("10.77.0.102");
    }

    @Test
    void losesNoRequestWhileItReloads() {
        LabProcess server = serve();
        for (int i = 0; i < 12; i++) {
            server.signal("HUP");
            // One DISCOVER only, and a REQUEST that is not sent again: a lost one would be seen.
            TroubledLan.Outcome outcome = lan.udhcpc("-t", "1", "-T", "3");
            assertThat(outcome.address()).as(outcome.said()).isEqualTo("10.77.0.100");
        }
        assertThat(TroubledLan.count(server, "configuration read again")).isPositive();
    }

    @Test
    void saysWhatTakesARestart() {
        serve();
        Path file =
                configure(
                        "listen: [10.77.0.9]\n"
                                + GOOD.replace("eth0", "eth0, eth1")
                                + "admin: 127.0.0.1:9067\n");

        Shell.Result reload = reload();

        assertThat(reload.exit()).isEqualTo(1);
        assertThat(reload.output().lines())
                .containsExactly(
                        file + ":2:1: interfaces: eth0, eth1 instead of eth0 takes a restart",
                        file + ":1:1: listen: 10.77.0.9 instead of nothing takes a restart",
                        file + ":9:1: admin: 127.0.0.1:9067 instead of nothing takes a restart",
                        "leasehold: not reloaded: the configuration is as it was");
        assertThat(lan.udhcpc().address()).isEqualTo("10.77.0.100");
    }

    @Test
    void saysThatThereIsNoFileToReadAgain() {
        lan.serve(lan.data(), "-i", TroubledLan.IFACE);

        Shell.Result reload = reload();

        assertThat(reload.exit()).isEqualTo(1);
        assertThat(reload.output()).contains("started with flags");
    }
}
