package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code leasehold send} with our server; one lab for all. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SendLabTest {
    private static final Duration END_WAIT_MAX = Duration.ofMinutes(1);
    private static final String HARDWARE = "52:54:00:aa:00:01";

    private final ServedLan lan = new ServedLan();
    private final Host host = lan.lab().host("sender");

    /** What a run of the command left. */
    private record Sent(int exit, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    @BeforeAll
    void serve() {
        host.plug(lan.segment(), ServedLan.IFACE, HARDWARE);
        lan.serve(
                """
                server:
                  lease-time: 1h
                  ping-check: off
                  options:
                    routers: 10.77.0.1
                    domain-name-servers: [10.77.0.1, 9.9.9.9]
                    domain-name: example.com
                """
                        + ServedLan.subnet("10.77.0.20-10.77.0.30"));
    }

    @AfterAll
    void removeLab() {
        lan.close();
    }

    private Sent send(String... words) {
        List<String> command = new ArrayList<>(List.of("send"));
        command.addAll(List.of(words));
        LabProcess process = host.start("send", SelfCommand.with(command.toArray(new String[0])));
        return new Sent(process.awaitExit(END_WAIT_MAX), process.lines());
    }

    private Path file(String name) {
        return lan.lab().directory().resolve(name);
    }

    /** The page shows what the program really says; only the time that it took is another. */
    @Test
    void printsTheAnswerAsThePageShowsIt() {
        Sent sent =
                send(
                        "-i",
                        "eth0",
                        "--discover",
                        "--hardware",
                        HARDWARE,
                        "--xid",
                        "1ea50101",
                        "--option",
                        "host-name=printer");
        assertThat(sent.exit()).as(sent.text()).isZero();
        Page.Block shown =
                Page.read("docs/tools.md").blocks().stream()
                        .filter(block -> block.info().equals("text send"))
                        .findFirst()
                        .orElseThrow();
        assertThat(withoutTime(sent.text())).isEqualTo(withoutTime(shown.text()));
    }

    @Test
    void printsJsonAndNoOtherWordWhereThatIsAsked() {
        Sent sent = send("-i", "eth0", "--discover", "--hardware", HARDWARE, "-v", "--json");
        assertThat(sent.exit()).as(sent.text()).isZero();
        assertThat(sent.lines()).as(sent.text()).hasSize(2);
        JsonNode asked = JsonMapper.shared().readTree(sent.lines().getFirst());
        assertThat(asked.get("direction").stringValue()).isEqualTo("out");
        assertThat(asked.get("type").stringValue()).isEqualTo("DISCOVER");
        JsonNode answer = JsonMapper.shared().readTree(sent.lines().getLast());
        assertThat(answer.get("direction").stringValue()).isEqualTo("in");
        assertThat(answer.get("source").stringValue()).isEqualTo("10.77.0.1");
        assertThat(answer.get("type").stringValue()).isEqualTo("OFFER");
        assertThat(answer.get("xid")).isEqualTo(asked.get("xid"));
        assertThat(answer.get("answered-after-seconds").isNumber()).isTrue();
        assertThat(answer.get("options").size()).isGreaterThan(5);
    }

    private static String withoutTime(String text) {
        return text.replaceAll("after \\d+ ms", "after N ms");
    }

    @Test
    void sendsWhatItSavedAndRenewsAndReleases() throws IOException {
        Path saved = file("offer.bin");
        Sent offered =
                send("-i", "eth0", "--discover", "--save", saved.toString(), "--timeout", "30");
        assertThat(offered.exit()).as(offered.text()).isZero();
        byte[] offer = Files.readAllBytes(saved);
        assertThat(offer[0]).as("op of the saved answer").isEqualTo((byte) 2);
        String address = "10.77.0." + (offer[19] & 0xff); // yiaddr
        Sent taken =
                send(
                        "-i",
                        "eth0",
                        "--request",
                        "--option",
                        "dhcp-requested-address=" + address,
                        "--option",
                        "54=0a:4d:00:01");
        assertThat(taken.text()).contains("ACK of " + address);
        Sent renewed = send("-i", "eth0", "--request", "--ciaddr", address, "--to", "10.77.0.1");
        assertThat(renewed.exit()).as(renewed.text()).isZero();
        assertThat(renewed.text()).contains("ACK of " + address);
        Sent released =
                send(
                        "-i",
                        "eth0",
                        "--release",
                        "--ciaddr",
                        address,
                        "--to",
                        "10.77.0.1",
                        "--option",
                        "dhcp-server-identifier=10.77.0.1");
        assertThat(released.exit()).as(released.text()).isZero();
        Await.until(END_WAIT_MAX, () -> lan.leases().contains("released"), () -> "not released");
    }

    @Test
    void sendsAFileByteForByteAndAnswersWithItsHardwareAddress() {
        Path corpus = Page.project().resolve("corpus/01-client-id-empty.hex");
        Sent sent = send("-i", "eth0", corpus.toString());
        assertThat(sent.exit()).as(sent.text()).isZero();
        assertThat(sent.lines().getFirst())
                .isEqualTo("sending DISCOVER, 246 bytes, to 255.255.255.255 port 67 on eth0");
        assertThat(sent.text()).contains("OFFER of 10.77.0.").contains("xid    1ea50101");
        CapturedMessage seen =
                lan.capture().await("the file", each -> each.xid().equals("0x1ea50101"));
        assertThat(seen.etherSource()).isEqualTo(seen.chaddr());
    }

    @Test
    void playsARelayAgentAndAHostWithAnAddress() {
        Host relay = lan.lab().host("relay");
        relay.plug(lan.segment(), ServedLan.IFACE, "52:54:00:dd:00:01");
        relay.address(ServedLan.IFACE, "10.77.0.3/24");
        List<String> words =
                List.of(
                        "send",
                        "--discover",
                        "--giaddr",
                        "10.77.0.3",
                        "--to",
                        "10.77.0.1",
                        "--hardware",
                        "52:54:00:aa:00:07");
        LabProcess relayed = relay.start("send", SelfCommand.with(words.toArray(new String[0])));
        assertThat(relayed.awaitExit(END_WAIT_MAX)).as(relayed.lines().toString()).isZero();
        assertThat(relayed.lines().toString())
                .contains("as the relay agent 10.77.0.3")
                .contains("OFFER of 10.77.0.");

        LabProcess informed =
                relay.start("send", SelfCommand.with("send", "-i", "eth0", "--inform"));
        assertThat(informed.awaitExit(END_WAIT_MAX)).as(informed.lines().toString()).isZero();
        assertThat(informed.lines().toString()).contains("ACK").contains("example.com");
    }

    @Test
    void endsWithOneWhenNobodyAnswers() {
        Path junk = Page.project().resolve("corpus/11-header-half.hex");
        Sent silent = send("-i", "eth0", junk.toString(), "--timeout", "0.5");
        assertThat(silent.exit()).isEqualTo(1);
        assertThat(silent.text())
                .contains("sent what is no message (SHORT_HEADER), 118 bytes")
                .contains("leasehold: no answer within 0.5 s from 255.255.255.255 port 67 on eth0");
    }

    @Test
    void endsWithTwoWhenTheMachineIsNotAsItHasToBe() {
        Sent wrong = send("-i", "eth9", "--discover");
        assertThat(wrong.exit()).isEqualTo(2);
        Sent nowhere =
                send("-i", "eth0", "--release", "--ciaddr", "10.77.0.99", "--to", "10.77.0.98");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.lines())
                .containsExactly("leasehold: nobody on eth0 answers ARP for 10.77.0.98");
        assertThat(wrong.lines())
                .containsExactly("leasehold: no interface eth9; there are: lo, eth0");
    }
}
