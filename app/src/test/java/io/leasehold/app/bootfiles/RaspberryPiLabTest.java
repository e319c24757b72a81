package io.leasehold.app.bootfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the boot ROM of a Raspberry Pi asks, and what it looks for in the answer. This is no real
 * Raspberry Pi: its questions are asked by {@code leasehold send} and curl.
 */
@Tag("lab")
final class RaspberryPiLabTest {
    private static final String HARDWARE = "b8:27:eb:12:34:56";
    private static final String SERIAL = "12345678";

    /** The menu of one entry whose text the ROM compares. */
    private static final String MENU = "\6\1\3\12\4\0PXE\11\24\0\0\21Raspberry Pi Boot\377";

    /** TFTP error 1, as curl tells it. */
    private static final int CURL_TFTP_NOT_FOUND = 68;

    private final BootFilesLan lan = new BootFilesLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    @Test
    void findsTheMenuThatItLooksForAndThenItsFiles() throws IOException {
        Path answer = lan.fetched("answer.bin");

        LabProcess asked =
                lan.run(
                        "send",
                        "-i",
                        BootFilesLan.IFACE,
                        "--discover",
                        "--hardware",
                        HARDWARE,
                        "--option",
                        "55=01:03:2b:3c:42:43:80:81:82:83:84:85:86:87",
                        "--option",
                        "93=00:00",
                        "--option",
                        "94=01:02:01",
                        "--option",
                        "97=00" + ":44".repeat(16),
                        "--option",
                        "60=" + octets("PXEClient:Arch:00000:UNDI:002001"),
                        "--save",
                        answer.toString());

        assertThat(answer).as(String.join("\n", asked.lines())).exists();
        assertOffersItsBoot(Files.readAllBytes(answer));
        lan.awaitLog(HARDWARE);
        bringsItsFiles();
    }

    private static String octets(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
            hex.append(hex.isEmpty() ? "" : ":").append(Integer.toHexString(each));
        }
        return hex.toString();
    }

    private static void assertOffersItsBoot(byte[] bytes) {
        if (!(Message.parse(bytes) instanceof ParseResult.Parsed(Message offer))) {
            throw new AssertionError("the answer is no message");
        }
        assertThat(offer.yiaddr()).isEqualTo(Ip4Address.ZERO);
        assertThat(offer.siaddr()).hasToString(BootFilesLan.SERVER);
        assertThat(text(offer, 43)).isEqualTo(MENU);
        assertThat(text(offer, 60)).isEqualTo("PXEClient");
        assertThat(text(offer, 66)).isEqualTo(BootFilesLan.SERVER);
        assertThat(offer.raw(67)).isNull();
        assertThat(offer.file()).containsOnly(0);
    }

    private static String text(Message message, int code) {
        byte[] raw = message.raw(code);
        return raw == null ? "none" : new String(raw, StandardCharsets.ISO_8859_1);
    }

    /** Those under its serial number, where they are; else those of all. */
    private void bringsItsFiles() throws IOException {
        String get = "curl -sS --tftp-blksize 1024 -o got tftp://" + BootFilesLan.SERVER + "/";
        Shell.Result missing = lan.fetch(get + SERIAL + "/start4.elf");
        assertThat(missing.exit()).as(missing.output()).isEqualTo(CURL_TFTP_NOT_FOUND);
        lan.awaitLog("\"" + SERIAL + "/start4.elf\" not sent: no such file");
        assertThat(lan.fetch(get + "start4.elf").exit()).isZero();
        assertThat(lan.fetched("got")).hasContent("of all");

        Files.createDirectory(lan.root().resolve(SERIAL));
        lan.write(SERIAL + "/start4.elf", "of this one\n");
        assertThat(lan.fetch(get + SERIAL + "/start4.elf").exit()).isZero();
        assertThat(lan.fetched("got")).hasContent("of this one");
    }
}
