package io.leasehold.app;

/** Command lines, read and not run. */
public final class ParsedCommand {
    private ParsedCommand() {}

    /**
     * Reads one.
     *
     * @throws picocli.CommandLine.ParameterException when it is none; the message says why
     */
    public static void parse(String... words) {
        Main.commandLine(words).parseArgs(words);
    }
}
