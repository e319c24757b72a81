package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpTermsTest {
    private static final int MTU = 1500;
    private static final long FILE_BYTES = 123_456;

    private static TftpTerms terms(TftpMode mode, TftpLimits limits, String... asked) {
        List<TftpAsk.Option> options = new ArrayList<>();
        for (int i = 0; i < asked.length; i += 2) {
            options.add(new TftpAsk.Option(asked[i], asked[i + 1]));
        }
        return TftpTerms.of(new TftpAsk.Read("a", mode, options), FILE_BYTES, limits, MTU);
    }

    private static TftpTerms terms(String... asked) {
        return terms(TftpMode.OCTET, TftpLimits.DEFAULT, asked);
    }

    private static String oack(TftpTerms terms) {
        return new String(terms.oack(), StandardCharsets.US_ASCII).replace('\0', '|');
    }

    @Test
    void keepsToRfc1350WhereNothingIsAsked() {
        assertThat(terms()).isEqualTo(new TftpTerms(512, 1, 0, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "512, 512", "1428, 1428", "1468, 1468", "1469, 1468", "65464, 1468"})
    void agreesToABlockSizeUpToTheMtuLess32(String asked, int agreed) {
        TftpTerms terms = terms("blksize", asked);
        assertThat(terms.blockBytes()).isEqualTo(agreed);
        assertThat(oack(terms)).isEqualTo("|\6blksize|" + agreed + "|");
    }

    @Test
    void takesAnotherBoundOfTheBlockSizeWhereItIsConfigured() {
        TftpLimits jumbo = TftpLimits.DEFAULT.withBlockBytesMax(8192);
        assertThat(terms(TftpMode.OCTET, jumbo, "blksize", "9000").blockBytes()).isEqualTo(8192);
        TftpLimits small = TftpLimits.DEFAULT.withBlockBytesMax(1024);
        assertThat(terms(TftpMode.OCTET, small, "blksize", "1468").blockBytes()).isEqualTo(1024);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "4, 4", "64, 64", "65, 64", "65535, 64"})
    void agreesToAWindowOfUpTo64Blocks(String asked, int agreed) {
        TftpTerms terms = terms("windowsize", asked);
        assertThat(terms.windowBlocks()).isEqualTo(agreed);
        assertThat(oack(terms)).isEqualTo("|\6windowsize|" + agreed + "|");
    }

    @Test
    void tellsTheSizeOfTheFile() {
        assertThat(oack(terms("tsize", "0"))).isEqualTo("|\6tsize|123456|");
    }

    @Test
    void tellsNoSizeOfATextSinceItIsNotTheFiles() {
        assertThat(terms(TftpMode.NETASCII, TftpLimits.DEFAULT, "tsize", "0").agreed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "255, 255"})
    void agreesToATimeoutAsItIsAsked(String asked, int agreed) {
        TftpTerms terms = terms("timeout", asked);
        assertThat(terms.timeoutSeconds()).isEqualTo(agreed);
        assertThat(oack(terms)).isEqualTo("|\6timeout|" + asked + "|");
    }

    @Test
    void agreesToNothingThatWasNotAsked() {
        assertThat(oack(terms("tsize", "0", "blksize", "1024")))
                .isEqualTo("|\6tsize|123456|blksize|1024|");
        assertThat(terms("multicast", "", "blksize2", "512", "utimeout", "5").agreed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "blksize, 7",
        "blksize, 0",
        "blksize, -1",
        "blksize, ''",
        "blksize, 0x200",
        "blksize, '512 '",
        "blksize, 99999999999999999999",
        "windowsize, 0",
        "windowsize, 65536",
        "timeout, 0",
        "timeout, 256",
        "timeout, a"
    })
    void leavesOutAValueThatTheOptionDoesNotHave(String name, String value) {
        assertThat(terms(name, value)).isEqualTo(new TftpTerms(512, 1, 0, List.of()));
    }

    @Test
    void keepsABlockSizeWhereTheMtuIsTiny() {
        TftpAsk.Read ask =
                new TftpAsk.Read(
                        "a", TftpMode.OCTET, List.of(new TftpAsk.Option("blksize", "512")));
        assertThat(TftpTerms.of(ask, 1, TftpLimits.DEFAULT, 20).blockBytes()).isEqualTo(8);
    }
}
