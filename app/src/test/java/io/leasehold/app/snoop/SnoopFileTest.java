package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Capture files, shown. */
class SnoopFileTest {
    @TempDir private Path directory = Path.of("");

    private static Path capture(String name) {
        return Corpus.directory().resolve("captures").resolve(name);
    }

    @Test
    void showsALineForEachMessageAndTheTimeToItsAnswer() {
        SnoopRun run = SnoopRun.of("--read", capture("dora.pcap"));

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).hasSize(8);
        assertThat(run.lines().get(0))
                .endsWith("DISCOVER 52:54:00:aa:00:01 \"printer\" xid 379c4958");
        assertThat(run.lines().get(1))
                .endsWith(
                        "OFFER    52:54:00:aa:00:01 \"printer\" xid 379c4958"
                                + " 192.0.2.100 for 1800 s from 192.0.2.1, after 1.276 ms");
        assertThat(run.err())
                .isEqualTo(
                        "leasehold: 8 messages shown (2 ACK, 2 DISCOVER, 2 OFFER, 2 REQUEST),"
                                + " 0 with notes\n");
    }

    @Test
    void saysWhyANakIsLikelyToHaveCome() {
        SnoopRun run = SnoopRun.of("-r", capture("nak.pcap"), "-f", "wrong");

        assertThat(run.lines()).hasSize(1);
        assertThat(run.out())
                .contains("NAK", "\"wrong address\"", "! likely reason: 10.9.9.9 is of another");
    }

    @Test
    void showsVlansRelaysAndReassembledFragments() {
        assertThat(SnoopRun.of("-r", capture("vlan.pcap")).lines())
                .anyMatch(line -> line.contains(" vlan 7 ACK"))
                .anyMatch(line -> line.contains(" vlan 100 vlan 200 ACK"));
        assertThat(SnoopRun.of("-r", capture("relayed.pcap")).lines())
                .allMatch(line -> line.contains(", relay 198.51.100.1 circuit eth2"));
        assertThat(SnoopRun.of("-v", "-r", capture("fragmented.pcap")).out())
                .contains("in 3 fragments, check sum good", "  17 root-path: xxx");
    }

    @Test
    void showsEveryFieldInFull() {
        SnoopRun run = SnoopRun.of("-v", "-r", capture("vendor.pcap"), "--count", "2");

        assertThat(run.lines())
                .contains(
                        "  xid    e373c272",
                        "  chaddr 52:54:00:aa:00:01",
                        "   53 dhcp-message-type: 2 (OFFER)",
                        "  150 tftp-server-address: 192.0.2.2",
                        "          1 sub-option-1: 74:65:78:74 (\"text\")");
    }

    @Test
    void writesJsonALine() {
        SnoopRun run = SnoopRun.of("--json", "-r", capture("relayed.pcap"));

        List<JsonNode> all =
                run.lines().stream().map(line -> JsonMapper.shared().readTree(line)).toList();
        assertThat(all).hasSize(4);
        assertThat(all.get(1).get("type").asString()).isEqualTo("OFFER");
        assertThat(all.get(1).get("answered-after-seconds").asDouble()).isEqualTo(0.000179);
        JsonNode agent = all.get(0).get("options").get(7);
        assertThat(agent.get("name").asString()).isEqualTo("relay-agent-information");
        assertThat(agent.get("options").get(0).get("name").asString()).isEqualTo("circuit-id");
    }

    @Test
    void whatItSavesIsWhatItRead() {
        for (String name : List.of("several.pcapng", "fragmented.pcap", "vlan.pcap")) {
            Path saved = directory.resolve("saved.pcapng");
            SnoopRun run = SnoopRun.of("-r", capture(name), "--save", saved);
            assertThat(run.lines()).isNotEmpty();
            assertThat(SnoopRun.of("-r", saved)).isEqualTo(run);
        }
    }

    @Test
    void savesEachMessageInAFileOfItsOwn() throws IOException {
        SnoopRun.of("-r", capture("dora.pcap"), "--save-each", directory.resolve("dora"));

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .hasSize(8)
                    .startsWith("dora-000001-discover.bin", "dora-000002-offer.bin");
        }
        byte[] ack = Files.readAllBytes(directory.resolve("dora-000004-ack.bin"));
        ParseResult.Parsed parsed = (ParseResult.Parsed) Message.parse(ack);
        assertThat(parsed.message().yiaddr().toString()).isEqualTo("192.0.2.100");
    }

    @Test
    void aFileCutOffIsShownAsFarAsItGoes() throws IOException {
        byte[] whole = Files.readAllBytes(capture("dora.pcap"));
        Path cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(whole, 1000));

        SnoopRun run = SnoopRun.of("-r", cut);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.lines()).hasSize(2);
        assertThat(run.err())
                .contains(
                        cut
                                + ": at byte 848: a frame is cut off: 136 bytes of 371;"
                                + " reading stops");
    }

    @Test
    void coloursAreNotForPipes() {
        Path file = capture("nak.pcap");
        assertThat(SnoopRun.of("-r", file).out()).doesNotContain("\u001b");
        assertThat(SnoopRun.of("-r", file, "--color", "always").out())
                .contains("\u001b[31mNAK\u001b[0m");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        assertThat(SnoopRun.of("-r", "x", "-i", "eth0").err()).contains("--read reads a file");
        assertThat(SnoopRun.of("-p", "70000").err()).contains("expected 1 to 65535");
        assertThat(SnoopRun.of("-f", "type nack").err())
                .contains("--filter: at character 6: \"nack\" is no message type");
        assertThat(SnoopRun.of("-i", "nosuch0").err())
                .contains("no interface nosuch0; there are: lo");
        assertThat(SnoopRun.of("--color", "red").err()).contains("expected always, never or auto");
    }
}
