package io.leasehold.protocol.corpus;

import io.leasehold.protocol.capture.CaptureRead;
import io.leasehold.protocol.capture.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capture files under {@code corpus/captures}. */
public final class Captures {
    private static final int READS_MAX = 1_000_000;

    private Captures() {}

    /** Every capture file, in the order of their names. */
    public static List<Path> all() {
        List<Path> all = new ArrayList<>();
        Path captures = Corpus.directory().resolve("captures");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(captures, "*.pcap*")) {
            files.forEach(all::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.sort(null);
        return List.copyOf(all);
    }

    /** The bytes of one by its name. */
    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(Corpus.directory().resolve("captures").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the reader gives of a file, its end included. */
    public static List<CaptureRead> read(byte[] file) {
        CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file));
        List<CaptureRead> all = new ArrayList<>();
        while (all.size() < READS_MAX) {
            try {
                CaptureRead next = reader.next();
                all.add(next);
                if (next instanceof CaptureRead.Ended || next instanceof CaptureRead.Stopped) {
                    return all;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("a file of " + file.length + " bytes does not end");
    }
}
