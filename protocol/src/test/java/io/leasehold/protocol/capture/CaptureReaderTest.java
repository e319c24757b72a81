package io.leasehold.protocol.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureReaderTest {
    private static final byte[] DATA = {10, 20, 30, 40, 50};
    private static final long SECOND = 1_000_000_000L;

    private static List<CapturedFrame> frames(byte[] file) {
        return frames(Captures.read(file));
    }

    private static List<CapturedFrame> frames(List<CaptureRead> reads) {
        List<CapturedFrame> frames = new ArrayList<>();
        for (CaptureRead read : reads) {
            if (read instanceof CaptureRead.Frame frame) {
                frames.add(frame.frame());
            }
        }
        return frames;
    }

    private static CapturedFrame only(byte[] file) {
        List<CaptureRead> reads = Captures.read(file);
        assertThat(reads).hasSize(2);
        assertThat(reads.get(1)).isEqualTo(new CaptureRead.Ended(file.length));
        return frames(reads).getFirst();
    }

    private static byte[] pcap(boolean little, int magic, long fraction) {
        return new CaptureBytes(little)
                .u32(magic)
                .u16(2)
                .u16(4)
                .u32(0)
                .u32(0)
                .u32(65535)
                .u32(LinkType.RAW)
                .u32(7)
                .u32(fraction)
                .u32(DATA.length)
                .u32(99)
                .bytes(DATA)
                .toBytes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsPcapOfBothByteOrdersWithMicroAndNanoseconds(boolean little) {
        CaptureInterface source = new CaptureInterface(0, "", LinkType.RAW);
        CapturedFrame expected =
                new CapturedFrame(
                        24, source, 7 * SECOND + 5_000, Direction.UNKNOWN, 99, Octets.of(DATA));
        assertThat(only(pcap(little, 0xa1b2c3d4, 5))).isEqualTo(expected);
        assertThat(only(pcap(little, 0xa1b23c4d, 5000))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsEveryKindOfPacketBlock(boolean little) {
        CaptureBytes file = new CaptureBytes(little).section().describe(LinkType.ETHERNET, 9);
        file.describe(LinkType.RAW, 3);
        file.block(
                6, // enhanced; epb_flags says: outbound
                file.like()
                        .u32(1)
                        .u32(0)
                        .u32(7005)
                        .u32(5)
                        .u32(50)
                        .bytes(DATA)
                        .bytes(0, 0, 0)
                        .u16(2)
                        .u16(4)
                        .u32(2)
                        .u16(0)
                        .u16(0));
        file.block(5, file.like().u32(0)); // statistics: nothing for who reads frames
        file.block(
                2, // obsolete; interface and drops are 16 bits each
                file.like().u16(0).u16(3).u32(1).u32(2).u32(5).u32(5).bytes(DATA));
        file.block(3, file.like().u32(5).bytes(DATA)); // simple

        List<CapturedFrame> frames = frames(file.toBytes());

        assertThat(frames).hasSize(3);
        assertThat(frames).allMatch(frame -> frame.octets().equals(Octets.of(DATA)));
        assertThat(frames.get(0).epochNanos()).isEqualTo(7 * SECOND + 5_000_000);
        assertThat(frames.get(0).direction()).isEqualTo(Direction.OUT);
        assertThat(frames.get(0).source()).isEqualTo(new CaptureInterface(1, "", LinkType.RAW));
        assertThat(frames.get(1).epochNanos()).isEqualTo((1L << 32) + 2);
        assertThat(frames.get(1).source().number()).isZero();
        assertThat(frames.get(2).epochNanos()).isEqualTo(CapturedFrame.NO_TIME);
    }

    @Test
    void sectionsHaveTheirOwnByteOrderAndInterfaces() {
        CaptureBytes file = new CaptureBytes(true).section().describe(LinkType.ETHERNET, 6);
        CaptureBytes second = new CaptureBytes(false).section().describe(LinkType.RAW, 6);
        second.block(3, second.like().u32(5).bytes(DATA));

        CapturedFrame frame = frames(file.bytes(second.toBytes()).toBytes()).getFirst();

        assertThat(frame.source()).isEqualTo(new CaptureInterface(1, "", LinkType.RAW));
    }

    @Test
    void timesAreReadInEveryResolution() {
        // Each counts 5.5 seconds.
        assertThat(nanos(6, 5_500_000)).isEqualTo(5_500_000_000L);
        assertThat(nanos(9, 5_500_000_000L)).isEqualTo(5_500_000_000L);
        assertThat(nanos(12, 5_500_000_000_000L)).isEqualTo(5_500_000_000L);
        assertThat(nanos(0x80 | 1, 11)).isEqualTo(5_500_000_000L);
        assertThat(nanos(0x80 | 32, 11L << 31)).isEqualTo(5_500_000_000L);
        assertThat(nanos(0x80 | 60, 11L << 59)).isEqualTo(5_500_000_000L);
        assertThat(nanos(0x7f, 1)).isZero();
        assertThat(nanos(0xff, 1)).isZero();
    }

    private static long nanos(int resolution, long units) {
        return new PcapngInterface(new CaptureInterface(0, "", 1), 0, resolution, 0)
                .epochNanos(units);
    }

    @Test
    void readsWhatOtherProgramsMerged() {
        List<CapturedFrame> frames = frames(Captures.bytes("several.pcapng"));
        assertThat(frames).hasSize(8);
        assertThat(frames).extracting(frame -> frame.source().linkType()).contains(1, 276);
    }

    /**
     * The frames before the cut are all there, and where it stops is where the cut record begins.
     */
    @ParameterizedTest
    @ValueSource(strings = {"dora.pcap", "several.pcapng", "sll2.pcap"})
    void aFileCutAnywhereGivesWhatIsWholeAndSaysWhereItStops(String name) {
        byte[] whole = Captures.bytes(name);
        List<CapturedFrame> all = frames(whole);
        for (int length = 0; length < whole.length; length++) {
            List<CaptureRead> reads = Captures.read(Arrays.copyOf(whole, length));
            List<CapturedFrame> frames = frames(reads);
            int count = frames.size();
            assertThat(frames).as("cut to %s", length).isEqualTo(all.subList(0, count));
            long next = count < all.size() ? all.get(count).offset() : whole.length;
            if (reads.getLast() instanceof CaptureRead.Stopped stopped) {
                assertThat(stopped.offset()).as("cut to %s", length).isBetween(0L, next);
                assertThat(stopped.offset()).isLessThanOrEqualTo(length);
                assertThat(stopped.why()).isNotEmpty();
            } else {
                assertThat(reads.getLast()).isEqualTo(new CaptureRead.Ended(length));
                assertThat((long) length).isLessThanOrEqualTo(next);
            }
        }
    }

    /** Each bit of the headers, and each byte of all: it ends, and within the file. */
    @ParameterizedTest
    @ValueSource(strings = {"dora.pcap", "several.pcapng"})
    void aDamagedByteAnywhereNeverThrowsAndNeverRunsAway(String name) {
        byte[] whole = Captures.bytes(name);
        for (int at = 0; at < whole.length; at++) {
            for (int mask = 1; mask < 0x200; mask <<= 1) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (mask < 0x100 ? mask : 0xff);
                CaptureRead last = Captures.read(damaged).getLast();
                long end =
                        last instanceof CaptureRead.Stopped stopped
                                ? stopped.offset()
                                : ((CaptureRead.Ended) last).offset();
                assertThat(end).as("byte %s", at).isBetween(0L, (long) whole.length);
            }
        }
    }

    @Test
    void framesBeforeTheDamageAreGiven() {
        byte[] damaged = Captures.bytes("dora.pcap");
        long third = frames(damaged).get(2).offset();
        damaged[(int) third + 11] = 0x7f; // the highest byte of the captured length
        List<CaptureRead> reads = Captures.read(damaged);
        assertThat(frames(reads)).hasSize(2);
        assertThat(reads.getLast())
                .isEqualTo(
                        new CaptureRead.Stopped(
                                third, "a frame of 2130706803 bytes, expected at most 16777216"));
    }

    @Test
    void aFrameOfAnUndescribedInterfaceIsPassedOver() {
        CaptureBytes file = new CaptureBytes(true).section();
        long offset = file.toBytes().length;
        file.block(3, file.like().u32(5).bytes(DATA));
        file.describe(LinkType.RAW, 6).block(3, file.like().u32(5).bytes(DATA));
        List<CaptureRead> reads = Captures.read(file.toBytes());
        assertThat(reads.getFirst())
                .isEqualTo(
                        new CaptureRead.Skipped(
                                offset, "a frame of interface 0, and its section has described 0"));
        assertThat(frames(reads)).hasSize(1);
    }

    @Test
    void aFileThatIsNoCaptureIsSaidToBeNone() {
        assertThat(Captures.read(new byte[0]))
                .containsExactly(new CaptureRead.Stopped(0, "the file is empty"));
        assertThat(Captures.read(new byte[] {0x1f, (byte) 0x8b, 8, 0}).getFirst().toString())
                .contains("compressed by gzip");
        assertThat(
                        Captures.read("#!/bin/sh".getBytes(StandardCharsets.UTF_8))
                                .getFirst()
                                .toString())
                .contains("begins with 23:21:2f:62");
    }
}
