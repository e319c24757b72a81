package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.docs.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a running boot service tells of a machine, and how it is told to do something else. */
@Tag("lab")
final class NetbootWatchLabTest {
    private static final String ADMIN = "10.77.0.2:9067";
    private static final String HARDWARE = "52:54:00:77:05:01";
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private static final String RULES =
            """
            interfaces: [eth0]
            netboot:
              root: ROOT
              boot:
                - {arch: arm64, file: nbp-aa64.efi}
                - {arch: x64, file: nbp-x64.efi}
            """;

    private static final String OWN_SERVER =
            """
            server:
              ping-check: off
              subnets: [{subnet: 10.77.0.0/24, pools: [10.77.0.100]}]
            """;

    private final BootLan lan = new BootLan();
    private final Host machine = lan.lab().host("machine");

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void write(String text) throws IOException {
        Files.writeString(
                lan.lab().directory().resolve("leasehold.yaml"),
                text.replace("ROOT", lan.root().toString()));
    }

    /** Asks as a UEFI machine does; who answers it is of no account here. */
    private void ask() {
        String[] words = {
            "send",
            "-i",
            "eth0",
            "--discover",
            "--no-wait",
            "--option",
            "60=" + hex("PXEClient:Arch:00007:UNDI:003016"),
            "--option",
            "93=00:07"
        };
        LabProcess asks = machine.start("send", SelfCommand.with(words));
        assertThat(asks.awaitExit(WAIT_MAX)).as(String.join("\n", asks.lines())).isZero();
    }

    private static String hex(String text) {
        return HexFormat.ofDelimiter(":").formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> curl(Host host, String url) {
        LabProcess curl = host.start("curl", List.of("curl", "-sS", "-m", "20", "-o", "-", url));
        assertThat(curl.awaitExit(WAIT_MAX)).as(url).isZero();
        return curl.lines();
    }

    private static void await(LabProcess service, String what) {
        service.awaitLine(line -> line.contains(what), what, WAIT_MAX);
    }

    @Test
    void followsAMachineTellsItsMetricsAndTakesAnotherFile() throws IOException {
        machine.plug(lan.segment(), "eth0", HARDWARE);
        machine.address("eth0", "10.77.0.50/24");
        write(RULES);
        String file = lan.lab().directory().resolve("leasehold.yaml").toString();
        LabProcess service =
                lan.start(lan.proxy(), "netboot", "-c", file, "--json", "--admin", ADMIN);

        ask();
        await(service, "\"event\":\"offered\"");
        curl(machine, "tftp://10.77.0.2/nbp-x64.efi");
        await(service, "\"event\":\"fetched\"");

        assertThat(service.lines().stream().map(NetbootWatchLabTest::plain)).containsAll(shown());
        assertThat(curl(machine, "http://" + ADMIN + "/readyz")).containsExactly("ok");
        assertThat(curl(machine, "http://" + ADMIN + "/metrics"))
                .contains(
                        "leasehold_netboot_asked_total{architecture=\"x64\",stage=\"firmware\"}"
                                + " 1.0",
                        "leasehold_netboot_offered_total{architecture=\"x64\",stage=\"firmware\"}"
                                + " 1.0",
                        "leasehold_netboot_fetched_total{protocol=\"tftp\"} 1.0",
                        "leasehold_netboot_machines{phase=\"fetched\"} 1.0");

        write(RULES.replace("arch: x64", "arch: x46"));
        service.signal("HUP");
        await(service, "configuration not changed: " + file + ":6:14: arch: found \"x46\"");
        write(RULES.replace("[eth0]", "[eth1]"));
        service.signal("HUP");
        await(service, "configuration not changed: interfaces changed: that takes a restart");
        write(RULES.replace("file: nbp-x64.efi", "boot: none"));
        service.signal("HUP");
        await(service, "configuration read again: 2 rules");
        ask();
        await(service, "\"event\":\"left-alone\"");
        service.signal("TERM");
        assertThat(service.awaitExit(WAIT_MAX)).isZero();
    }

    /** What curl says of an OACK. */
    @Test
    void agreesToNoLargerBlockOfTftpThanIsConfigured() {
        machine.plug(lan.segment(), "eth0", HARDWARE);
        machine.address("eth0", "10.77.0.50/24");
        lan.boot(RULES.replace("  root: ROOT\n", "  root: ROOT\n  tftp-block-size: 1024\n"));
        String url = "tftp://10.77.0.2/nbp-x64.efi";

        String large = "curl -sSv -m 20 --tftp-blksize 1400 -o /dev/null " + url;
        String small = "curl -sSv -m 20 --tftp-blksize 600 -o /dev/null " + url;

        assertThat(said(large)).anyMatch(line -> line.contains("(blksize) value=(1024)"));
        assertThat(said(small)).anyMatch(line -> line.contains("(blksize) value=(600)"));
    }

    private List<String> said(String words) {
        LabProcess process = machine.start("curl", List.of(words.split(" ")));
        assertThat(process.awaitExit(WAIT_MAX)).as(words).isZero();
        return process.lines();
    }

    /** In our own server, which gives the address by the same packet. */
    @Test
    void aServerTellsOfAMachineInTwoLinesOrAsJson() throws IOException {
        machine.plug(lan.segment(), "eth0", HARDWARE);
        String data = lan.lab().directory().resolve("data").toString();
        write(RULES + OWN_SERVER);
        String file = lan.lab().directory().resolve("leasehold.yaml").toString();
        Path root = lan.root();
        Files.delete(root.resolve("nbp-aa64.efi"));

        LabProcess server = lan.start(lan.proxy(), "serve", "-c", file, "--data", data);
        takeAddress();
        await(server, "INFO  ACK to " + HARDWARE);
        server.close();
        LabProcess json = lan.start(lan.proxy(), "serve", "-c", file, "--data", data, "--json");
        takeAddress();
        await(json, "\"by\":\"ack\"");
        json.close();

        assertThat(server.lines())
                .anyMatch(line -> line.endsWith("WARN  no file " + root + "/nbp-aa64.efi yet"))
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "; booting by 2 rules; files of "
                                                + root
                                                + " over TFTP and HTTP port 8080"));
        assertThat(server.lines().stream().filter(line -> line.contains(HARDWARE)).toList())
                .hasSize(2)
                .first()
                .asString()
                .contains("INFO  ACK 10.77.0.100 to " + HARDWARE + " on eth0: ");
        assertThat(
                        json.lines().stream()
                                .filter(line -> line.startsWith("{"))
                                .map(each -> plain(each)))
                .element(1)
                .isEqualTo(shown().getFirst());
        assertThat(json.lines()).noneMatch(line -> line.contains("ACK to "));
    }

    @Test
    void aServerThatBootsMachinesIsNotReadyWithoutTheirFiles() throws IOException {
        write("admin: " + ADMIN + "\n" + RULES + OWN_SERVER);
        String directory = lan.lab().directory().toString();
        String file = directory + "/leasehold.yaml";
        lan.start(lan.proxy(), "serve", "-c", file, "--data", directory);
        String url = "http://" + ADMIN + "/readyz";
        assertThat(curl(lan.proxy(), url)).containsExactly("ok");

        Files.move(lan.root(), lan.lab().directory().resolve("elsewhere"));

        assertThat(curl(lan.proxy(), url))
                .containsExactly("the boot files' root " + lan.root() + " cannot be read");
    }

    /** As a UEFI machine that boots does, from DISCOVER to ACK. */
    private void takeAddress() {
        String words = "udhcpc -f -n -q -i eth0 -s /bin/true -V PXEClient -x 0x5d:0007";
        LabProcess takes = machine.start("udhcpc", List.of(words.split(" ")));
        assertThat(takes.awaitExit(WAIT_MAX)).as(String.join("\n", takes.lines())).isZero();
    }

    private static List<String> shown() {
        return Page.read("docs/netboot.md").blocks().stream()
                .filter(block -> block.info().equals("json events"))
                .flatMap(block -> block.text().lines())
                .map(NetbootWatchLabTest::plain)
                .toList();
    }

    /** When it was and how long it took are others each time. */
    private static String plain(String line) {
        return line.replaceAll("\"time\":\"[^\"]+\"", "\"time\":\"\"")
                .replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":0");
    }
}
