package io.leasehold.app.command;

import io.leasehold.app.bench.BenchRun;
import io.leasehold.app.bench.Mix;
import io.leasehold.app.bench.Plan;
import io.leasehold.app.bench.Results;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code leasehold bench}: puts a server under load, and checks that it gives no address twice. */
@Command(
        name = "bench",
        subcommands = BenchLeasesCommand.class,
        sortOptions = false,
        description = {
            "Put a DHCP server under load, with as many clients as wanted.",
            "Ends with 1 when two clients ever hold one address at the same time, and when no"
                    + " server answers.",
            "",
            "It needs root, and takes leases from the server it is pointed at: use it in a lab.",
            ""
        })
public final class BenchCommand implements Callable<Integer> {
    private static final double SECONDS_MAX = 86_400;
    private static final double RATE_MAX = 10_000_000;
    private static final int IN_FLIGHT_DEFAULT = 64;
    private static final int RETRIES_MAX = 100;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "The interface on whose link the clients are.")
    private @Nullable String interfaceName;

    @Option(
            names = "--relay",
            paramLabel = "GIADDR",
            description =
                    "Send as the relay agent GIADDR, an address of this machine, instead of as"
                            + " clients on the link.")
    private @Nullable String relay;

    @Option(
            names = "--server",
            paramLabel = "ADDR",
            description = "The server that the relay agent sends to.")
    private @Nullable String server;

    @Option(
            names = "--broadcast-flag",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether clients ask for replies by broadcast. Default: they do.")
    private boolean broadcastFlag;

    @ArgGroup private Loop loop = new Loop();

    /** Closed or open: one of the two. */
    static final class Loop {
        @Option(
                names = "--in-flight",
                paramLabel = "N",
                description =
                        "Closed loop: keep N exchanges going. Default: " + IN_FLIGHT_DEFAULT + ".")
        private @Nullable Integer inFlight;

        @Option(
                names = "--rate",
                paramLabel = "N",
                description = "Open loop: begin N exchanges a second, whatever the server does.")
        private @Nullable Double rate;
    }

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "How many clients there are, each with a hardware address of its own. Default:"
                            + " ${DEFAULT-VALUE}. A server may answer one that comes again from"
                            + " memory: take more than will have their turn.")
    private int clients;

    @Option(
            names = "--start-client",
            paramLabel = "N",
            defaultValue = "0",
            description = "The number of the first client. Default: ${DEFAULT-VALUE}.")
    private long startClient;

    @Option(
            names = "--mix",
            paramLabel = "MIX",
            defaultValue = "full=100",
            description =
                    "What they do, such as full=90,renew=8,release=2. discover=100: pairs of"
                            + " DISCOVER and OFFER alone. Default: ${DEFAULT-VALUE}.")
    private String mix = "full=100";

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "2",
            description = "How long to run before that, unmeasured. Default: ${DEFAULT-VALUE}.")
    private double warmup;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long a client waits for an answer. Default: ${DEFAULT-VALUE}.")
    private double timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often it then asks again. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the choices that a mix makes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--hold-log",
            paramLabel = "FILE",
            description = "Append each lease to FILE as soon as its client has it.")
    private @Nullable Path holdLog;

    @Option(names = "--json", description = "Print one JSON object; durations in microseconds.")
    private boolean json;

    private boolean failed;

    @Override
    public Integer call() throws IOException {
        Plan plan = plan();
        BenchRun.Route route = route();
        PrintWriter err = spec.commandLine().getErr();
        new BenchRun(plan, route, holdLog, found -> err.println("leasehold: " + found))
                .run(this::print);
        return failed ? 1 : 0;
    }

    private void print(Results results) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? JsonMapper.builder()
                                        .build()
                                        .writerWithDefaultPrettyPrinter()
                                        .writeValueAsString(results.values())
                                + "\n"
                        : results.text());
        out.flush();
        failed = results.addressHeldTwice() || results.unanswered();
        if (results.unanswered()) {
            spec.commandLine().getErr().println("leasehold: no server answered on " + where());
        }
    }

    private BenchRun.Route route() {
        if (relay == null) {
            if (interfaceName == null) {
                throw wrong(
                        "where are the clients? Give -i IFACE, or --relay GIADDR --server ADDR");
            }
            if (server != null) {
                throw wrong(
                        "--server goes with --relay: clients on a link find servers themselves");
            }
            return new BenchRun.Route(interfaceName, null, Ip4Address.ZERO, broadcastFlag);
        }
        if (server == null) {
            throw wrong("--relay needs --server ADDR, the server that the relay agent sends to");
        }
        return new BenchRun.Route(
                "", address("--relay", relay), address("--server", server), broadcastFlag);
    }

    private String where() {
        return relay == null ? interfaceName + "" : "the way to " + server + " from " + relay;
    }

    private Ip4Address address(String option, String text) {
        try {
            return Ip4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private Plan plan() {
        double rate = loop.rate == null ? 0 : loop.rate;
        int inFlight = loop.inFlight == null ? IN_FLIGHT_DEFAULT : loop.inFlight;
        within("--clients", clients, 1, Plan.CLIENTS_MAX);
        within("--start-client", (double) startClient, 0, 0x1p32 - clients);
        if (loop.rate == null) {
            within("--in-flight", inFlight, 1, clients);
        } else {
            within("--rate", rate, 0.001, RATE_MAX);
            inFlight = 0;
        }
        within("--seconds", seconds, 0.001, SECONDS_MAX);
        within("--warmup", warmup, 0, SECONDS_MAX);
        within("--timeout", timeout, 0.001, SECONDS_MAX);
        within("--retries", retries, 0, RETRIES_MAX);
        return new Plan(
                clients,
                startClient,
                inFlight,
                rate,
                mix(),
                nanos(seconds),
                nanos(warmup),
                nanos(timeout),
                retries,
                seed);
    }

    private Mix mix() {
        try {
            return Mix.parse(mix);
        } catch (IllegalArgumentException e) {
            throw wrong("--mix: " + e.getMessage());
        }
    }

    private void within(String option, double value, double min, double max) {
        // Written so that NaN is refused too.
        if (!(value >= min && value <= max)) {
            throw wrong(
                    option
                            + " is "
                            + number(value)
                            + ", expected "
                            + number(min)
                            + " to "
                            + number(max));
        }
    }

    private static String number(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
