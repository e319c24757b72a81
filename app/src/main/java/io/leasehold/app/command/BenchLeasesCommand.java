package io.leasehold.app.command;

import io.leasehold.app.bench.LeaseLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold bench leases}: how much memory and start time leases cost. */
@Command(
        name = "leases",
        mixinStandardHelpOptions = true,
        description = {
            "Write leases into a new journal, or load one as the start of a server does, and print"
                    + " how long that took and how much heap they take.",
            "Two commands and not one: a start is measured in a program that has just started."
        })
public final class BenchLeasesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--make",
            paramLabel = "N",
            description = "Write N leases. Without it, load those that are there.")
    private @Nullable Integer make;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The directory of the journal; with --make it has to be new or empty.")
    private Path data = Path.of(".");

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (make != null) {
            return make(make);
        }
        if (!Files.isDirectory(data)) {
            throw new ParameterException(
                    spec.commandLine(), "--data " + data + " is no directory: --make N makes one");
        }
        LeaseLoad.Loaded loaded = LeaseLoad.load(data);
        double megabytes = loaded.heapBytes() / 1e6;
        say(
                "%,d leases loaded in %.2f s; they take %.0f MB of heap, %.0f bytes each",
                loaded.leases(),
                loaded.loadNanos() / 1e9,
                megabytes,
                loaded.heapBytes() / Math.max(1.0, loaded.leases()));
        return 0;
    }

    private int make(int leases) throws IOException, InterruptedException {
        if (leases < 1 || leases > LeaseLoad.LEASES_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--make is " + leases + ", expected 1 to " + LeaseLoad.LEASES_MAX);
        }
        long before = System.nanoTime();
        LeaseLoad.make(data, leases);
        double seconds = (System.nanoTime() - before) / 1e9;
        say("%,d leases written and synced in %.2f s", leases, seconds);
        return 0;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void say(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }
}
