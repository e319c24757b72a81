package io.leasehold.app.library;

import io.leasehold.app.docs.Page;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts an example as its reader would: with {@code java}. */
final class ExampleRun {
    private static final Duration START_WAIT_MAX = Duration.ofMinutes(1);

    private ExampleRun() {}

    /** Starts one on a host, and waits until it says that it is ready. */
    static LabProcess start(Host host, Class<?> example, String ready, String... arguments) {
        return start(
                host, System.getProperty("java.class.path"), example.getName(), ready, arguments);
    }

    /** As {@link #start}, from its source, with nothing but the library beside it. */
    static LabProcess startAsFile(Host host, Class<?> example, String ready, String... arguments) {
        List<String> library =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> entry.matches(".*/(protocol|lease|link|service)/.*"))
                        .toList();
        String file = "examples/src/main/java/" + example.getName().replace('.', '/') + ".java";
        return start(
                host,
                String.join(File.pathSeparator, library),
                Page.project().resolve(file).toString(),
                ready,
                arguments);
    }

    private static LabProcess start(
            Host host, String classPath, String program, String ready, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        program));
        command.addAll(List.of(arguments));
        LabProcess process =
                host.start(program.replaceAll(".*[./](?=\\w+(\\.java)?$)", ""), command);
        process.awaitLine(line -> line.contains(ready), ready, START_WAIT_MAX);
        return process;
    }
}
