package io.leasehold.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.leasehold.app.config.LogConfig;
import org.slf4j.LoggerFactory;

/** Makes the log look as the configuration says. */
public final class Logs {
    private Logs() {}

    /** From now on, in this format and from this level upward. */
    public static void use(LogConfig config) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("logging is not Logback's");
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Encoder<ILoggingEvent> encoder =
                switch (config.format()) {
                    case TEXT -> LogConfigurator.textEncoder(context);
                    case JSON -> jsonEncoder(context);
                };
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        // At DEBUG the JDK logs each exit of the program, with the stack of whoever called it.
        context.getLogger("java.lang.Runtime").setLevel(Level.INFO);
        root.detachAndStopAllAppenders();
        root.addAppender(console);
        root.setLevel(
                switch (config.level()) {
                    case DEBUG -> Level.DEBUG;
                    case INFO -> Level.INFO;
                    case WARN -> Level.WARN;
                    case ERROR -> Level.ERROR;
                });
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
