package io.leasehold.app.library;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts an example as its reader would: {@code java} and its class. */
final class ExampleRun {
    private static final Duration START_WAIT_MAX = Duration.ofMinutes(1);

    private ExampleRun() {}

    /** Starts one on a host, and waits until it says something that begins so. */
    static LabProcess start(Host host, Class<?> example, String ready, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        example.getName()));
        command.addAll(List.of(arguments));
        LabProcess process = host.start(example.getSimpleName(), command);
        process.awaitLine(line -> line.contains(ready), ready, START_WAIT_MAX);
        return process;
    }
}
