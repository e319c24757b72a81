package io.leasehold.app.command;

import io.leasehold.app.admin.AdminAddress;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.RelaySetup;
import io.leasehold.app.config.RelayValues;
import io.leasehold.app.config.ServerName;
import io.leasehold.app.relay.FileRelays;
import io.leasehold.app.relay.Footing;
import io.leasehold.app.relay.Relaying;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.relay.AgentInformation;
import io.leasehold.relay.AgentPolicy;
import io.leasehold.relay.Balance;
import io.leasehold.relay.RateLimit;
import io.leasehold.relay.RelayConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
                            + " -n. SIGHUP has it read again.")
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
    private boolean alternativePorts;

    @Mixin private FootingOptions footing = new FootingOptions();

    @SuppressWarnings("UnusedVariable")
    @Option(names = "-v", versionHelp = true, description = "Print the version, and end.")
    private boolean version;

    @ArgGroup(validate = false, heading = "%nWhich server:%n")
    private Choice choice = new Choice();

    @ArgGroup(validate = false, heading = "%nRelay agent information (option 82):%n")
    private Agent agent = new Agent();

    @ArgGroup(validate = false, heading = "%nWhat is relayed:%n")
    private Limits limits = new Limits();

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

    /** What the relay tells the servers of its clients. */
    static final class Agent {
        @Option(
                names = "--agent-information",
                paramLabel = "POLICY",
                description =
                        "What is done with option 82: ${COMPLETION-CANDIDATES}. none puts it only"
                                + " into requests of own clients, and only when told what it is to"
                                + " say. Default: none.")
        private AgentPolicy policy = AgentPolicy.NONE;

        @Option(
                names = "--circuit-id",
                paramLabel = "FORMAT",
                description =
                        "The circuit id: text with %%i for the interface, %%a for its address, %%m"
                                + " for the client's hardware address; or 0x and bytes.")
        private String circuitId = "";

        @Option(
                names = "--remote-id",
                paramLabel = "FORMAT",
                description = "The remote id, spelled likewise.")
        private String remoteId = "";

        @Option(
                names = "--link-selection",
                description = "Tell the address of the client's interface (RFC 3527).")
        private boolean linkSelection;

        @Option(
                names = "--server-id-override",
                description = "Have clients renew through the relay (RFC 5107, RFC 5010).")
        private boolean serverIdOverride;

        @Option(
                names = "--vss",
                paramLabel = "VPN",
                description =
                        "The virtual subnet (RFC 6607): a VPN's name, 0x and a VPN-ID of seven"
                                + " bytes, or global.")
        private @Nullable String vss;

        @Option(
                names = "--relay-id",
                paramLabel = "DUID",
                description = "The id of this relay (RFC 6925): 0x and bytes.")
        private @Nullable String relayId;

        @Option(
                names = "--relay-source-port",
                paramLabel = "PORT",
                description = "Send to servers from this port, and be answered there (RFC 8357).")
        private int sourcePort;

        @Option(
                names = "--trusted",
                paramLabel = "IFACE",
                description =
                        "An interface whose clients may send an option 82. Repeat it for several.")
        private List<String> trusted = new ArrayList<>();
    }

    /** What goes on, and as what. */
    static final class Limits {
        @Option(
                names = "--giaddr",
                paramLabel = "ADDR",
                description = "What giaddr becomes. Default: the address of the interface.")
        private @Nullable String giaddr;

        @Option(
                names = "--max-hops",
                paramLabel = "N",
                description =
                        "Drop requests that passed more relays, 0 to 16. Default:"
                                + " ${DEFAULT-VALUE}.")
        private int maxHops = RelayConfig.HOPS_MAX_DEFAULT;

        @Option(
                names = "--smart",
                description =
                        "After three DISCOVERs without an answer, giaddr becomes the interface's"
                                + " next address.")
        private boolean smart;

        @Option(
                names = "--rate-limit",
                paramLabel = "WHOSE=N[/BURST]",
                description =
                        "Relay at most N requests a second of one client (client=5) or from one"
                                + " interface (interface=500), and BURST at once. Default: no"
                                + " limit.")
        private Map<String, String> rateLimits = new LinkedHashMap<>();
    }

    @Override
    public Integer call() throws Exception {
        if (config != null) {
            refuseBesidesFile();
            return FileRelays.byFile(spec.commandLine().getErr(), config);
        }
        RelaySetup setup = setup();
        require("--wait", waitSeconds, 0, WAIT_SECONDS_MAX);
        require("--wait-for-server", choice.waitForServer, 0, WAIT_SECONDS_MAX);
        LogConfig log =
                new LogConfig(
                        jsonLog ? LogConfig.Format.JSON : LogConfig.Format.TEXT,
                        verbose || footing.debug()
                                ? LogConfig.Level.DEBUG
                                : quiet ? LogConfig.Level.WARN : LogConfig.Level.INFO);
        String at = admin;
        InetSocketAddress adminAt =
                at == null ? null : read("--admin", () -> AdminAddress.parse(at));
        Footing standing = footing.footing(adminAt);
        Thread.sleep(waitSeconds * 1000L);
        Relaying.byFlags(setup, choice.waitForServer, standing, log);
        return 0;
    }

    private void refuseBesidesFile() {
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (!List.of("--config", "--foreground").contains(given.longestName())) {
                throw usage("-c takes everything from its file; found " + given.longestName());
            }
        }
    }

    private RelaySetup setup() {
        if (servers.isEmpty() && broadcast.isEmpty()) {
            throw usage("say where to relay to: -s SERVER, or -b IFACE; or -c FILE");
        }
        require("--server", servers.size(), 0, RelaySetup.SERVERS_MAX);
        require("--resolve-every", choice.resolveEvery, 1, RelaySetup.RESOLVE_SECONDS_MAX);
        List<ServerName> names = new ArrayList<>();
        servers.forEach(text -> names.add(read("--server", () -> ServerName.parse(text))));
        return new RelaySetup(read("relay", () -> rules(names)), names, choice.resolveEvery);
    }

    private RelayConfig rules(List<ServerName> names) {
        return RelayConfig.DEFAULTS
                .withClientInterfaces(interfaces)
                .withExcludedInterfaces(except)
                .withBroadcastInterfaces(broadcast)
                .withServerPort(RelayValues.serverPort(alternativePorts))
                .withClientPort(RelayValues.clientPort(alternativePorts))
                .withGiaddr(giaddr())
                .withHopsMax(limits.maxHops)
                .withSmart(limits.smart)
                .withAnyServer(choice.anyServer)
                .withAgentInformation(agentInformation())
                .withBalance(balance(names))
                .withClientLimit(limit("client"))
                .withInterfaceLimit(limit("interface"));
    }

    private Ip4Address giaddr() {
        String text = limits.giaddr;
        return text == null ? Ip4Address.ZERO : read("--giaddr", () -> Ip4Address.parse(text));
    }

    private AgentInformation agentInformation() {
        String vss = agent.vss;
        String relayId = agent.relayId;
        AgentInformation information =
                AgentInformation.NONE
                        .withPolicy(agent.policy)
                        .withLinkSelection(agent.linkSelection)
                        .withServerIdOverride(agent.serverIdOverride)
                        .withSourcePort(agent.sourcePort)
                        .withTrustedInterfaces(agent.trusted);
        AgentInformation named =
                read("--circuit-id", () -> information.withCircuitId(agent.circuitId));
        AgentInformation both = read("--remote-id", () -> named.withRemoteId(agent.remoteId));
        AgentInformation identified =
                relayId == null
                        ? both
                        : read("--relay-id", () -> both.withRelayId(RelayValues.relayId(relayId)));
        return vss == null
                ? identified
                : read("--vss", () -> identified.withVirtualSubnet(RelayValues.virtualSubnet(vss)));
    }

    private Balance balance(List<ServerName> names) {
        List<Balance.Canary> canaries = new ArrayList<>();
        for (String text : choice.canaries) {
            canaries.add(read("--canary", () -> RelayValues.canary(text, names)));
        }
        return read("--canary", () -> new Balance(choice.balance, canaries));
    }

    private RateLimit limit(String whose) {
        for (String key : limits.rateLimits.keySet()) {
            if (!key.equals("client") && !key.equals("interface")) {
                throw usage(
                        "--rate-limit: found \"" + key + "\", expected client=5 or interface=500");
            }
        }
        String text = limits.rateLimits.get(whose);
        return text == null
                ? RateLimit.OFF
                : read("--rate-limit", () -> RelayValues.rateLimit(text));
    }

    private void require(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw usage(flag + ": found " + value + ", expected " + least + " to " + most);
        }
    }

    private <T> T read(String flag, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw usage(flag + ": " + e.getMessage());
        }
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
