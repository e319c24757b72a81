package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TftpReaderTest {
    /** Opcode 1, then words that end with NUL, written as {@code |}. */
    private static TftpAsk read(String words) {
        return read(1, words);
    }

    private static TftpAsk read(int opcode, String words) {
        byte[] text = words.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[text.length + 2];
        bytes[1] = (byte) opcode;
        System.arraycopy(text, 0, bytes, 2, text.length);
        return TftpReader.read(bytes, 0, bytes.length);
    }

    private static int codeOf(TftpAsk ask) {
        assertThat(ask).isInstanceOf(TftpAsk.Refused.class);
        return ((TftpAsk.Refused) ask).code();
    }

    @Test
    void readsARequestOfRfc1350() {
        assertThat(read("ipxe.efi|octet|"))
                .isEqualTo(new TftpAsk.Read("ipxe.efi", TftpMode.OCTET, List.of()));
        assertThat(read("motd|NetASCII|"))
                .isEqualTo(new TftpAsk.Read("motd", TftpMode.NETASCII, List.of()));
    }

    @Test
    void readsTheOptionsOfRfc2347InTheirOrderAndInAnyCase() {
        assertThat(read("a|octet|TSIZE|0|BlkSize|1468|utimeout|5|"))
                .isEqualTo(
                        new TftpAsk.Read(
                                "a",
                                TftpMode.OCTET,
                                List.of(
                                        new TftpAsk.Option("tsize", "0"),
                                        new TftpAsk.Option("blksize", "1468"),
                                        new TftpAsk.Option("utimeout", "5"))));
    }

    @Test
    void takesTheFirstOfAnOptionThatComesTwice() {
        assertThat(read("a|octet|blksize|1024|BLKSIZE|2048|"))
                .isEqualTo(
                        new TftpAsk.Read(
                                "a",
                                TftpMode.OCTET,
                                List.of(new TftpAsk.Option("blksize", "1024"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|octet|blksize|1024", "a|octet|blksize", "a|octet|blksize|"})
    void leavesOutAnOptionThatIsCutOff(String words) {
        assertThat(read(words)).isEqualTo(new TftpAsk.Read("a", TftpMode.OCTET, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a|", "a|octet", "|", "a|mail|", "a|binary|", "a||"})
    void answersARequestThatCannotBeReadWithError4(String words) {
        assertThat(codeOf(read(words))).isEqualTo(TftpErrors.ILLEGAL_OPERATION);
    }

    @Test
    void answersARequestOfMoreThanAPacketWithError4() {
        assertThat(codeOf(read("a".repeat(1500) + "|octet|")))
                .isEqualTo(TftpErrors.ILLEGAL_OPERATION);
        assertThat(read("a".repeat(512) + "|octet|")).isInstanceOf(TftpAsk.Read.class);
    }

    @Test
    void answersAWriteWithError2() {
        assertThat(codeOf(read(2, "a|octet|"))).isEqualTo(TftpErrors.ACCESS_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void ignoresDataAckErrorAndOackOnThePortOfRequests(int opcode) {
        assertThat(read(opcode, "xxxxxx"))
                .isEqualTo(new TftpAsk.Ignored(TftpAsk.Stray.NOT_A_REQUEST));
    }

    @Test
    void ignoresWhatIsNoTftp() {
        assertThat(read(0, "")).isEqualTo(new TftpAsk.Ignored(TftpAsk.Stray.NO_TFTP));
        assertThat(read(7, "a|octet|")).isEqualTo(new TftpAsk.Ignored(TftpAsk.Stray.NO_TFTP));
        for (int length : new int[] {0, 1}) {
            assertThat(TftpReader.read(new byte[2], 0, length))
                    .isEqualTo(new TftpAsk.Ignored(TftpAsk.Stray.NO_TFTP));
        }
    }
}
