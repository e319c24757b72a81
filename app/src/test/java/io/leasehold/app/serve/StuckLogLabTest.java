package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose log nobody reads, since a terminal was stopped or a program behind it hangs. */
@Tag("lab")
final class StuckLogLabTest {
    /** A pipe of Linux holds 64 KB. */
    private static final int PIPE_BYTES = 64 << 10;

    private final TroubledLan lan = new TroubledLan();
    private final Path pipe = lan.path("log.pipe");

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /** Opened for both ways, it waits for nobody, and is full from now on. */
    private RandomAccessFile fullPipe() throws IOException {
        Shell.must("mkfifo", pipe.toString());
        RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw");
        byte[] noise = new byte[PIPE_BYTES];
        Arrays.fill(noise, (byte) '\n');
        both.write(noise);
        return both;
    }

    private LabProcess serve(String... more) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2<>" + pipe, "sh"));
        List<String> serve =
                new ArrayList<>(
                        List.of("serve", "--data", lan.data().toString(), "--no-ping-check"));
        serve.addAll(List.of("-i", TroubledLan.IFACE));
        serve.addAll(List.of(more));
        words.addAll(SelfCommand.with(serve.toArray(new String[0])));
        return lan.server.start("serve", words);
    }

    /** The server may still be starting: no line can tell. */
    private String address() {
        for (int i = 0; i < 10; i++) {
            String address = lan.udhcpc().address();
            if (!address.isEmpty()) {
                return address;
            }
        }
        return "";
    }

    private static List<String> linesUntil(RandomAccessFile pipe, String last) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (lines.stream().noneMatch(each -> each.contains(last))) {
            int length = pipe.read(buffer);
            line.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
                if (end > 0) {
                    lines.add(line.substring(0, end));
                }
                line.delete(0, end + 1);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verbose", "--json-log"})
    void servesOnAndTellsLater(String format) throws IOException {
        try (RandomAccessFile log = fullPipe()) {
            LabProcess server = serve(format);

            String address = address();

            assertThat(address).isNotEmpty();
            List<String> told = linesUntil(log, "ACK " + address);
            assertThat(told.getFirst()).contains("ready on");
            server.signal("TERM");
            assertThat(linesUntil(log, "stopped").getLast()).contains("stopped");
            assertThat(server.awaitExit(TroubledLan.WAIT_MAX)).isZero();
        }
    }

    @Test
    void endsThoughNobodyReadsWhyItFailed() throws IOException {
        try (RandomAccessFile _ = fullPipe()) {
            lan.write("data", "a file where a directory has to be");

            LabProcess server = serve();

            assertThat(server.awaitExit(TroubledLan.WAIT_MAX)).isEqualTo(1);
        }
    }

    @Test
    void endsThoughNobodyReadsItsLastWords() throws IOException {
        try (RandomAccessFile _ = fullPipe()) {
            LabProcess server = serve();
            assertThat(address()).isNotEmpty();

            server.signal("TERM");

            assertThat(server.awaitExit(TroubledLan.WAIT_MAX)).isZero();
        }
    }
}
