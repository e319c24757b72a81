package io.leasehold.protocol.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptureWriterTest {
    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<CapturedFrame> wanted = new ArrayList<>();
        try (CaptureWriter writer = new CaptureWriter(out, "a test")) {
            writer.addInterface("eth0", LinkType.ETHERNET);
            int raw = writer.addInterface("tun0", LinkType.RAW);
            CaptureInterface source = new CaptureInterface(raw, "tun0", LinkType.RAW);
            for (int length = 0; length < 2000; length++) {
                byte[] bytes = new byte[length + 3];
                bytes[length / 2 + 3 - 1] = (byte) length;
                long nanos = 1_790_000_000_123_456_789L + length;
                Direction direction = Direction.of(length);
                writer.frame(raw, nanos, direction, length + 7, bytes, 3, length);
                Octets octets = Octets.of(Arrays.copyOfRange(bytes, 3, length + 3));
                wanted.add(new CapturedFrame(0, source, nanos, direction, length + 7, octets));
            }
            writer.statistics(raw, 5, 2010, 10);
        }
        List<CaptureRead> reads = Captures.read(out.toByteArray());
        assertThat(reads.removeLast()).isEqualTo(new CaptureRead.Ended(out.size()));
        List<CapturedFrame> found = new ArrayList<>();
        for (CaptureRead read : reads) {
            CapturedFrame frame = ((CaptureRead.Frame) read).frame();
            found.add(
                    new CapturedFrame(
                            0,
                            frame.source(),
                            frame.epochNanos(),
                            frame.direction(),
                            frame.originalBytes(),
                            frame.octets()));
        }
        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void aFrameLargerThanTheBufferIsWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(out, "")) {
            writer.addInterface("x".repeat(5000), LinkType.RAW);
            writer.frame(0, 0, Direction.IN, 1_000_000, new byte[1_000_000], 0, 1_000_000);
        }
        CaptureRead first = Captures.read(out.toByteArray()).getFirst();
        assertThat(((CaptureRead.Frame) first).frame().octets().length()).isEqualTo(1_000_000);
    }

    @Test
    void anInterfaceHasToBeDescribedFirst() throws IOException {
        try (CaptureWriter writer = new CaptureWriter(new ByteArrayOutputStream(), "")) {
            assertThatThrownBy(() -> writer.frame(0, 0, Direction.IN, 0, new byte[0], 0, 0))
                    .hasMessage("interface 0 of 0");
        }
    }
}
