package io.leasehold.relay;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.protocol.corpus.Corpus;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule 17: nothing a packet holds can stop the relay, see {@link RelayScript}. A build runs the
 * seeds alone: the corpus, as it is and mutated, through relays of every kind. To fuzz, from the
 * root of the repository:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl relay -am -Dtest=RelayFuzzTest -Dsurefire.failIfNoSpecifiedTests=false test
 * </pre>
 *
 * <p>What it finds is left as a file {@code crash-…} in {@code relay}; a datagram in it that does
 * the harm belongs into the corpus.
 */
@Tag("fuzz")
class RelayFuzzTest {
    private static final int SEED_BYTES_MAX = 2048;
    private static final int LIVES = 400;
    private static final int MUTATIONS_MAX = 8;

    static List<byte[]> seeds() {
        List<byte[]> datagrams = new ArrayList<>();
        for (Corpus.Case bad : Corpus.all()) {
            if (bad.bytes().length <= SEED_BYTES_MAX) {
                datagrams.add(bad.bytes());
            }
        }
        List<byte[]> seeds = new ArrayList<>();
        for (int life = 0; life < LIVES; life++) {
            seeds.add(life(datagrams, new Random(life)));
        }
        return seeds;
    }

    /** A configuration by chance, and some datagrams of the corpus with some bytes changed. */
    private static byte[] life(List<byte[]> datagrams, Random random) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            script.write(random.nextInt());
        }
        for (int step = 0; step < 16; step++) {
            byte[] datagram = datagrams.get(random.nextInt(datagrams.size())).clone();
            for (int i = random.nextInt(MUTATIONS_MAX); i > 0 && datagram.length > 0; i--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
            }
            // On the clients' side for the most part, from anywhere, to anywhere.
            script.write(random.nextInt() & ~3 | (random.nextInt(4) == 0 ? 1 : 2));
            script.write(random.nextInt());
            script.write(datagram.length >>> 8);
            script.write(datagram.length);
            script.writeBytes(datagram);
        }
        return script.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void nothingAPacketHoldsStopsTheRelay(byte[] script) {
        RelayScript.run(script);
    }
}
