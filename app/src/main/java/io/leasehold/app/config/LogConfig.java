package io.leasehold.app.config;

/**
 * What the log looks like.
 *
 * @param format how a line is written
 * @param level the least important lines that are written
 */
public record LogConfig(Format format, Level level) {
    public static final LogConfig DEFAULT = new LogConfig(Format.TEXT, Level.INFO);

    /** How a line is written. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /** How important a line is, the least first. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
