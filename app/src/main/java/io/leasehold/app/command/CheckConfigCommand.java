package io.leasehold.app.command;

import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.config.ProxyIni;
import io.leasehold.app.serve.PoolMemory;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                                        + count(ini.rules().rules().size(), "boot rule", "s"));
            }
            return ini.errors().isEmpty() ? 0 : 1;
        }
        return switch (ConfigReader.read(file)) {
            case ConfigResult.Refused refused -> {
                refused.errors().forEach(spec.commandLine().getErr()::println);
                yield 1;
            }
            case ConfigResult.Loaded loaded -> {
                String summary = file + ": ok: " + summary(loaded.config());
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

    private static String summary(AppConfig config) {
        List<String> parts = new ArrayList<>();
        if (config.hasServer()) {
            parts.add(summary(config.server()));
        }
        if (!config.relays().isEmpty()) {
            parts.add(count(config.relays().size(), "relay", "s"));
        }
        NetbootSetup netboot = config.netboot();
        if (netboot != null) {
            parts.add(count(netboot.rules().rules().size(), "boot rule", "s"));
        }
        return String.join(", ", parts);
    }

    private static String summary(ServerConfig server) {
        long subnets = 0;
        long reservations = 0;
        for (SharedNetwork network : server.networks()) {
            for (Subnet subnet : network.subnets()) {
                subnets++;
                reservations += subnet.reservations().size();
            }
        }
        return count(subnets, "subnet", "s")
                + ", "
                + count(PoolMemory.addresses(server), "address", "es")
                + " in pools, "
                + count(reservations, "reservation", "s")
                + ", "
                + count(server.classes().size(), "class", "es");
    }

    private static String count(long number, String one, String plural) {
        return number + " " + one + (number == 1 ? "" : plural);
    }
}
