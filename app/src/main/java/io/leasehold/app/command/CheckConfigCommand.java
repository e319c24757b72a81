package io.leasehold.app.command;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.ConfigSummary;
import io.leasehold.app.config.ProxyIni;
import io.leasehold.app.serve.PoolMemory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold check-config}: reads a configuration, says what is wrong with it, and ends. */
@Command(
        name = "check-config",
        description = {
            "Read a configuration file, and say everything that is wrong with it.",
            "Ends with 0 when nothing is, with 1 otherwise. Needs no root and touches nothing.",
            ""
        })
public final class CheckConfigCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The configuration, such as leasehold.yaml.")
    private Path file = Path.of("leasehold.yaml");

    @Override
    public Integer call() {
        if (ProxyIni.isOne(file)) {
            ProxyIni.Result ini = ProxyIni.read(file);
            ini.errors().forEach(spec.commandLine().getErr()::println);
            if (ini.errors().isEmpty()) {
                spec.commandLine()
                        .getOut()
                        .println(
                                file
                                        + ": ok: "
                                        + ConfigSummary.count(
                                                ini.rules().rules().size(), "boot rule", "s"));
            }
            return ini.errors().isEmpty() ? 0 : 1;
        }
        return switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> {
                refused.errors().forEach(spec.commandLine().getErr()::println);
                yield 1;
            }
            case ConfigResult.Loaded loaded -> {
                String summary = file + ": ok: " + ConfigSummary.of(loaded.config());
                spec.commandLine().getOut().println(summary);
                tellOfMemory(loaded.config());
                yield 0;
            }
        };
    }

    private void tellOfMemory(AppConfig config) {
        String warning =
                config.hasServer()
                        ? PoolMemory.warning(config.server(), Runtime.getRuntime().maxMemory())
                        : null;
        if (warning != null) {
            spec.commandLine().getErr().println(file + ": warning: " + warning);
        }
    }
}
