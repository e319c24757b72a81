package io.leasehold.app.ports;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabException;
import io.leasehold.link.lab.NamespaceThread;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** The command, run in a host of the lab by a thread of the test: a JVM of its own takes longer. */
final class PortsRun {
    private PortsRun() {}

    /**
     * Runs it, and returns what it printed.
     *
     * @throws LabException when it fails; the message is what it said
     */
    static String in(Host host, List<String> words) {
        try {
            return NamespaceThread.call(host.namespace(), () -> run(words));
        } catch (LabException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException("ports " + words + ": " + e, e);
        }
    }

    private static String run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new PortsCommand())
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .setExecutionExceptionHandler(
                                (failure, line, parsed) -> {
                                    line.getErr().print(failure.getMessage());
                                    return 1;
                                })
                        .execute(words.toArray(new String[0]));
        if (code != 0) {
            throw new LabException(err.toString().strip());
        }
        return out.toString();
    }
}
