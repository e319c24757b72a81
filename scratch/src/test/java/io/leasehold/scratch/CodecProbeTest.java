package io.leasehold.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code protocol} as a static binary reads and writes as it does on a JVM, byte for byte. */
@Tag("musl")
class CodecProbeTest {
    private static final long SEED = 20_260_801;
    private static final int GENERATED = 1_000;

    private static StaticBinary probe;

    @BeforeAll
    static void compile() throws Exception {
        probe = StaticBinary.compile(CodecProbe.class, "codec");
    }

    @Test
    void readsAndWritesTheCorpusAsTheJvmDoes() throws Exception {
        List<byte[]> records = new ArrayList<>();
        for (Corpus.Case bad : Corpus.all()) {
            records.add(bad.bytes());
        }
        assertThat(records).hasSizeGreaterThan(100);
        probe.compareWithJvm(records);
    }

    @Test
    void readsAndWritesMutatedPacketsAsTheJvmDoes() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Corpus.Case> seeds =
                Corpus.all().stream().filter(seed -> seed.bytes().length < 2_000).toList();
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            records.add(Mutation.of(seeds.get(random.nextInt(seeds.size())).bytes(), random));
        }
        probe.compareWithJvm(records);
    }
}
