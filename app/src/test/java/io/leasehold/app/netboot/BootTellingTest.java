package io.leasehold.app.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.log.Logs;
import io.leasehold.app.run.Counters;
import io.leasehold.netboot.watch.BootFetch;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BootTellingTest {
    private static final int FETCHES = 10_000;
    private static final Ip4Address MACHINE = Ip4Address.parse("192.0.2.50");

    private final CountDownLatch read = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Takes nothing until somebody reads. */
    private final class Pipe extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                read.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (written) {
                written.write(bytes, offset, length);
            }
        }
    }

    @AfterEach
    void letGo() {
        read.countDown();
    }

    private long told() {
        synchronized (written) {
            List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
            return lines.stream()
                    .map(JsonMapper.shared()::readTree)
                    .mapToLong(BootTellingTest::stands)
                    .sum();
        }
    }

    private static long stands(JsonNode line) {
        return line.get("event").asString().equals("dropped") ? line.get("lines").asLong() : 1;
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void machinesBootOnWhileNobodyReadsWhatIsToldOfThem() {
        PrintStream json = new PrintStream(new Pipe(), true, StandardCharsets.UTF_8);
        BootTelling telling = new BootTelling(new Counters(), json, Level.INFO);
        BootFetch fetch =
                new BootFetch(
                        BootFetch.Protocol.TFTP,
                        MACHINE,
                        "nbp-x64.efi",
                        BootFetch.Result.WHOLE,
                        "",
                        3072,
                        3072,
                        21);

        for (int i = 0; i < FETCHES; i++) {
            telling.ended(fetch, false);
        }
        read.countDown();
        while (told() < FETCHES) {
            Logs.flush();
        }

        assertThat(told()).isEqualTo(FETCHES);
        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("\"event\":\"dropped\",\"lines\":");
    }
}
