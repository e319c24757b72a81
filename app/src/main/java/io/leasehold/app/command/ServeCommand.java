package io.leasehold.app.command;

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
        description = {
            "Serve DHCP. With -i alone, the network and mask are those of the interface, and the",
            "upper half of the network is given away; with -c, a file says it all."
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "An interface to serve; may be given several times.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, instead of the other options.")
    private @Nullable Path config;

    @Option(
            names = "--pool",
            paramLabel = "FIRST-LAST",
            description = "Addresses to give away, such as 192.168.50.100-192.168.50.199.")
    private List<String> pools = new ArrayList<>();

    @Option(
            names = "--router",
            paramLabel = "ADDR",
            split = ",",
            description = "The router that clients are told.")
    private List<String> routers = new ArrayList<>();

    @Option(
            names = "--dns",
            paramLabel = "ADDR",
            split = ",",
            description = "The name servers that clients are told.")
    private List<String> nameServers = new ArrayList<>();

    @Option(
            names = "--lease-time",
            paramLabel = "SECONDS",
            description = "How long a lease lasts (default: ${DEFAULT-VALUE}).")
    private long leaseSeconds = Settings.DEFAULT.leaseSeconds();

    @Option(
            names = "--no-ping-check",
            description = "Offer addresses without asking first whether they are in use.")
    private boolean noPingCheck;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where leases are kept (default: leasehold-data).")
    private @Nullable Path data;

    @Option(names = "--json-log", description = "Write the log as JSON, one object a line.")
    private boolean jsonLog;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log every OFFER too, and requests that other servers answer.")
    private boolean verbose;

    @Option(names = "--quiet", description = "Log warnings and errors only.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (config != null) {
            refuseBesides("-c");
            return Serving.byFile(spec.commandLine().getErr(), config, data);
        }
        if (interfaces.isEmpty()) {
            throw usage("say what to serve: -i IFACE, or -c FILE");
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
        return Serving.byFlags(
                spec.commandLine().getErr(),
                interfaces,
                flags,
                data == null ? AppConfig.DATA_DEFAULT : data,
                log);
    }

    private void refuseBesides(String flag) {
        boolean more =
                !interfaces.isEmpty()
                        || !pools.isEmpty()
                        || !routers.isEmpty()
                        || !nameServers.isEmpty()
                        || noPingCheck
                        || leaseSeconds != Settings.DEFAULT.leaseSeconds();
        if (more) {
            throw usage(
                    flag
                            + " takes everything from its file; found other options beside it,"
                            + " expected only --data");
        }
    }

    private Settings settings() {
        if (leaseSeconds < 60 || leaseSeconds > Settings.INFINITE) {
            throw usage("--lease-time: found " + leaseSeconds + ", expected 60 seconds or more");
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
            try {
                result.add(
                        new Pool(
                                Ip4Address.parse(text.substring(0, dash).strip()),
                                Ip4Address.parse(text.substring(dash + 1).strip())));
            } catch (IllegalArgumentException e) {
                throw usage("--pool: " + e.getMessage());
            }
        }
        return result;
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
