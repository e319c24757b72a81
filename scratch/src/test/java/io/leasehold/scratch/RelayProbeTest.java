package io.leasehold.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.relay.RelayConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The relay as a static binary decides and sends as it does on a JVM, byte for byte. */
@Tag("musl")
class RelayProbeTest {
    private static final long SEED = 20_261_122;
    private static final int PACKETS_EACH = 1_500;
    private static final long BINARY_BYTES_MAX = 320 << 10;
    private static final long RESIDENT_KILOBYTES_MAX = 6 << 10;

    private static StaticBinary probe;

    @BeforeAll
    static void compile() throws Exception {
        probe = StaticBinary.compile(RelayProbe.class, "relay");
    }

    @Test
    void relaysTheCorpusAsTheJvmDoes() throws Exception {
        RelayPackets packets = new RelayPackets(SEED);
        List<byte[]> records = new ArrayList<>();
        for (RelayConfig config : RelayPackets.configs()) {
            records.add(setup(config));
            for (Corpus.Case bad : Corpus.all()) {
                records.add(packets.record(bad));
            }
        }
        probe.compareWithJvm(records);
    }

    @Test
    void relaysWhatClientsAndServersSendAsTheJvmDoes() throws Exception {
        List<Octets> answers = probe.compareWithJvm(generated(PACKETS_EACH));
        // The packets are of use only while they take every way through.
        for (String way : List.of("send", "drop", "relayed", "answered", "malformed", "noted")) {
            assertThat(answers).as(way).anyMatch(answer -> contains(answer, way));
        }
    }

    @Test
    void isSmallOnDiskAndInMemory() throws Exception {
        assertThat(probe.bytes()).isLessThan(BINARY_BYTES_MAX);
        long kilobytes = probe.residentKilobytesAtMost(generated(PACKETS_EACH));
        System.out.printf(
                "the relay's static binary: %,d bytes; resident at most: %,d KB%n",
                probe.bytes(), kilobytes);
        assertThat(kilobytes).isPositive().isLessThan(RESIDENT_KILOBYTES_MAX);
    }

    private static List<byte[]> generated(int each) throws Exception {
        RelayPackets packets = new RelayPackets(SEED);
        List<byte[]> records = new ArrayList<>();
        for (RelayConfig config : RelayPackets.configs()) {
            records.add(setup(config));
            for (int i = 0; i < each; i++) {
                records.add(packets.next());
            }
        }
        return records;
    }

    private static byte[] setup(RelayConfig config) throws Exception {
        return RelayRecords.setup(config, RelayPackets.INTERFACES, RelayPackets.SERVERS);
    }

    private static boolean contains(Octets answer, String word) {
        byte[] bytes = answer.toBytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String wide =
                new String(word.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
        return text.contains(wide);
    }
}
