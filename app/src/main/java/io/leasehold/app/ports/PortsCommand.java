package io.leasehold.app.ports;

import io.leasehold.app.lab.Shell;
import io.leasehold.link.NetworkInterface;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold ports}: 67 and 68 on the wire, 1067 and 1068 inside. */
@Command(
        name = "ports",
        sortOptions = false,
        description = {
            "Have the kernel rewrite DHCP's ports: 67 and 68 on the wire, 1067 and 1068 inside.",
            "So a relay or server that may not open ports below 1024 (leasehold relay -p) serves"
                    + " clients as ever. Prints the rules; --apply sets them, in place of those"
                    + " that it set on the same interfaces before.",
            ""
        })
public final class PortsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** An interface and the addresses named behind it. */
    static final class Clients {
        @Option(
                names = {"-i", "--interface"},
                required = true,
                paramLabel = "IFACE",
                description =
                        "An interface whose clients are served; of a VLAN, its own. Repeat it for"
                                + " several, each with its addresses behind it.")
        String name = "";

        @Option(
                names = "--address",
                paramLabel = "ADDR/PREFIX",
                description =
                        "An address of the interface, such as 192.168.178.201/24. Repeat it for"
                                + " several. Default: all that it has.")
        List<String> addresses = new ArrayList<>();
    }

    /** One of two ways. */
    static final class Way {
        @Option(names = "--nft", description = "Rules of nftables. The default. Linux 5.16.")
        boolean nft;

        @Option(names = "--tc", description = "Rules of tc, for kernels where nftables cannot.")
        boolean tc;
    }

    /** One of several things to do. */
    static final class Task {
        @Option(names = "--undo", description = "Remove the rules, and nothing else.")
        boolean undo;

        @Option(names = "--status", description = "Show how many datagrams were rewritten.")
        boolean status;
    }

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<Clients> clients = new ArrayList<>();

    @Option(
            names = "--upstream",
            paramLabel = "IFACE",
            description =
                    "An interface through which servers at port 67 are reached: a relay at 1067"
                            + " sends to 1067, and there becomes 67. Not for servers at 1067.")
    private List<String> upstreams = new ArrayList<>();

    @Option(
            names = "--server",
            paramLabel = "ADDR",
            description = "With --upstream: only these servers. Default: any.")
    private List<String> servers = new ArrayList<>();

    @ArgGroup private Way way = new Way();
    @ArgGroup private Task task = new Task();

    @Option(names = "--apply", description = "Do it; without, it is printed. Needs root.")
    private boolean apply;

    @Override
    public Integer call() throws IOException, PortsException {
        RuleSet rules = way.tc ? new TcRules() : new NftRules();
        if (task.status) {
            return showStatus(rules);
        }
        if (task.undo) {
            return undo(rules);
        }
        if (clients.isEmpty()) {
            throw usage("say where the clients are: --interface IFACE");
        }
        if (upstreams.isEmpty() && !servers.isEmpty()) {
            throw usage("--server goes with --upstream, the interface that leads to it");
        }
        return set(rules, plan());
    }

    private PortPlan plan() throws IOException, PortsException {
        try {
            return new PortPlanReader(NetworkInterface.all()).plan(clients, upstreams, servers);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private int set(RuleSet rules, PortPlan plan) throws PortsException {
        String file = rules.set(plan.rules());
        try {
            return done(rules, file, "set on " + String.join(", ", plan.devices()));
        } catch (PortsException e) {
            // tc sets rule by rule: half of them would rewrite one way only.
            Shell.run(rules.command(rules.remove(plan.devices())));
            throw e;
        }
    }

    private int showStatus(RuleSet rules) throws IOException, PortsException {
        if (apply) {
            throw usage("--status changes nothing: leave --apply out");
        }
        Map<String, PortCount> counts = rules.counts(devicesWithRules(rules), runner(rules));
        PrintWriter out = spec.commandLine().getOut();
        counts.forEach(
                (name, count) ->
                        out.printf(
                                "%s %d packets %d bytes%n", name, count.packets(), count.bytes()));
        if (counts.isEmpty()) {
            spec.commandLine().getErr().println("leasehold: no rules are set here");
        }
        return counts.isEmpty() ? 1 : 0;
    }

    private int undo(RuleSet rules) throws IOException, PortsException {
        List<String> devices = named();
        if (devices.isEmpty()) {
            devices = devicesWithRules(rules);
        } else {
            for (String device : devices) {
                PortPlanReader.requirePlainName(device);
            }
        }
        if (devices.isEmpty()) {
            spec.commandLine().getErr().println("leasehold: no rules are set here");
            return 0;
        }
        return done(rules, rules.remove(devices), "gone from " + String.join(", ", devices));
    }

    private int done(RuleSet rules, String file, String what) throws PortsException {
        PrintWriter out = spec.commandLine().getOut();
        if (apply) {
            runner(rules).run(rules.command(file));
            out.println("the rules of " + rules.program() + " are " + what);
        } else {
            out.print(file);
            out.flush();
        }
        return 0;
    }

    private List<String> named() {
        List<String> names = new ArrayList<>(upstreams);
        clients.forEach(each -> names.add(each.name));
        return names.stream().distinct().toList();
    }

    private List<String> devicesWithRules(RuleSet rules) throws IOException, PortsException {
        List<String> all = NetworkInterface.all().stream().map(NetworkInterface::name).toList();
        List<String> named = named();
        return rules.devices(all, runner(rules)).stream()
                .filter(device -> named.isEmpty() || named.contains(device))
                .toList();
    }

    private static RuleSet.Runner runner(RuleSet rules) throws PortsException {
        Path program = Shell.find(rules.program());
        if (program == null) {
            throw new PortsException(
                    rules.program()
                            + " is not installed; Debian has it in the package "
                            + rules.debianPackage());
        }
        return command -> {
            List<String> found = new ArrayList<>(command);
            if (found.getFirst().equals(rules.program())) {
                found.set(0, program.toString());
            }
            Shell.Result result = Shell.run(found);
            if (result.exit() != 0) {
                throw new PortsException(rules.program() + ": " + rules.inWords(result.output()));
            }
            return result.output();
        };
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
