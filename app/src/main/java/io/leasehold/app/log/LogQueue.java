package io.leasehold.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The log on its way to standard error by a {@link LineQueue}. Logback's AsyncAppender cannot say
 * what it dropped, nor be waited for without being ended.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String NAME = "standard error";

    private static volatile @Nullable LogQueue running;

    private final LineQueue lines;
    private volatile Encoder<ILoggingEvent> encoder;
    private final Logger told;

    /**
     * @param encoder makes bytes of a line
     * @param out standard error
     */
    LogQueue(LoggerContext context, Encoder<ILoggingEvent> encoder, PrintStream out) {
        this.encoder = encoder;
        this.lines = new LineQueue("log", out, lost -> encoded(lossOf(lost)));
        this.told = context.getLogger("leasehold.log");
        setContext(context);
        setName(NAME);
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
        lines.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        // Before another thread looks at what it is about.
        event.prepareForDeferredProcessing();
        lines.add(() -> encoded(event), event.getLevel().isGreaterOrEqual(Level.WARN));
    }

    /** Waits until all lines are written, or for so long. */
    void flush(int millisMax) {
        lines.flush(millisMax);
    }

    private byte[] encoded(ILoggingEvent line) {
        try {
            return encoder.encode(line);
        } catch (RuntimeException e) {
            addError("a line of the log could not be written", e);
            return new byte[0];
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
