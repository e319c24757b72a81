package io.leasehold.app.command;

import io.leasehold.app.admin.AdminAddress;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.config.RelayValues;
import io.leasehold.app.config.ServerName;
import io.leasehold.app.relay.FileRelays;
import io.leasehold.app.relay.Footing;
import io.leasehold.app.relay.Relaying;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RelayConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leasehold relay}: the DHCP relay agent. */
@Command(
        name = "relay",
        sortOptions = false,
        description = {
            "Relay DHCP and BOOTP between clients and servers on other networks.",
            "It takes the flags of dhcp-helper, and more. It relays until SIGTERM or Ctrl-C.",
            ""
        })
public final class RelayCommand implements Callable<Integer> {
    private static final int WAIT_SECONDS_MAX = 86_400;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "A configuration file that has relays and no server; nothing goes beside it but"
                            + " -n and --data. SIGHUP has it read again.")
    private @Nullable Path config;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "SERVER",
            description =
                    "A server to relay to: a name, an address, or either with :PORT. Repeat it for"
                            + " several. A name may have several addresses.")
    private List<String> servers = new ArrayList<>();

    @Option(
            names = {"-b", "--broadcast"},
            paramLabel = "IFACE",
            description =
                    "Relay by broadcast on an interface. Requests that come in there are not"
                            + " relayed. Repeat it for several.")
    private List<String> broadcast = new ArrayList<>();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description =
                    "An interface that clients are on. Repeat it for several. Default: all but"
                            + " those of -e and -b.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-e", "--except"},
            paramLabel = "IFACE",
            description = "An interface that no clients are on. Repeat it for several.")
    private List<String> except = new ArrayList<>();

    @Option(
            names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            description = "Wait so long before anything is done. --wait-for-server does better.")
    private int waitSeconds;

    @Option(
            names = {"-p", "--alternative-ports"},
            description = "Use ports 1067 and 1068 in place of 67 and 68.")
    private boolean[] alternativePorts = {};

    @Mixin private FootingOptions footing = new FootingOptions();

    @SuppressWarnings("UnusedVariable")
    @Option(names = "-v", versionHelp = true, description = "Print the version, and end.")
    private boolean version;

    @ArgGroup(validate = false, heading = "%nWhich server:%n")
    private Choice choice = new Choice();

    @ArgGroup(validate = false, heading = "%nRelay agent information (option 82):%n")
    private AgentOptions agent = new AgentOptions();

    @ArgGroup(validate = false, heading = "%nWhat is relayed:%n")
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--admin",
            paramLabel = "ADDR:PORT",
            description =
                    "Answer /livez, /readyz and /metrics over HTTP there, 127.0.0.1:9067. Default:"
                            + " nowhere.")
    private @Nullable String admin;

    @Option(names = "--json-log", description = "Write the log as JSON, one object a line.")
    private boolean jsonLog;

    @Option(names = "--verbose", description = "Log requests and OFFERs too.")
    private boolean verbose;

    @Option(names = "--quiet", description = "Log warnings and errors only.")
    private boolean quiet;

    /** Which server gets a request, and how it is found. */
    static final class Choice {
        @Option(
                names = "--wait-for-server",
                arity = "0..1",
                fallbackValue = "65",
                paramLabel = "SECONDS",
                description =
                        "Wait at the start, at most so long (65 s), for the port to be free, the"
                                + " interfaces, a server's name to resolve, and a way to it.")
        private int waitForServer;

        @Option(
                names = "--resolve-every",
                paramLabel = "SECONDS",
                description =
                        "How often names are resolved again, besides when a server does not answer."
                                + " Default: ${DEFAULT-VALUE}.")
        private int resolveEvery = RelaySetup.RESOLVE_SECONDS_DEFAULT;

        @Option(
                names = "--balance",
                description =
                        "Each client has one server, by a hash of its hardware address; another"
                                + " when that does not answer. Default: all servers get all"
                                + " requests.")
        private boolean balance;

        @Option(
                names = "--canary",
                paramLabel = "SERVER=PERCENT",
                description = "With --balance: this server gets so many of the clients, no others.")
        private List<String> canaries = new ArrayList<>();

        @Option(
                names = "--any-server",
                description = "Take replies from every address. Default: from the servers' alone.")
        private boolean anyServer;
    }

    @Override
    public Integer call() throws Exception {
        if (config != null) {
            refuseBesidesFile();
            return FileRelays.byFile(spec.commandLine().getErr(), config, footing.data());
        }
        RelaySetup setup = setup();
        values().require("--wait", waitSeconds, 0, WAIT_SECONDS_MAX);
        values().require("--wait-for-server", choice.waitForServer, 0, WAIT_SECONDS_MAX);
        LogConfig log =
                new LogConfig(
                        jsonLog ? LogConfig.Format.JSON : LogConfig.Format.TEXT,
                        verbose || footing.debug()
                                ? LogConfig.Level.DEBUG
                                : quiet ? LogConfig.Level.WARN : LogConfig.Level.INFO);
        String at = admin;
        InetSocketAddress adminAt =
                at == null ? null : values().read("--admin", () -> AdminAddress.parse(at));
        Footing standing = footing.footing(adminAt);
        Thread.sleep(waitSeconds * 1000L);
        Relaying.byFlags(setup, choice.waitForServer, standing, log);
        return 0;
    }

    private FlagValues values() {
        return new FlagValues(spec);
    }

    private void refuseBesidesFile() {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (!List.of("--config", "--foreground", "--data").contains(given.longestName())) {
                throw values().usage(
                                "-c takes everything from its file; found " + given.longestName());
            }
        }
    }

    private RelaySetup setup() {
        if (servers.isEmpty() && broadcast.isEmpty()) {
            throw values().usage("say where to relay to: -s SERVER, or -b IFACE; or -c FILE");
        }
        values().require("--server", servers.size(), 0, RelaySetup.SERVERS_MAX);
        values().require("--resolve-every", choice.resolveEvery, 1, RelaySetup.RESOLVE_SECONDS_MAX);
        List<ServerName> names = new ArrayList<>();
        servers.forEach(text -> names.add(values().read("--server", () -> ServerName.parse(text))));
        return new RelaySetup(rules(names), names, choice.resolveEvery);
    }

    private RelayConfig rules(List<ServerName> names) {
        boolean alternative = alternativePorts.length > 0;
        values().read("--except", () -> RelayValues.apart(except, interfaces));
        values().read("--broadcast", () -> RelayValues.apart(broadcast, interfaces));
        RelayConfig rules =
                RelayConfig.DEFAULTS
                        .withClientInterfaces(interfaces)
                        .withExcludedInterfaces(except)
                        .withBroadcastInterfaces(broadcast)
                        .withServerPort(RelayValues.serverPort(alternative))
                        .withClientPort(RelayValues.clientPort(alternative))
                        .withAnyServer(choice.anyServer)
                        .withAgentInformation(agent.information(values()))
                        .withBalance(balance(names));
        return limits.applied(values(), rules);
    }

    private Balance balance(List<ServerName> names) {
        List<Balance.Canary> canaries = new ArrayList<>();
        for (String text : choice.canaries) {
            canaries.add(values().read("--canary", () -> RelayValues.canary(text, names)));
        }
        return values().read("--canary", () -> new Balance(choice.balance, canaries));
    }
}
