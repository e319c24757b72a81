package io.leasehold.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.leasehold.app.config.LogConfig;
import org.slf4j.LoggerFactory;

/** Makes the log look as the configuration says. */
public final class Logs {
    /** Syslog has its own clock, and a number for what a line is worth, which logger(1) reads. */
    private static final String SYSLOG_PATTERN =
            "%replace(%replace(%replace(%replace(%level){'ERROR','<3>'}){'WARN','<4>'})"
                    + "{'INFO','<6>'}){'DEBUG','<7>'}%msg%n";

    private static final int LAST_WORDS_MILLIS_MAX = 1000;

    private Logs() {}

    /** Waits until what was told is written; not for long, since perhaps nobody reads it. */
    public static void flush() {
        LineQueue.flushAll(LAST_WORDS_MILLIS_MAX);
    }

    /** From now on, in this format and from this level upward. */
    public static void use(LogConfig config) {
        LoggerContext context = context();
        use(
                context,
                config.level(),
                switch (config.format()) {
                    case TEXT -> LogConfigurator.textEncoder(context);
                    case JSON -> jsonEncoder(context);
                });
    }

    /** From now on, as a daemon's log: for syslog, unless JSON is wanted. */
    public static void useForDaemon(LogConfig config) {
        LoggerContext context = context();
        use(
                context,
                config.level(),
                switch (config.format()) {
                    case TEXT -> LogConfigurator.encoder(context, SYSLOG_PATTERN);
                    case JSON -> jsonEncoder(context);
                });
    }

    private static LoggerContext context() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("logging is not Logback's");
        }
        return context;
    }

    private static void use(
            LoggerContext context, LogConfig.Level level, Encoder<ILoggingEvent> encoder) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level from =
                switch (level) {
                    case DEBUG -> Level.DEBUG;
                    case INFO -> Level.INFO;
                    case WARN -> Level.WARN;
                    case ERROR -> Level.ERROR;
                };
        LogQueue queue = LogQueue.running();
        if (queue != null) {
            queue.encoder(encoder);
        }
        // At DEBUG the JDK tells of each process it starts, with a stack, and of its own exit.
        root.setLevel(from.isGreaterOrEqual(Level.INFO) ? from : Level.INFO);
        context.getLogger("leasehold").setLevel(from);
        context.getLogger("io.leasehold").setLevel(from);
    }

    private static JsonEncoder jsonEncoder(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        return encoder;
    }
}
