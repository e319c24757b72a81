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

/** {@code leasehold status}: what a running server or relay has counted. */
@Command(
        name = "status",
        description = {
            "Show what a running server or relay has counted: answers, silence and its reasons.",
            "A name and a number a line, counted since its start.",
            ""
        })
public final class StatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            description =
                    "The directory that serve or relay --data names. Default: ${DEFAULT-VALUE}.",
            defaultValue = AppConfig.DATA_DEFAULT_TEXT)
    private Path data = AppConfig.DATA_DEFAULT;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Optional<ControlAnswer> asked = ControlClient.ask(data, "status");
        if (asked.isEmpty()) {
            err.println("leasehold: no server and no relay runs on " + data);
            return 1;
        }
        asked.get().lines().forEach(spec.commandLine().getOut()::println);
        if (!asked.get().isOk()) {
            err.println("leasehold: " + asked.get().error());
            return 1;
        }
        return 0;
    }
}
