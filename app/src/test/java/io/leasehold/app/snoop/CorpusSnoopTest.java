package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.capture.CaptureWriter;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.LinkType;
import io.leasehold.protocol.capture.Packets;
import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every shape of bad input there is, as a capture, through the reader and all that is shown. */
class CorpusSnoopTest {
    private static final Ip4Address CLIENT = Ip4Address.parse("192.0.2.50");

    @TempDir private Path directory = Path.of("");

    /** The whole corpus as one capture file. */
    static Path write(Path file) throws IOException {
        try (CaptureWriter writer = new CaptureWriter(Files.newOutputStream(file), "test")) {
            writer.addInterface("corpus", LinkType.RAW);
            long nanos = 1_790_000_000_000_000_000L;
            for (Corpus.Case each : Corpus.all()) {
                byte[] packet = Packets.udp(CLIENT, 68, each.sentTo(), 67, each.bytes());
                nanos += 1_000_000_000;
                writer.frame(0, nanos, Direction.IN, packet.length, packet, 0, packet.length);
            }
        }
        return file;
    }

    @Test
    void everyShapeOfBadInputIsShownInEveryWay() throws IOException {
        Path file = write(directory.resolve("corpus.pcapng"));
        int count = Corpus.all().size();
        for (List<String> way : List.of(List.of("-q"), List.of("-v"), List.of("--color=never"))) {
            SnoopRun run = SnoopRun.of("-r", file, way.getFirst());
            assertThat(run.exit()).as("%s %s", way, run.err()).isZero();
            assertThat(run.err()).contains(count + " messages shown");
            IntPredicate obeyed = c -> c < ' ' && c != '\n' || c >= 0x7f && c < 0xa0;
            assertThat(run.out().chars().anyMatch(obeyed)).as("%s", way).isFalse();
        }
        assertThat(SnoopRun.of("-r", file).lines()).hasSize(count);
    }

    @Test
    void whatIsWrongWithAShapeIsSaid() throws IOException {
        Path file = write(directory.resolve("corpus.pcapng"));
        List<String> lines = SnoopRun.of("-r", file, "--json").lines();
        List<Corpus.Case> cases = Corpus.all();
        assertThat(lines).hasSize(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            JsonNode json = JsonMapper.shared().readTree(lines.get(i));
            Corpus.Case each = cases.get(i);
            assertThat(json.has("malformed")).as("%s", each).isEqualTo(each.malformed() != null);
            // A message without the magic cookie has no options, which is told as a flaw too.
            if (!each.flaws().isEmpty()) {
                assertThat(json.get("flaws").size()).as("%s", each).isPositive();
            }
            boolean noted = !json.get("notes").isEmpty();
            assertThat(noted || each.malformed() == null && each.flaws().isEmpty())
                    .as("%s %s", each, json)
                    .isTrue();
        }
    }
}
