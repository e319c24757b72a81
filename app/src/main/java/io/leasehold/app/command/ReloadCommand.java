package io.leasehold.app.command;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leasehold reload}: has a running server read its configuration anew. */
@Command(
        name = "reload",
        description = {
            "Have a running server read its configuration file again.",
            "A file with errors changes nothing, and every error is printed. What needs other"
                    + " sockets or another journal (interfaces, listen, data, admin, user) takes a"
                    + " restart.",
            ""
        })
public final class ReloadCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            description = "The data directory of that server. Default: ${DEFAULT-VALUE}.",
            defaultValue = AppConfig.DATA_DEFAULT_TEXT)
    private Path data = AppConfig.DATA_DEFAULT;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<ControlAnswer> asked = ControlClient.ask(data, "reload");
        if (asked.isEmpty()) {
            err.println("leasehold: no server runs on " + data + "; nothing was reloaded");
            return 1;
        }
        ControlAnswer answer = asked.get();
        if (!answer.isOk()) {
            answer.lines().forEach(err::println);
            err.println("leasehold: not reloaded: " + answer.error());
            return 1;
        }
        answer.lines().forEach(spec.commandLine().getOut()::println);
        return 0;
    }
}
