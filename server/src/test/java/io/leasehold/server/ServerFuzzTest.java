package io.leasehold.server;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.protocol.corpus.Corpus;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any life of a server at all: see {@link ServerScript}. A build runs the seeds alone: the corpus,
 * and some lives by chance. To fuzz, from the root of the repository:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl server -am -Dtest=ServerFuzzTest -Dsurefire.failIfNoSpecifiedTests=false test
 * </pre>
 *
 * <p>What it finds is left as a file {@code crash-…} in {@code server}; a datagram in it that does
 * the harm belongs into the corpus, a life that does into a test.
 */
@Tag("fuzz")
class ServerFuzzTest {
    private static final int SEED_BYTES_MAX = 2048;
    private static final int LIVES = 40;

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Corpus.Case bad : Corpus.all()) {
            if (bad.bytes().length <= SEED_BYTES_MAX) {
                ByteArrayOutputStream script = new ByteArrayOutputStream();
                // Step 0, where it is sent to, its length, its bytes.
                script.write(0);
                script.write(0);
                script.write(bad.bytes().length >>> 8);
                script.write(bad.bytes().length);
                script.writeBytes(bad.bytes());
                seeds.add(script.toByteArray());
            }
        }
        for (int life = 0; life < LIVES; life++) {
            byte[] script = new byte[1024];
            new Random(life).nextBytes(script);
            seeds.add(script);
        }
        return seeds;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void noLifeOfAServerBreaksARule(byte[] script) {
        ServerScript.run(script);
    }
}
