package io.leasehold.app.command;

import io.leasehold.app.admin.AdminAddress;
import io.leasehold.app.config.AppConfig;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.serve.InterfaceConfig;
import io.leasehold.app.serve.Serving;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold serve}: the DHCP server. */
@Command(
        name = "serve",
        sortOptions = false,
        description = {
            "Serve DHCP, by interface (-i) or by a file (-c).",
            "With -i, network and mask are those of the interface's first address, and the upper"
                    + " half of the network is given away unless --pool says otherwise. With -c,"
                    + " the file says everything, and only --data and --json go beside it.",
            "It serves until SIGTERM or Ctrl-C. SIGHUP has it read its file again.",
            ""
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "An interface whose clients are served. Repeat it for several.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file; leasehold check-config FILE tries one.")
    private @Nullable Path config;

    @Option(
            names = "--pool",
            paramLabel = "FIRST-LAST",
            description =
                    "Addresses to give away, 10.0.0.100-10.0.0.199. Repeat it for several ranges.")
    private List<String> pools = new ArrayList<>();

    @Option(
            names = "--router",
            paramLabel = "ADDR",
            split = ",",
            description = "The router that clients are told (option 3). Default: none.")
    private List<String> routers = new ArrayList<>();

    @Option(
            names = "--dns",
            paramLabel = "ADDR",
            split = ",",
            description = "The name servers that clients are told (option 6). Default: none.")
    private List<String> nameServers = new ArrayList<>();

    @Option(
            names = "--lease-time",
            paramLabel = "SECONDS",
            description = "How long a lease lasts, 60 or more. Default: ${DEFAULT-VALUE}.")
    private long leaseSeconds = Settings.DEFAULT.leaseSeconds();

    @Option(
            names = "--no-ping-check",
            description = "Offer addresses without a ping that asks whether they are in use.")
    private boolean noPingCheck;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The directory of the leases. Default: what the file says, else "
                            + AppConfig.DATA_DEFAULT_TEXT
                            + ".")
    private @Nullable Path data;

    @Option(
            names = "--admin",
            paramLabel = "ADDR:PORT",
            description =
                    "Answer /livez, /readyz and /metrics over HTTP there, 127.0.0.1:9067. Default:"
                            + " nowhere.")
    private @Nullable String admin;

    @Option(
            names = "--json",
            description =
                    "Tell of machines that boot (netboot:) as JSON on standard output, an object a"
                            + " line, instead of in the log.")
    private boolean json;

    @Option(names = "--json-log", description = "Write the log as JSON, one object a line.")
    private boolean jsonLog;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log OFFERs too, and requests that are left to other servers.")
    private boolean verbose;

    @Option(names = "--quiet", description = "Log warnings and errors only.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (config != null) {
            refuseBesides("-c");
            return Serving.byFile(
                    spec.commandLine().getErr(), config, data, json ? System.out : null);
        }
        if (json) {
            throw usage(
                    "--json tells of machines that boot by netboot: in a file; expected -c FILE");
        }
        if (interfaces.isEmpty()) {
            throw usage("say what to serve: -i IFACE, or -c FILE");
        }
        for (String name : interfaces) {
            if (interfaces.indexOf(name) != interfaces.lastIndexOf(name)) {
                throw usage("-i: " + name + " is given twice");
            }
        }
        Settings settings = settings();
        InterfaceConfig.Flags flags =
                new InterfaceConfig.Flags(
                        poolsGiven(),
                        addresses("--router", routers),
                        addresses("--dns", nameServers),
                        settings);
        LogConfig log =
                new LogConfig(
                        jsonLog ? LogConfig.Format.JSON : LogConfig.Format.TEXT,
                        verbose
                                ? LogConfig.Level.DEBUG
                                : quiet ? LogConfig.Level.WARN : LogConfig.Level.INFO);
        String at = admin;
        return Serving.byFlags(
                spec.commandLine().getErr(),
                interfaces,
                flags,
                data == null ? AppConfig.DATA_DEFAULT : data,
                at == null
                        ? null
                        : new FlagValues(spec).read("--admin", () -> AdminAddress.parse(at)),
                log);
    }

    private void refuseBesides(String flag) {
        boolean more =
                !interfaces.isEmpty()
                        || !pools.isEmpty()
                        || !routers.isEmpty()
                        || !nameServers.isEmpty()
                        || noPingCheck
                        || admin != null
                        || jsonLog
                        || verbose
                        || quiet
                        || leaseSeconds != Settings.DEFAULT.leaseSeconds();
        if (more) {
            throw usage(
                    flag
                            + " takes everything from its file; found other options beside it,"
                            + " expected only --data and --json");
        }
    }

    private Settings settings() {
        if (leaseSeconds < 60 || leaseSeconds > Settings.INFINITE) {
            throw usage(
                    "--lease-time: found "
                            + leaseSeconds
                            + ", expected 60 to "
                            + (Settings.INFINITE - 1)
                            + " seconds, or "
                            + Settings.INFINITE
                            + " for ever");
        }
        Settings base = Settings.DEFAULT;
        return new Settings(
                leaseSeconds,
                base.minLeaseSeconds(),
                Math.max(base.maxLeaseSeconds(), leaseSeconds),
                0,
                0,
                noPingCheck ? 0 : base.pingCheckMillis(),
                base.offerHoldSeconds(),
                base.declineHoldSeconds(),
                base.authoritative(),
                base.matchClientId(),
                base.rapidCommit(),
                base.bootp(),
                base.knownSharePercent(),
                base.nextServer(),
                base.bootFile());
    }

    private List<Pool> poolsGiven() {
        List<Pool> result = new ArrayList<>();
        for (String text : pools) {
            int dash = text.indexOf('-');
            if (dash < 0) {
                throw usage(
                        "--pool: found \""
                                + text
                                + "\", expected FIRST-LAST such as 192.168.50.100-192.168.50.199");
            }
            Ip4Address first = poolAddress(text.substring(0, dash));
            Ip4Address last = poolAddress(text.substring(dash + 1));
            if (first.compareTo(last) > 0) {
                throw usage("--pool: found \"" + text + "\", expected the lower address first");
            }
            Pool pool = new Pool(first, last);
            for (Pool other : result) {
                if (first.compareTo(other.last()) <= 0 && other.first().compareTo(last) <= 0) {
                    throw usage("--pool: " + pool + " overlaps " + other);
                }
            }
            result.add(pool);
        }
        return result;
    }

    private Ip4Address poolAddress(String text) {
        try {
            return Ip4Address.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw usage("--pool: " + e.getMessage());
        }
    }

    private List<Ip4Address> addresses(String flag, List<String> texts) {
        List<Ip4Address> result = new ArrayList<>();
        for (String text : texts) {
            try {
                result.add(Ip4Address.parse(text));
            } catch (IllegalArgumentException e) {
                throw usage(flag + ": " + e.getMessage());
            }
        }
        return result;
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
