package io.leasehold.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.protocol.corpus.Corpus;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all, through the codec. A build runs the seeds alone: the corpus. To fuzz, from the
 * root of the repository:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl protocol -Dtest=CodecFuzzTest test</pre>
 *
 * <p>What it finds is left as a file {@code crash-…} in {@code protocol}, and belongs into the
 * corpus.
 */
@Tag("fuzz")
class CodecFuzzTest {
    /** Longer seeds make for few runs, and find nothing that these do not. */
    private static final int SEED_BYTES_MAX = 2048;

    static List<byte[]> seeds() {
        return Corpus.all().stream()
                .map(Corpus.Case::bytes)
                .filter(bytes -> bytes.length <= SEED_BYTES_MAX)
                .toList();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreReadAndWrittenAgain(byte[] datagram) {
        if (Message.parse(datagram) instanceof ParseResult.Parsed parsed) {
            List<String> broken = CodecInvariants.broken(parsed.message());
            if (!broken.isEmpty()) {
                throw new AssertionError(String.join(", ", broken));
            }
        }
    }
}
