package io.leasehold.netboot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.leasehold.netboot.http.HttpScript;
import io.leasehold.netboot.proxy.ProxyScript;
import io.leasehold.netboot.tftp.TftpScript;
import io.leasehold.protocol.corpus.Corpus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that comes to a boot service stops it, see {@link ProxyScript}, {@link TftpScript} and
 * {@link HttpScript}: the first byte chooses among them. A build runs the seeds alone. To fuzz,
 * from the root of the repository:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn -pl netboot -am -Dtest=NetbootFuzzTest -Dsurefire.failIfNoSpecifiedTests=false test
 * </pre>
 *
 * <p>What it finds is left as a file {@code crash-…} in {@code netboot}; a datagram in it that does
 * the harm belongs into the corpus.
 */
@Tag("fuzz")
class NetbootFuzzTest {
    private static final int SEED_BYTES_MAX = 2048;
    private static final int LIVES = 150;
    private static final int STEPS = 12;
    private static final int MUTATIONS_MAX = 8;

    private static final List<String> REQUESTS =
            List.of(
                    "\0\1uefi/snponly.efi\0octet\0tsize\0000\0blksize\0001468\0windowsize\0004\0",
                    "\0\1/a\0netascii\0timeout\0005\0",
                    "\0\1..\\..\\etc\\passwd\0octet\0",
                    "\0\2b\0octet\0",
                    "\0\5\0\0gone\0");

    private static final List<String> TARGETS =
            List.of(
                    "/uefi/snponly.efi?a=b\nbytes=0-99\n\"0-0\"",
                    "/%2e%2e/%2e%2e/etc/passwd\nbytes=-5\nW/\"1-2\"",
                    "//a\nbytes=5-1\nSun, 06 Nov 1994 08:49:37 GMT",
                    "/out/passwd\nbytes=18446744073709551615-\n*");

    @TempDir private static Path root = Path.of("");
    private static HttpScript http;

    @BeforeAll
    static void fillRoot() throws Exception {
        http = new HttpScript(root);
    }

    static List<byte[]> seeds() {
        List<byte[]> datagrams = new ArrayList<>();
        for (Corpus.Case bad : Corpus.all()) {
            if (bad.bytes().length <= SEED_BYTES_MAX) {
                datagrams.add(bad.bytes());
            }
        }
        List<byte[]> seeds = new ArrayList<>();
        for (int life = 0; life < LIVES; life++) {
            Random random = new Random(life);
            seeds.add(life(0, datagrams, random));
            seeds.add(life(1, texts(REQUESTS), random));
        }
        for (byte[] each : texts(TARGETS)) {
            ByteArrayOutputStream script = new ByteArrayOutputStream();
            script.write(2);
            script.writeBytes(each);
            seeds.add(script.toByteArray());
        }
        return seeds;
    }

    private static List<byte[]> texts(List<String> texts) {
        return texts.stream().map(each -> each.getBytes(StandardCharsets.ISO_8859_1)).toList();
    }

    /** How things are set, and some datagrams with some bytes changed. */
    private static byte[] life(int which, List<byte[]> datagrams, Random random) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        script.write(which);
        script.write(random.nextInt());
        for (int step = 0; step < STEPS; step++) {
            byte[] datagram = datagrams.get(random.nextInt(datagrams.size())).clone();
            for (int i = random.nextInt(MUTATIONS_MAX); i > 0 && datagram.length > 0; i--) {
                datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
            }
            script.write(random.nextInt());
            script.write(random.nextInt());
            script.write(datagram.length >>> 8);
            script.write(datagram.length);
            script.writeBytes(datagram);
        }
        return script.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void nothingThatComesStopsABootService(byte[] script) {
        if (script.length < 2) {
            return;
        }
        switch (script[0] & 3) {
            case 0 -> ProxyScript.run(script);
            case 1 -> TftpScript.run(script);
            default -> http.run(script);
        }
    }
}
