package io.leasehold.app.command;

import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leasehold demo}: real clients get their addresses, in a lab on this machine. */
@Command(
        name = "demo",
        description = {
            "Watch real clients get their addresses in a private lab.",
            "Makes a lab of network namespaces on this machine, serves it, and sets dhclient,"
                    + " udhcpc and dhcpcd on it. Nothing outside the lab is touched, and the lab is"
                    + " removed at the end. It goes on serving until Ctrl-C.",
            "It needs root, and calls sudo where it is not; clients that are missing are installed"
                    + " by apt-get, after saying so.",
            ""
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final Duration READY_WAIT_MAX = Duration.ofSeconds(20);

    private static final Duration APT_MAX = Duration.ofMinutes(10);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--once",
            description =
                    "End by itself: with 0 when every client has its address, with 1 when one got"
                            + " none within a minute.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (!isRoot()) {
            return asRoot(err);
        }
        String missing = missingPackages();
        if (!missing.isEmpty() && !install(err, missing)) {
            err.println("leasehold demo needs the packages " + missing + "; install them first");
            return USAGE;
        }
        return show(spec.commandLine().getOut());
    }

    private int show(PrintWriter out) {
        boolean allServed;
        try (Demo demo = new Demo(out, DemoCommand::serve)) {
            demo.startClients();
            allServed = demo.awaitAddresses();
            demo.showLeases();
            if (!once) {
                demo.say("demo", "goes on serving until Ctrl-C; from another terminal:");
                demo.say("demo", demo.hint());
                demo.serveOn();
                allServed = false;
            }
        }
        return allServed ? 0 : 1;
    }

    private static LabProcess serve(Demo demo, Host host) {
        List<String> command =
                SelfCommand.with(
                        "serve",
                        "-i",
                        Demo.IFACE,
                        "--pool",
                        Demo.POOL,
                        "--data",
                        demo.data().toString());
        LabProcess server = host.start("serve", command, line -> demo.say("server", line));
        server.awaitLine(line -> line.contains("ready"), "that it is ready", READY_WAIT_MAX);
        return server;
    }

    private static boolean isRoot() {
        return Shell.must("id", "-u").strip().equals("0");
    }

    /** Runs the same command again by sudo, with this terminal. */
    private int asRoot(PrintWriter err) throws IOException, InterruptedException {
        if (Shell.find("sudo") == null) {
            err.println(
                    "leasehold demo needs root to make network namespaces, and there is no sudo"
                            + " here; run it as root");
            return USAGE;
        }
        err.println("leasehold demo needs root to make network namespaces: calling sudo");
        List<String> command = new ArrayList<>(List.of("sudo"));
        command.addAll(once ? SelfCommand.with("demo", "--once") : SelfCommand.with("demo"));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static String missingPackages() {
        List<String> missing = new ArrayList<>();
        if (Shell.find("ip") == null) {
            missing.add("iproute2");
        }
        for (ClientProgram program : ClientProgram.values()) {
            if (!program.isInstalled()) {
                missing.add(program.debianPackage());
            }
        }
        return String.join(" ", missing);
    }

    /** Installs Debian packages; false where that is not possible or not allowed here. */
    private static boolean install(PrintWriter err, String packages) {
        if (Shell.find("apt-get") == null || System.getenv("LEASEHOLD_OFFLINE") != null) {
            return false;
        }
        err.println("leasehold demo: installing by apt: " + packages);
        err.flush();
        if (apt(packages)) {
            return true;
        }
        // Lists that are missing or older than the archive name no package, or files that are gone.
        Shell.run(List.of("apt-get", "-q", "update"), APT_MAX);
        return apt(packages);
    }

    private static boolean apt(String packages) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "DEBIAN_FRONTEND=noninteractive",
                                "apt-get",
                                "-q",
                                "-y",
                                "--no-install-recommends",
                                "install"));
        command.addAll(List.of(packages.split(" ", -1)));
        try {
            return Shell.run(command, APT_MAX).exit() == 0;
        } catch (LabException e) {
            return false;
        }
    }
}
