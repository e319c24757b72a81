package io.leasehold.app.bootfiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real TFTP clients fetch real files. */
@Tag("lab")
final class TftpClientsLabTest {
    private static final String HPA = "tftp " + BootFilesLan.SERVER + " -m binary -c get F F";
    private static final String CURL = "curl -sS -o F tftp://" + BootFilesLan.SERVER + "/F";
    private static final String CURL_BLOCKS = CURL + " --tftp-blksize 1428";
    private static final String BUSYBOX = "busybox tftp -g -r F -l F " + BootFilesLan.SERVER;
    private static final String BUSYBOX_BLOCKS = BUSYBOX + " -b 1468";
    private static final String ATFTP =
            "atftp --option 'blksize 1428' --option 'windowsize 16' --option 'tsize 0'"
                    + " -g -r F -l F "
                    + BootFilesLan.SERVER;

    private static BootFilesLan lan;

    @BeforeAll
    static void openLab() {
        lan = new BootFilesLan();
    }

    @AfterAll
    static void closeLab() {
        lan.close();
    }

    /** Fetches a file with a client, whose F is its name, and compares. */
    private static void assertFetches(String client, Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Files.deleteIfExists(lan.fetched(name));
        Shell.Result result = lan.fetch(client.replace(" F", " " + name).replace("/F", "/" + name));
        assertThat(result.exit()).as(client + ": " + result.output()).isZero();
        assertThat(Files.mismatch(lan.fetched(name), file)).as(client).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {HPA, CURL, CURL_BLOCKS, BUSYBOX, BUSYBOX_BLOCKS, ATFTP})
    void bringsAFileToEachClient(String client) throws IOException {
        assertFetches(client, lan.file("whole.bin", 1_000_000));
        // A last block that is empty, and a file that is.
        assertFetches(client, lan.file("blocks.bin", 512 * 1428));
    }

    @Test
    void bringsAFileOfMoreBlocksThanTheirNumberHasBits() throws IOException {
        assertFetches(CURL + " --tftp-blksize 512", lan.file("rollover.bin", 34_000_000));
        lan.awaitLog("\"rollover.bin\" 34,000,000 bytes in ");
    }

    /** Three of a hundred packets are lost, each way. */
    @ParameterizedTest
    @ValueSource(strings = {HPA, BUSYBOX_BLOCKS, ATFTP})
    void bringsAFileOverALossyWire(String client) throws IOException {
        lan.lose(3);
        try {
            assertFetches(client, lan.file("lossy.bin", 200_000));
        } finally {
            lan.loseNothing();
        }
    }

    @Test
    void answersFromTheAddressThatWasAsked() throws IOException {
        Path file = lan.file("whole.bin", 1_000_000);
        // This client takes nothing from another address.
        assertFetches(CURL.replace(BootFilesLan.SERVER, BootFilesLan.OTHER_ADDRESS), file);
    }

    @Test
    void sendsTextsWithTheirLineEndsAsNetascii() throws IOException {
        lan.write("motd", "one\ntwo\nthree\n");
        assertFetches(HPA.replace("binary", "ascii"), lan.root().resolve("motd"));
    }

    @Test
    void servesManyAtOnce() throws IOException {
        lan.file("whole.bin", 1_000_000);
        Shell.Result result =
                lan.fetch(
                        "for i in $(seq 40); do "
                                + CURL_BLOCKS.replace("-o F", "-o many$i").replace("F", "whole.bin")
                                + " & done; wait; cmp many1 ../root/whole.bin"
                                + " && md5sum many* | cut -d' ' -f1 | uniq -c");
        assertThat(result.output().strip()).startsWith("40 ");
    }

    @Test
    void saysWhatItDoesNotSendAndWhy() {
        String get = "tftp " + BootFilesLan.SERVER + " -m binary -c get ";
        assertThat(lan.fetch(get + "none.efi x").output()).contains("Error code 1: file not found");
        lan.awaitLog("INFO  TFTP 10.78.0.10 \"none.efi\" not sent: no such file under ");
        assertThat(lan.fetch(get + "../key x").output()).contains("Error code 2: access refused");
        lan.awaitLog("WARN  TFTP 10.78.0.10 \"../key\" refused: the name climbs with ..");
        String put = "tftp " + BootFilesLan.SERVER + " -c put /etc/hostname x";
        assertThat(lan.fetch(put).output()).contains("Error code 2: nothing can be written here");
    }

    @Test
    void tellsWhereAClientGotStuck() {
        lan.file("whole.bin", 1_000_000);
        // It asks, and is gone before the first block comes.
        String ask = "printf '\\000\\001whole.bin\\000octet\\000' > /dev/udp/";
        lan.fetch(ask + BootFilesLan.SERVER + "/69");
        lan.awaitLog("\"whole.bin\" stuck at ");
    }
}
