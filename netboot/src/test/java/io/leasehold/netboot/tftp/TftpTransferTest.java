package io.leasehold.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.tftp.TftpFixture.Port;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transfer from its first packet to its last (RFC 1350, 2347, 2348, 2349, 7440). */
class TftpTransferTest {
    private final TftpFixture tftp = new TftpFixture();

    @Test
    void sendsBlocksOf512ByteOneByOneWhereNoOptionIsAsked() {
        Port port = tftp.file("a", 1025).ask("a octet");
        assertThat(port.said()).containsExactly("DATA 1 of 512");
        port.ack(1);
        assertThat(port.said()).containsExactly("DATA 2 of 512");
        port.ack(2);
        assertThat(port.said()).containsExactly("DATA 3 of 1");
        port.ack(3);
        assertThat(port.said()).isEmpty();
        assertThat(tftp.events).containsExactly("begun a of 1025", "COMPLETE 1025/1025");
        tftp.assertNothingIsLeft();
    }

    @Test
    void endsAFileOfWholeBlocksWithAnEmptyOne() {
        Port port = tftp.file("a", 512).ask("a octet");
        port.ack(1);
        assertThat(port.said()).containsExactly("DATA 1 of 512", "DATA 2 of 0");
        port.ack(2);
        assertThat(tftp.lastEvent()).isEqualTo("COMPLETE 512/512");
    }

    @Test
    void sendsAnEmptyFileAsAnEmptyBlock() {
        Port port = tftp.file("a", 0).ask("a octet");
        assertThat(port.said()).containsExactly("DATA 1 of 0");
        port.ack(1);
        assertThat(tftp.lastEvent()).isEqualTo("COMPLETE 0/0");
    }

    @Test
    void sendsNoDataBeforeTheOackIsConfirmed() {
        Port port = tftp.file("a", 3000).ask("a octet tsize 0 blksize 1024 windowsize 4");
        assertThat(port.said()).containsExactly("OACK tsize 3000 blksize 1024 windowsize 4");
        port.ack(0);
        assertThat(port.said())
                .containsExactly("DATA 1 of 1024", "DATA 2 of 1024", "DATA 3 of 952");
        port.ack(3);
        assertThat(tftp.lastEvent()).isEqualTo("COMPLETE 3000/3000");
    }

    @Test
    void sendsAWindowForEachAck() {
        Port port = tftp.file("a", 4000).ask("a octet windowsize 3");
        port.ack(0);
        assertThat(port.said().subList(1, 4))
                .containsExactly("DATA 1 of 512", "DATA 2 of 512", "DATA 3 of 512");
        port.ack(3);
        assertThat(port.said()).containsExactly("DATA 4 of 512", "DATA 5 of 512", "DATA 6 of 512");
    }

    @Test
    void goesOnBehindTheLastBlockThatCameInOrder() {
        Port port = tftp.file("a", 4000).ask("a octet windowsize 4");
        port.ack(0);
        port.said();
        port.ack(2);
        assertThat(port.said())
                .containsExactly(
                        "DATA 3 of 512", "DATA 4 of 512", "DATA 5 of 512", "DATA 6 of 512");
    }

    /** RFC 1123 §4.2.3.1. */
    @Test
    void answersNoCopyOfAnAckWithACopyOfABlock() {
        Port port = tftp.file("a", 4000).ask("a octet");
        port.ack(1);
        port.said();
        port.ack(1);
        port.ack(0);
        assertThat(port.said()).isEmpty();
        port.ack(2);
        assertThat(port.said()).containsExactly("DATA 3 of 512");
    }

    @Test
    void heedsNoAckOfWhatWasNotSent() {
        Port port = tftp.file("a", 40_000).ask("a octet");
        port.said();
        for (int block : new int[] {2, 3, 1000, 65535}) {
            port.ack(block);
        }
        assertThat(port.said()).isEmpty();
        assertThat(tftp.server.transfers()).isOne();
    }

    @Test
    void countsBlocksOnPast65535() {
        Port port = tftp.file("a", 600_000).ask("a octet blksize 8 windowsize 64");
        port.ack(0);
        long whole = 600_000 / 8 + 1;
        List<String> said = port.said();
        for (long confirmed = 64; confirmed < whole; confirmed += 64) {
            port.ack((int) confirmed & 0xffff);
            said.addAll(port.said());
        }
        assertThat(said).hasSize((int) whole + 1);
        assertThat(said.subList(65_535, 65_538))
                .containsExactly("DATA 65535 of 8", "DATA 0 of 8", "DATA 1 of 8");
        port.ack((int) whole & 0xffff);
        assertThat(tftp.lastEvent()).isEqualTo("COMPLETE 600000/600000");
    }

    @Test
    void sendsAgainWhatIsNotConfirmedAndWaitsLongerEachTime() {
        Port port = tftp.file("a", 1000).ask("a octet");
        port.ack(1);
        port.said();
        tftp.pass(40);
        assertThat(port.said()).isEmpty();
        tftp.pass(10);
        assertThat(port.said()).containsExactly("DATA 2 of 488");
        tftp.pass(90);
        assertThat(port.said()).isEmpty();
        tftp.pass(10);
        assertThat(port.said()).containsExactly("DATA 2 of 488");
    }

    @Test
    void waitsAsLongAsTheClientAsksForByTimeout() {
        Port port = tftp.file("a", 1000).ask("a octet timeout 3");
        port.ack(0);
        port.said();
        for (int i = 0; i < 3; i++) {
            tftp.pass(2990);
            assertThat(port.said()).isEmpty();
            tftp.pass(10);
            assertThat(port.said()).containsExactly("DATA 1 of 512");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a octet", "a octet windowsize 64 blksize 1468"})
    void sendsOnePacketAFewTimesToAClientThatNeverAnswers(String request) {
        Port port = tftp.file("a", 100_000).ask(request);
        tftp.pass(120_000);
        assertThat(port.said()).hasSize(6).allSatisfy(each -> assertThat(each).isNotEmpty());
        assertThat(tftp.lastEvent()).isEqualTo("STALLED 0/100000");
        tftp.assertNothingIsLeft();
    }

    @Test
    void givesUpAClientThatVanishesInMidTransfer() {
        Port port = tftp.file("a", 100_000).ask("a octet");
        port.ack(1);
        port.ack(2);
        tftp.pass(120_000);
        assertThat(port.sent).hasSizeBetween(10, 20);
        assertThat(tftp.lastEvent()).isEqualTo("STALLED 1024/100000");
        tftp.assertNothingIsLeft();
    }

    @Test
    void takesAFileForSentWhoseLastAckDoesNotCome() {
        Port port = tftp.file("a", 600).ask("a octet");
        port.ack(1);
        tftp.pass(120_000);
        assertThat(tftp.lastEvent()).isEqualTo("UNCONFIRMED 512/600");
    }

    @Test
    void takesAClosedPortForAnEnd() {
        Port port = tftp.file("a", 600).ask("a octet");
        tftp.server.unreachable(port, tftp.now);
        assertThat(tftp.lastEvent()).isEqualTo("STALLED 0/600 (its port is closed)");
        tftp.assertNothingIsLeft();
    }

    /** As EDK2 does, which asks for the size, ends that with an ERROR, and begins anew. */
    @Test
    void takesAClientThatOnlyAsksForTheSizeForNoFailure() {
        Port port = tftp.file("a", 600).ask("a octet tsize 0 blksize 1468");
        port.error(8, "User aborted the transfer");
        assertThat(tftp.lastEvent()).isEqualTo("PROBED 0/600");
        port = tftp.ask("a octet tsize 0");
        port.error(0, "TFTP Aborted");
        assertThat(tftp.lastEvent()).isEqualTo("PROBED 0/600");
        tftp.assertNothingIsLeft();
    }

    @Test
    void answersAnErrorWithNothing() {
        Port port = tftp.file("a", 6000).ask("a octet");
        port.ack(1);
        port.said();
        port.error(3, "disk full");
        tftp.pass(60_000);
        assertThat(port.said()).isEmpty();
        assertThat(tftp.lastEvent()).isEqualTo("ABORTED 512/6000 (disk full)");
        tftp.assertNothingIsLeft();
    }

    @Test
    void saysTheNumberOfAnErrorWithoutText() {
        Port port = tftp.file("a", 6000).ask("a octet");
        port.hears(5, 3, "");
        assertThat(tftp.lastEvent()).isEqualTo("ABORTED 0/6000 (error 3)");
    }

    @Test
    void heedsNothingButAckAndError() {
        Port port = tftp.file("a", 6000).ask("a octet");
        port.said();
        for (int opcode : new int[] {0, 1, 2, 3, 6, 7, 0xffff}) {
            port.hears(opcode, 1, "x\0octet\0");
        }
        tftp.server.received(port, ByteBuffer.allocateDirect(3), tftp.now);
        tftp.server.received(port, ByteBuffer.allocateDirect(0), tftp.now);
        assertThat(port.said()).isEmpty();
        assertThat(tftp.server.transfers()).isOne();
    }

    @Test
    void tellsTheClientWhenAFileBecomesShorter() {
        Port port = tftp.file("a", 6000).ask("a octet");
        port.said();
        tftp.readable = 700;
        port.ack(1);
        assertThat(port.said()).containsExactly("ERROR 0 the file cannot be read");
        assertThat(tftp.lastEvent()).startsWith("FILE_FAILED 512/6000 (it is shorter");
        tftp.assertNothingIsLeft();
    }

    /** A system call for each block would cost more than the block. */
    @Test
    void readsAheadForATransferThatIsAlone() {
        Port port = tftp.file("a", 100_000).ask("a octet");
        for (int block = 1; block <= 195; block++) {
            port.ack(block);
        }
        assertThat(port.sent).hasSize(196);
        assertThat(tftp.reads).isEqualTo(3);
    }

    @Test
    void readsNoMoreThanItSendsWhereTransfersTakeTurns() {
        tftp.file("a", 6000).file("b", 5000);
        Port a = tftp.ask(TftpFixture.client(1, 2070), "a octet");
        Port b = tftp.ask(TftpFixture.client(2, 2070), "b octet");
        for (int block = 1; block <= 12; block++) {
            a.ack(block);
            b.ack(block);
        }
        assertThat(content(a)).isEqualTo(tftp.files.get("a"));
        assertThat(content(b)).isEqualTo(tftp.files.get("b"));
        assertThat(tftp.reads).isEqualTo(12 + 10);
        tftp.assertNothingIsLeft();
    }

    private static byte[] content(Port port) {
        ByteBuffer all = ByteBuffer.allocate(10_000);
        port.sent.forEach(each -> all.put(each, 4, each.length - 4));
        return Arrays.copyOf(all.array(), all.position());
    }

    /** Each datagram is lost with one chance in five, both ways; the file is the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bringsAFileOverALossyWire(long seed) {
        Random random = new Random(seed);
        int window = seed % 2 == 0 ? 1 : 1 + random.nextInt(16);
        byte[] content = tftp.file("a", 20_000 + random.nextInt(2000)).files.get("a");
        Port port = tftp.ask("a octet windowsize " + window);
        LossyClient client = new LossyClient(port, window, random);
        for (int step = 0; tftp.server.transfers() > 0 && step < 200_000; step++) {
            client.step();
            tftp.pass(10);
        }
        assertThat(client.received()).as("seed " + seed).isEqualTo(content);
        assertThat(tftp.lastEvent()).containsAnyOf("COMPLETE", "UNCONFIRMED");
    }

    /** A client of RFC 7440 that loses what it hears and says. */
    private static final class LossyClient {
        private final Port port;
        private final int window;
        private final Random random;
        private final ByteBuffer file = ByteBuffer.allocate(40_000);
        private int last;
        private int sinceAck;

        LossyClient(Port port, int window, Random random) {
            this.port = port;
            this.window = window;
            this.random = random;
        }

        byte[] received() {
            byte[] all = new byte[file.position()];
            file.get(0, all);
            return all;
        }

        void step() {
            for (byte[] each : List.copyOf(new ArrayDeque<>(port.sent))) {
                port.sent.remove();
                if (random.nextInt(5) > 0) {
                    hears(ByteBuffer.wrap(each));
                }
            }
        }

        private void hears(ByteBuffer packet) {
            int opcode = packet.getShort();
            if (opcode == 6) {
                say();
                return;
            }
            int block = packet.getShort() & 0xffff;
            if (block == last + 1) {
                last = block;
                file.put(packet);
                sinceAck++;
                if (sinceAck == window || packet.capacity() < 516) {
                    say();
                }
            } else {
                say();
            }
        }

        private void say() {
            sinceAck = 0;
            if (random.nextInt(5) > 0) {
                port.ack(last);
            }
        }
    }
}
