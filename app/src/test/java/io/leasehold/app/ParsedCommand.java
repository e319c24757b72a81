package io.leasehold.app;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

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

    /** All options of a command. */
    public static List<OptionSpec> options(String command) {
        CommandLine line = Main.commandLine(command).getSubcommands().get(command);
        return Objects.requireNonNull(line, command).getCommandSpec().options();
    }
}
