package io.leasehold.app.command;

import io.leasehold.app.run.Signals;
import io.leasehold.app.snoop.FilterParser;
import io.leasehold.app.snoop.SnoopFile;
import io.leasehold.app.snoop.SnoopLive;
import io.leasehold.app.snoop.SnoopPlan;
import io.leasehold.app.snoop.SnoopUdp;
import io.leasehold.link.LinkException;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code leasehold snoop}: every DHCP message that passes, or that a capture file has. */
@Command(
        name = "snoop",
        sortOptions = false,
        description = {
            "Show every DHCP message that passes, or that a capture file has.",
            "A line each: time, interface, type, client, what it is about; with an answer, how long"
                    + " after its request; behind a \"!\" what is wrong. Ctrl-C ends it with a"
                    + " summary.",
            ""
        })
public final class SnoopCommand implements Callable<Integer> {
    private static final List<Integer> PORTS = List.of(67, 68, 4011);
    private static final int PORTS_MAX = 50;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            description = "Where to listen; may be repeated. Default: every interface that is up.")
    private List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description =
                    "A UDP port, source or destination; may be repeated. Default: 67, 68 and 4011.")
    private List<Integer> ports = new ArrayList<>();

    @Option(
            names = {"-f", "--filter"},
            paramLabel = "FILTER",
            defaultValue = "",
            description =
                    "Show only some: \"type discover,offer and not vlan 7\". Keys with a value:"
                            + " client, address, server, relay, xid, type, interface, vlan, host,"
                            + " vendor, option; words: request, reply, relayed, wrong; and, or,"
                            + " not, parentheses.")
    private String filter = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "In full: every field, every option by name.")
    private boolean verbose;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show nothing but the summary.")
    private boolean quiet;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write every frame of the ports to FILE, a pcapng file.")
    private @Nullable Path save;

    @Option(
            names = "--save-each",
            paramLabel = "PREFIX",
            description =
                    "Write each message shown to a file of its own, PREFIX-000001-discover.bin.")
    private @Nullable Path saveEach;

    @Option(
            names = {"-r", "--read"},
            paramLabel = "FILE",
            description = "Read a capture file, pcap or pcapng; - is standard input.")
    private @Nullable Path read;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages shown.")
    private @Nullable Long count;

    @Option(names = "--duration", paramLabel = "S", description = "End after S seconds.")
    private @Nullable Double seconds;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "always, never, or auto: on a terminal, unless NO_COLOR is set. Default: auto.")
    private String color = "auto";

    @Override
    public Integer call() throws IOException {
        SnoopPlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = plan.read();
        return file == null ? listen(plan, out, err) : new SnoopFile(plan, out, err).run(file);
    }

    private static int listen(SnoopPlan plan, PrintWriter out, PrintWriter err) throws IOException {
        SnoopLive live = new SnoopLive(plan, out, err);
        try {
            live.open();
        } catch (LinkException refused) {
            if (!String.valueOf(refused.getMessage()).contains("EPERM")) {
                throw refused;
            }
            err.println(
                    "leasehold: "
                            + refused.getMessage()
                            + "; what is sent to this host's own ports is shown instead");
            SnoopUdp udp = new SnoopUdp(plan, out, err);
            Signals.on("INT", udp::stop);
            Signals.on("TERM", udp::stop);
            return udp.run();
        }
        Signals.on("INT", live::stop);
        Signals.on("TERM", live::stop);
        return live.run();
    }

    private SnoopPlan plan() {
        List<Integer> chosen = ports.isEmpty() ? PORTS : ports.stream().distinct().toList();
        for (int port : chosen) {
            if (port < 1 || port > 65_535) {
                throw wrong("--port is " + port + ", expected 1 to 65535");
            }
        }
        if (chosen.size() > PORTS_MAX) {
            throw wrong("--port is given " + chosen.size() + " times, expected at most 50");
        }
        if (count != null && count < 1) {
            throw wrong("--count is " + count + ", expected 1 or more");
        }
        if (seconds != null && !(seconds > 0 && seconds < 1e9)) {
            throw wrong("--duration is " + seconds + ", expected seconds above 0");
        }
        if (read != null && (!interfaces.isEmpty() || seconds != null)) {
            throw wrong("--read reads a file: -i and --duration mean nothing with it");
        }
        if (json && verbose) {
            throw wrong("--json has every field already: leave -v out");
        }
        if (save != null && save.equals(read)) {
            throw wrong("--save would overwrite the file that --read reads");
        }
        try {
            FilterParser.check(filter);
        } catch (IllegalArgumentException e) {
            throw wrong("--filter: " + e.getMessage());
        }
        return new SnoopPlan(
                interfaces,
                chosen,
                filter,
                verbose,
                json,
                !json && colours(),
                quiet,
                save,
                saveEach,
                read,
                count == null ? 0 : count,
                seconds == null ? 0 : seconds);
    }

    private boolean colours() {
        return switch (color) {
            case "always" -> true;
            case "never" -> false;
            case "auto" -> {
                String noColor = System.getenv("NO_COLOR");
                yield (noColor == null || noColor.isEmpty())
                        && !"dumb".equals(System.getenv("TERM"))
                        && isTerminal();
            }
            default -> throw wrong("--color is " + color + ", expected always, never or auto");
        };
    }

    /** Standard output alone: a file may well come in by a pipe. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
