package io.leasehold.app.snoop;

import io.leasehold.app.command.SnoopCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * {@code leasehold snoop}, run to its end.
 *
 * @param exit its exit code
 * @param out standard output
 * @param err standard error
 */
record SnoopRun(int exit, String out, String err) {
    static SnoopRun of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        int exit =
                new CommandLine(new SnoopCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new SnoopRun(exit, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
