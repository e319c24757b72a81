package io.leasehold.app.snoop;

import io.leasehold.app.Version;
import io.leasehold.protocol.capture.CaptureInterface;
import io.leasehold.protocol.capture.CaptureWriter;
import io.leasehold.protocol.capture.CapturedFrame;
import io.leasehold.protocol.capture.Direction;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The capture file that is written. */
final class Saver implements Closeable {
    private final CaptureWriter writer;
    private final Map<CaptureInterface, Integer> numbers = new HashMap<>();

    Saver(Path file) throws IOException {
        writer = new CaptureWriter(Files.newOutputStream(file), "leasehold " + Version.text());
    }

    /** The number under which an interface is written; it is described when it is first asked. */
    int number(CaptureInterface source) throws IOException {
        Integer known = numbers.get(source);
        if (known == null) {
            known = writer.addInterface(source.name(), source.linkType());
            numbers.put(source, known);
        }
        return known;
    }

    void save(CapturedFrame frame) throws IOException {
        byte[] bytes = frame.octets().toBytes();
        writer.frame(
                number(frame.source()),
                Math.max(frame.epochNanos(), 0),
                frame.direction(),
                (int) Math.min(frame.originalBytes(), Integer.MAX_VALUE),
                bytes,
                0,
                bytes.length);
    }

    void save(
            int number, long epochNanos, Direction direction, byte[] bytes, int offset, int length)
            throws IOException {
        writer.frame(number, epochNanos, direction, length, bytes, offset, length);
    }

    void statistics(int number, long received, long dropped) throws IOException {
        writer.statistics(number, System.currentTimeMillis() * 1_000_000, received, dropped);
    }

    void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
