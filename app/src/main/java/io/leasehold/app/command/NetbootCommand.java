package io.leasehold.app.command;

import io.leasehold.app.admin.AdminAddress;
import io.leasehold.app.config.Durations;
import io.leasehold.app.config.LogConfig;
import io.leasehold.app.config.NetbootSetup;
import io.leasehold.app.diagnose.Diagnosing;
import io.leasehold.app.netboot.KnownFiles;
import io.leasehold.app.netboot.NetbootSource;
import io.leasehold.app.netboot.Netbooting;
import io.leasehold.netboot.proxy.BootRule;
import io.leasehold.netboot.proxy.NetbootConfig;
import io.leasehold.netboot.tftp.TftpLimits;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
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

/** {@code leasehold netboot}: boots machines from the network, beside any DHCP server. */
@Command(
        name = "netboot",
        sortOptions = false,
        description = {
            "Boot machines from the network, beside the DHCP server that gives them addresses.",
            "With -c, a file says what boots what. With -i and --root, each architecture boots the"
                + " file of a known name that the directory holds, and iPXE its script. It serves"
                + " the files too, and runs until SIGTERM or Ctrl-C. SIGHUP has it read its file,"
                + " or look at its directory, again.",
            ""
        })
public final class NetbootCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;
    private static final long DIAGNOSE_MILLIS_MAX = 3_600_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration: a leasehold.yaml with netboot, or a proxy.ini of"
                            + " ProxyDHCPd.")
    private @Nullable Path config;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "An interface that machines boot through. Repeat it for several.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The directory of the boot files, served over TFTP and HTTP.")
    private @Nullable Path root;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "The port that files are served on over HTTP; 0 for none. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int httpPort = NetbootSetup.HTTP_PORT_DEFAULT;

    @Option(
            names = "--listen",
            paramLabel = "ADDR",
            description =
                    "An address of this host that relays send to. Not where another DHCP server"
                            + " has it: that server's renewals would come here. Repeat it for"
                            + " several.")
    private List<String> listen = new ArrayList<>();

    @Option(
            names = {"-p", "--proxy-only"},
            description = "Answer on port 4011 only, and leave port 67 alone.")
    private boolean proxyOnly;

    /** For the launcher, which puts the program into the background where this is said. */
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = {"-d", "--daemon"},
            description = "Go into the background once it is ready, and log to syslog.")
    private boolean daemon;

    @Option(
            names = "--diagnose",
            description =
                    "Listen for a while, ask once as a machine would, say what would keep machines"
                            + " from booting, and end: 0 when nothing was found, 1 otherwise.")
    private boolean diagnose;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long --diagnose listens: 30s, 5m. Default: 60s.")
    private @Nullable String listenFor;

    @Option(
            names = "--json",
            description =
                    "Tell of machines as JSON on standard output, an object a line, instead of in"
                            + " the log.")
    private boolean json;

    @Option(
            names = "--admin",
            paramLabel = "ADDR:PORT",
            description =
                    "Answer /livez, /readyz and /metrics over HTTP there, 127.0.0.1:9067. Default:"
                            + " what the file says, else nowhere.")
    private @Nullable String admin;

    @Option(names = "--json-log", description = "Write the log as JSON, one object a line.")
    private boolean jsonLog;

    @Option(
            names = {"-v", "--verbose"},
            description = "Log also who is left alone, and why.")
    private boolean verbose;

    @Option(names = "--quiet", description = "Log warnings and errors only.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        Path file = config;
        NetbootSource.Flags flags = flags();
        if (listenFor != null && !diagnose) {
            throw usage("--for says how long --diagnose listens, which is not asked for");
        }
        NetbootSource source;
        if (file != null) {
            if (!interfaces.isEmpty() || root != null || !listen.isEmpty()) {
                throw usage("-c takes -i, --root and --listen from its file");
            }
            source = NetbootSource.ofFile(file, flags);
        } else if (diagnose && root == null) {
            return diagnose(new NetbootSource.Plan(withoutRules(), null, log()), false);
        } else {
            byFlags();
            source = () -> again(flags);
        }
        if (diagnose) {
            return diagnose(source.read(), true);
        }
        return Netbooting.run(spec.commandLine().getErr(), source, json ? System.out : null);
    }

    private NetbootSetup withoutRules() {
        if (interfaces.isEmpty()) {
            throw usage("say where machines boot from: -i IFACE, or -c FILE");
        }
        NetbootConfig none = new NetbootConfig(List.of(), null, 0);
        return new NetbootSetup(interfaces, addresses(), none, null, null, proxyOnly);
    }

    private int diagnose(NetbootSource.Result read, boolean hasRules) throws IOException {
        if (json) {
            throw usage("--diagnose speaks to people: expected no --json");
        }
        long millis = Durations.parseMillis(listenFor == null ? "60s" : listenFor);
        if (millis < 1000 || millis > DIAGNOSE_MILLIS_MAX) {
            throw usage("--for: found " + listenFor + ", expected 1s to 1h, such as 30s");
        }
        PrintWriter out = spec.commandLine().getOut();
        return switch (read) {
            case NetbootSource.Refused refused -> {
                refused.errors().forEach(spec.commandLine().getErr()::println);
                yield 1;
            }
            case NetbootSource.Plan plan -> {
                try {
                    yield new Diagnosing(plan.setup(), hasRules, out).run(millis);
                } catch (IllegalArgumentException e) {
                    throw usage(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private NetbootSource.Flags flags() {
        LogConfig log = log();
        boolean said = jsonLog || verbose || quiet;
        return new NetbootSource.Flags(proxyOnly, adminAddress(), said ? log : null);
    }

    private @Nullable InetSocketAddress adminAddress() {
        try {
            return admin == null ? null : AdminAddress.parse(admin);
        } catch (IllegalArgumentException e) {
            throw usage("--admin: " + e.getMessage());
        }
    }

    /** A directory may have other files by now. */
    private NetbootSource.Result again(NetbootSource.Flags flags) {
        try {
            return new NetbootSource.Plan(byFlags(), flags.admin(), log());
        } catch (ParameterException e) {
            return new NetbootSource.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private NetbootSetup byFlags() {
        Path files = root;
        if (interfaces.isEmpty() || files == null) {
            throw usage("say where machines boot from, and what: -i IFACE --root DIR, or -c FILE");
        }
        if (httpPort < 0 || httpPort > PORT_MAX) {
            throw usage("--http-port: found " + httpPort + ", expected 0 to " + PORT_MAX);
        }
        if (!Files.isDirectory(files)) {
            throw usage("--root: found " + files + ", expected a directory with boot files");
        }
        List<BootRule> rules = KnownFiles.rules(files);
        if (rules.isEmpty()) {
            throw usage(
                    "--root: "
                            + files
                            + " holds no file of a known name, expected one such as"
                            + " undionly.kpxe, snponly.efi or boot.ipxe");
        }
        return new NetbootSetup(
                interfaces,
                addresses(),
                new NetbootConfig(rules, null, httpPort),
                files,
                TftpLimits.DEFAULT,
                proxyOnly);
    }

    private LogConfig log() {
        return new LogConfig(
                jsonLog ? LogConfig.Format.JSON : LogConfig.Format.TEXT,
                verbose
                        ? LogConfig.Level.DEBUG
                        : quiet ? LogConfig.Level.WARN : LogConfig.Level.INFO);
    }

    private List<Ip4Address> addresses() {
        List<Ip4Address> result = new ArrayList<>();
        for (String text : listen) {
            try {
                result.add(Ip4Address.parse(text));
            } catch (IllegalArgumentException e) {
                throw usage("--listen: " + e.getMessage());
            }
        }
        return result;
    }

    private ParameterException usage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
