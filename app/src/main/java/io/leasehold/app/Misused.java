package io.leasehold.app;

import io.leasehold.app.config.Nearest;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. It stands alone: help behind it would scroll it away. Our
 * own messages say what was expected; the parser's leave that to the help.
 */
final class Misused {
    private Misused() {}

    static void tell(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        boolean noCommand = line.getParent() == null;
        err.println("leasehold: " + Printable.of(noCommand ? ofProgram(wrong) : ofCommand(wrong)));
        if (noCommand && !(wrong instanceof UnmatchedArgumentException)) {
            line.usage(err);
            return;
        }
        if (wrong.getClass() == ParameterException.class) {
            return;
        }
        if (!noCommand) {
            UnmatchedArgumentException.printSuggestions(wrong, err);
        }
        err.println("Help: " + line.getCommandSpec().qualifiedName() + " --help");
    }

    private static String ofProgram(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(wrong.getMessage());
        }
        String word = unmatched.getUnmatched().getFirst();
        String quoted = Printable.quoted(word);
        if (word.startsWith("-")) {
            return "unknown option " + quoted;
        }
        String meant = Nearest.of(word, wrong.getCommandLine().getSubcommands().keySet());
        return "unknown command " + quoted + (meant == null ? "" : ", did you mean " + meant + "?");
    }

    private static String ofCommand(ParameterException wrong) {
        String value = wrong.getValue();
        String expected =
                wrong.getArgSpec() instanceof OptionSpec option
                        ? number(option.typeInfo().getType(), value)
                        : null;
        if (value == null || expected == null) {
            return String.valueOf(wrong.getMessage());
        }
        String name = ((OptionSpec) wrong.getArgSpec()).longestName();
        return name + ": found " + Printable.quoted(value) + ", expected " + expected;
    }

    /** Null for what is no number; the parser names the types of Java. */
    private static @Nullable String number(Class<?> type, @Nullable String value) {
        if (List.<Class<?>>of(double.class, Double.class).contains(type)) {
            return "a number";
        }
        boolean isInt = type == int.class || type == Integer.class;
        if (!isInt && type != long.class && type != Long.class) {
            return null;
        }
        boolean digits = value != null && value.matches("[0-9]+");
        long most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
        return "a whole number" + (digits ? " up to " + most : "");
    }
}
