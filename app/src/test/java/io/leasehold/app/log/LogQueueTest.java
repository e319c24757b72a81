package io.leasehold.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogQueueTest {
    private static final int FLUSH_MILLIS_MAX = 60_000;

    private final CountDownLatch read = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final LogQueue queue =
            new LogQueue(
                    context,
                    LogConfigurator.encoder(context, "%level %msg%n"),
                    new PrintStream(new Pipe(), false, StandardCharsets.UTF_8));

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
            written.write(bytes, offset, length);
        }
    }

    @AfterEach
    void letGo() {
        read.countDown();
    }

    private void log(Level level, String text) {
        queue.doAppend(
                new LoggingEvent("test", context.getLogger("test"), level, text, null, null));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tellsInOrderWhatWasLogged() {
        queue.start();
        read.countDown();

        for (int i = 0; i < 3; i++) {
            log(Level.INFO, "line " + i);
        }
        queue.flush(FLUSH_MILLIS_MAX);

        assertThat(lines()).containsExactly("INFO line 0", "INFO line 1", "INFO line 2");
    }

    @Test
    void dropsWhatNobodyReadsAndSaysHowMuch() {
        queue.start();
        for (int i = 0; i < 10_000; i++) {
            log(Level.INFO, "line " + i);
        }
        log(Level.ERROR, "the disk is full");
        read.countDown();
        queue.flush(FLUSH_MILLIS_MAX);

        List<String> lines = lines();
        long told = lines.stream().filter(line -> line.startsWith("INFO")).count();
        List<String> others = lines.stream().filter(line -> !line.startsWith("INFO")).toList();
        assertThat(lines).startsWith("INFO line 0", "INFO line 1");
        assertThat(others.getFirst()).isEqualTo("ERROR the disk is full");
        long lost =
                others.stream()
                        .filter(line -> line.startsWith("WARN"))
                        .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
                        .sum();
        assertThat(told + lost).isEqualTo(10_000);
    }

    @Test
    void waitsNoLongerThanItShouldForALineThatNobodyReads() {
        queue.start();
        log(Level.INFO, "line");

        queue.flush(1);

        assertThat(lines()).isEmpty();
    }
}
