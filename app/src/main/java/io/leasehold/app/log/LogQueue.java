package io.leasehold.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to standard error, which a thread of their own writes: where nobody reads
 * them, since a terminal was stopped or the program behind a pipe hangs, whoever logs goes on.
 * Logback's AsyncAppender cannot say what it dropped, nor be waited for without being ended.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String NAME = "standard error";
    private static final int LINES_MAX = 4096;

    /** What is less than a warning leaves some room for those. */
    private static final int LESSER_LINES_MAX = LINES_MAX * 7 / 8;

    private static volatile @Nullable LogQueue running;

    private final Thread writer = new Thread(this::write, "log");
    private final ArrayDeque<ILoggingEvent> waiting = new ArrayDeque<>();
    private volatile Encoder<ILoggingEvent> encoder;
    private final PrintStream out;
    private final Logger told;
    private boolean writing;
    private int dropped;

    /**
     * @param encoder makes bytes of a line
     * @param out standard error
     */
    LogQueue(LoggerContext context, Encoder<ILoggingEvent> encoder, PrintStream out) {
        this.encoder = encoder;
        this.out = out;
        this.told = context.getLogger("leasehold.log");
        setContext(context);
        setName(NAME);
        writer.setDaemon(true);
    }

    /** The one of this process, started; null when nothing was logged yet. */
    static @Nullable LogQueue running() {
        return running;
    }

    /** Makes this the one of the process, and starts it. */
    void run() {
        start();
        running = this;
    }

    /** Has lines look otherwise from now on. */
    void encoder(Encoder<ILoggingEvent> next) {
        encoder = next;
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        // Before another thread looks at what it is about.
        event.prepareForDeferredProcessing();
        int most = event.getLevel().isGreaterOrEqual(Level.WARN) ? LINES_MAX : LESSER_LINES_MAX;
        synchronized (this) {
            if (waiting.size() >= most) {
                dropped++;
            } else {
                waiting.add(event);
                notifyAll();
            }
        }
    }

    /** Waits until all lines are written, or for so long. */
    synchronized void flush(int millisMax) {
        long end = System.nanoTime() + millisMax * 1_000_000L;
        try {
            while (writing || !waiting.isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<ILoggingEvent> lines = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            while (true) {
                int lost = take(lines);
                for (ILoggingEvent line : lines) {
                    encode(line, bytes);
                }
                if (lost > 0) {
                    encode(lossOf(lost), bytes);
                }
                out.write(bytes.toByteArray(), 0, bytes.size());
                out.flush();
                bytes.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that wait, and how many behind them were dropped. */
    private synchronized int take(List<ILoggingEvent> lines) throws InterruptedException {
        writing = false;
        notifyAll();
        while (waiting.isEmpty()) {
            wait();
        }
        writing = true;
        lines.clear();
        lines.addAll(waiting);
        waiting.clear();
        int lost = dropped;
        dropped = 0;
        return lost;
    }

    private void encode(ILoggingEvent line, ByteArrayOutputStream bytes) {
        try {
            bytes.writeBytes(encoder.encode(line));
        } catch (RuntimeException e) {
            addError("a line of the log could not be written", e);
        }
    }

    private ILoggingEvent lossOf(int lines) {
        return new LoggingEvent(
                LogQueue.class.getName(),
                told,
                Level.WARN,
                lines + " lines of the log were dropped here: nobody read standard error in time",
                null,
                null);
    }
}
