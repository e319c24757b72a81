package io.leasehold.app;

import io.leasehold.app.log.Logs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Exit codes: 0 done, 1 failed, 2 used or set up wrongly. */
@Command(
        name = "leasehold",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionOfBuild.class,
        description = "DHCP for a network: a server with a durable lease journal, and its tools.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is done.",
            "1:It failed, or a file has errors.",
            "2:The command line or the machine is not as it has to be; nothing was done."
        },
        footer = "%nHelp on a command: leasehold COMMAND --help")
public final class Main implements Callable<Integer> {
    private static final int LAST_WORDS_MILLIS_MAX = 1000;

    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Scripts ask for it often: answered without the parser, and without System.exit,
            // which would load all of logging to log itself.
            out.println(versionLine());
            return;
        }
        int exit = run(out, err, args);
        Logs.flush();
        System.exit(exit);
    }

    /** Runs one command line to its end, and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine(args)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (wrong, words) -> {
                            Misused.tell(wrong);
                            return 2;
                        })
                .setExecutionExceptionHandler(Main::report)
                .execute(args);
    }

    /** With the one command that the arguments name, or with all when they name none. */
    public static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        Commands commands = new Commands();
        Supplier<Callable<Integer>> named = args.length == 0 ? null : commands.all().get(args[0]);
        if (named != null) {
            return withHelp(line, args[0], named);
        }
        commands.all().forEach((name, command) -> withHelp(line, name, command));
        return line;
    }

    private static CommandLine withHelp(
            CommandLine line, String name, Supplier<Callable<Integer>> command) {
        CommandLine sub = new CommandLine(command.get());
        sub.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionOfBuild());
        return line.addSubcommand(name, sub);
    }

    private static int report(
            Exception failure, CommandLine line, CommandLine.@Nullable ParseResult parsed) {
        Logs.flush();
        tell(line.getErr(), "leasehold: " + Faults.inWords(failure));
        return 1;
    }

    /** Whoever starts a failed server anew waits for its end, which must not wait for a reader. */
    private static void tell(PrintWriter err, String line) {
        Thread teller = Thread.ofPlatform().daemon().start(() -> err.println(line));
        try {
            teller.join(LAST_WORDS_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String versionLine() {
        return "leasehold " + Version.text();
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "which command? One of those below.");
    }

    static final class VersionOfBuild implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {versionLine()};
        }
    }
}
