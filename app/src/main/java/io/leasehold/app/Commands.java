package io.leasehold.app;

import io.leasehold.app.command.BenchCommand;
import io.leasehold.app.command.CheckConfigCommand;
import io.leasehold.app.command.DemoCommand;
import io.leasehold.app.command.LeasesCommand;
import io.leasehold.app.command.NetbootCommand;
import io.leasehold.app.command.RelayCommand;
import io.leasehold.app.command.ReloadCommand;
import io.leasehold.app.command.SendCommand;
import io.leasehold.app.command.ServeCommand;
import io.leasehold.app.command.SnapshotCommand;
import io.leasehold.app.command.SnoopCommand;
import io.leasehold.app.command.StatusCommand;
import io.leasehold.app.ports.PortsCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The commands there are. A new one is one line here and one class beside the others. */
final class Commands {
    private final Map<String, Supplier<Callable<Integer>>> byName = new LinkedHashMap<>();

    Commands() {
        // Lambdas and not method references: a class is then loaded only when its command is used,
        // so that a command's libraries cost the others no start time.
        byName.put("demo", () -> new DemoCommand());
        byName.put("serve", () -> new ServeCommand());
        byName.put("relay", () -> new RelayCommand());
        byName.put("netboot", () -> new NetbootCommand());
        byName.put("check-config", () -> new CheckConfigCommand());
        byName.put("reload", () -> new ReloadCommand());
        byName.put("status", () -> new StatusCommand());
        byName.put("leases", () -> new LeasesCommand());
        byName.put("ports", () -> new PortsCommand());
        byName.put("send", () -> new SendCommand());
        byName.put("snapshot", () -> new SnapshotCommand());
        byName.put("snoop", () -> new SnoopCommand());
        byName.put("bench", () -> new BenchCommand());
    }

    /** Every command by its name, in the order in which help lists them. */
    Map<String, Supplier<Callable<Integer>>> all() {
        return byName;
    }
}
