package io.leasehold.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold check-config}: reads a configuration, says what is wrong with it, and ends. */
@Command(
        name = "check-config",
        description = "Read a configuration file and say everything that is wrong with it.")
public final class CheckConfigCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The configuration, such as leasehold.yaml.")
    private Path file = Path.of("leasehold.yaml");

    @Override
    public Integer call() {
        spec.commandLine().getErr().println(file + ": checking is not built yet");
        return 1;
    }
}
