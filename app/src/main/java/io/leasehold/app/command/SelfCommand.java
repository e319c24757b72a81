package io.leasehold.app.command;

import io.leasehold.app.Main;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this same program once more: the same JVM, options and classes. */
public final class SelfCommand {
    private SelfCommand() {}

    /** This program with other arguments, such as {@code serve -i eth0}. */
    public static List<String> with(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElse(System.getProperty("java.home") + "/bin/java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
