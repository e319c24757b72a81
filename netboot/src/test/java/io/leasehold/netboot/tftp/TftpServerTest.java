package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.tftp.TftpFixture.Port;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TFTP server makes of many clients, and of those that mean no good. */
class TftpServerTest {
    private TftpFixture tftp = new TftpFixture();

    @Test
    void answersAMissingFileWithError1FromAPortOfItsOwn() {
        Port port = tftp.ask("autoexec.ipxe octet blksize 1432 tsize 0");
        assertThat(port.said()).containsExactly("ERROR 1 file not found");
        assertThat(tftp.events).containsExactly("refused autoexec.ipxe with 1: no such file");
        tftp.assertNothingIsLeft();
    }

    @Test
    void answersANameThatClimbsWithError2() {
        assertThat(tftp.ask("../etc/passwd octet").said())
                .containsExactly("ERROR 2 access refused");
        assertThat(tftp.lastEvent()).endsWith("with 2: the name climbs with ..");
    }

    /** CVE-2024-2169: two programs that answer each other's ERROR never end. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 0, 9})
    void ignoresWhatIsNoRequestOnItsPort(int opcode) {
        byte[] packet = {0, (byte) opcode, 0, 1, 'x', 0};
        tftp.server.asked(TftpFixture.CLIENT, packet, 0, packet.length, tftp.now);
        assertThat(tftp.opened).isEmpty();
        assertThat(tftp.events).hasSize(1).first().asString().startsWith("ignored ");
    }

    @Test
    void sendsAPacketOnceForARequestThatComesTwice() {
        Port port = tftp.file("a", 6000).ask("a octet");
        tftp.send(TftpFixture.CLIENT, "a octet");
        assertThat(tftp.opened).hasSize(1);
        assertThat(port.said()).hasSize(1);
        assertThat(tftp.lastEvent()).isEqualTo("ignored REPEATED");
    }

    @Test
    void beginsAnewForAClientThatAsksAnewFromItsPort() {
        Port first = tftp.file("a", 6000).file("b", 10).ask("a octet");
        first.ack(1);
        Port second = tftp.ask("a octet");
        assertThat(first.closed).isTrue();
        assertThat(second.said()).containsExactly("DATA 1 of 512");
        Port third = tftp.ask("b octet");
        assertThat(second.closed).isTrue();
        third.ack(1);
        assertThat(tftp.events).containsSubsequence("REPLACED 512/6000", "COMPLETE 10/10");
        tftp.assertNothingIsLeft();
    }

    @Test
    void boundsTheTransfersOfAnAddress() {
        tftp = new TftpFixture(TftpLimits.DEFAULT.withTransfers(2, 100)).file("a", 10);
        Port first = tftp.ask(TftpFixture.client(1, 2001), "a octet");
        tftp.ask(TftpFixture.client(1, 2002), "a octet");
        assertThat(tftp.ask(TftpFixture.client(1, 2003), "a octet").said())
                .containsExactly("ERROR 0 too many transfers");
        assertThat(tftp.ask(TftpFixture.client(2, 2001), "a octet").said())
                .containsExactly("DATA 1 of 10");
        first.ack(1);
        assertThat(tftp.ask(TftpFixture.client(1, 2003), "a octet").said())
                .containsExactly("DATA 1 of 10");
    }

    @Test
    void boundsTheTransfersOfAll() {
        tftp = new TftpFixture(TftpLimits.DEFAULT.withTransfers(2, 3)).file("a", 10);
        for (int i = 1; i <= 3; i++) {
            tftp.ask(TftpFixture.client(i, 2001), "a octet");
        }
        assertThat(tftp.ask(TftpFixture.client(4, 2001), "a octet").said())
                .containsExactly("ERROR 0 too many transfers");
        assertThat(tftp.server.transfers()).isEqualTo(3);
    }

    @Test
    void keepsNothingOfAMillionOpens() {
        tftp.file("a", 600_000);
        for (int i = 0; i < 1_000_000; i++) {
            TftpClient client = TftpFixture.client(i % 60_000, 1 + i % 65_000);
            tftp.send(client, i % 3 == 0 ? "missing octet" : "a octet tsize 0");
            tftp.opened.clear();
            tftp.events.clear();
            if (i % 1000 == 0) {
                tftp.now += 1000;
                tftp.server.tick(tftp.now);
            }
        }
        assertThat(tftp.server.transfers()).isLessThanOrEqualTo(4096);
        assertThat(tftp.openFiles).isEqualTo(tftp.server.transfers());
        tftp.pass(60_000);
        tftp.assertNothingIsLeft();
    }

    @Test
    void tellsItsClientsWhenItEnds() {
        Port port = tftp.file("a", 6000).ask("a octet");
        port.said();
        tftp.server.stop(tftp.now);
        assertThat(port.said()).containsExactly("ERROR 0 server is stopping");
        assertThat(tftp.lastEvent()).isEqualTo("STOPPED 0/6000");
        tftp.assertNothingIsLeft();
    }

    @Test
    void saysWhenItIsToBeCalledAgain() {
        assertThat(tftp.server.tick(tftp.now)).isEqualTo(Long.MAX_VALUE);
        tftp.file("a", 6000).ask("a octet timeout 2");
        assertThat(tftp.server.tick(tftp.now)).isEqualTo(tftp.now + 2000);
    }

    /** Requests with a few of their bytes changed, and ACKs of any number between them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void survivesAnyBytes(long seed) {
        Random random = new Random(seed);
        tftp.file("a", 70_000);
        String words = "..a.octet.blksize.1428.windowsize.16.tsize.0.timeout.3.";
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = words.replace('.', '\0').getBytes(StandardCharsets.US_ASCII);
            packet[1] = 1;
            for (int j = random.nextInt(4); j > 0; j--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(packet.length) : packet.length;
            TftpClient client = TftpFixture.client(random.nextInt(100), 2000 + random.nextInt(9));
            tftp.server.asked(client, packet, 0, length, tftp.now);
            Port port = tftp.opened.isEmpty() ? null : tftp.opened.getLast();
            if (port != null) {
                port.hears(random.nextInt(7), random.nextInt(80), "x".repeat(random.nextInt(9)));
                assertThat(port.sent).hasSizeLessThanOrEqualTo(1 + 2 * 16);
                port.sent.clear();
            }
            tftp.now += random.nextInt(40);
            tftp.server.tick(tftp.now);
        }
        for (int seconds = 0; seconds < 600; seconds++) {
            tftp.now += 1000;
            tftp.server.tick(tftp.now);
        }
        tftp.assertNothingIsLeft();
    }

    @Test
    void hearsNothingOnAPortThatItGaveBack() {
        Port port = tftp.file("a", 10).ask("a octet");
        port.ack(1);
        int before = tftp.events.size();
        port.ack(1);
        tftp.server.unreachable(port, tftp.now);
        assertThat(tftp.events).hasSize(before);
    }
}
