package io.leasehold.app.command;

import io.leasehold.app.Faults;
import io.leasehold.app.config.AppConfig;
import io.leasehold.app.control.ControlAnswer;
import io.leasehold.app.control.ControlClient;
import io.leasehold.app.leases.LeaseCsv;
import io.leasehold.app.leases.LeaseFilter;
import io.leasehold.app.leases.LeaseImport;
import io.leasehold.app.leases.LeaseJson;
import io.leasehold.app.leases.LeaseTableText;
import io.leasehold.app.leases.StoppedJournal;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leasehold leases}: what is on record, as people and as programs like it. */
@Command(
        name = "leases",
        sortOptions = false,
        description = {
            "List, export, import and clear leases.",
            "Prints a table unless told otherwise. The server may run or not, and is not disturbed;"
                    + " only --import wants it stopped. The options from --state on choose the"
                    + " leases that are printed or exported.",
            ""
        })
public final class LeasesCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "DIR",
            description = "The server's data directory. Default: ${DEFAULT-VALUE}.",
            defaultValue = AppConfig.DATA_DEFAULT_TEXT)
    private Path data = AppConfig.DATA_DEFAULT;

    @ArgGroup private What what = new What();
    @Mixin private LeaseFilterOptions filters = new LeaseFilterOptions();

    /** What to do; a table when nothing is said. */
    private static final class What {
        @Option(names = "--json", description = "Print a JSON array, one object a lease.")
        private boolean json;

        @Option(
                names = "--csv",
                description = "Print comma-separated values (RFC 4180), with a heading.")
        private boolean csv;

        @Option(
                names = "--export",
                paramLabel = "FILE",
                description =
                        "Write FILE, a JSON object a line, which --import reads; - is standard"
                                + " output.")
        private @Nullable Path export;

        @Option(
                names = "--import",
                paramLabel = "FILE",
                description =
                        "Take in such a FILE: all of it, or nothing when a line has errors. A lease"
                                + " replaces the one with its address. The server must not run.")
        private @Nullable Path take;

        @Option(
                names = "--clear",
                paramLabel = "ADDRESS",
                description = "Free an address that was declined, or answered a ping.")
        private @Nullable String clear;
    }

    @Override
    public Integer call() throws IOException {
        if (what.take != null) {
            refuseFilters("--import");
            return take(what.take);
        }
        if (what.clear != null) {
            refuseFilters("--clear");
            return clear(address(what.clear));
        }
        LeaseFilter filter = filters.filter(spec.commandLine());
        long now = Instant.now().getEpochSecond();
        JournalReader.View view = JournalReader.read(data);
        List<Lease> leases =
                view.leases().stream().filter(lease -> filter.matches(lease, now)).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (what.export != null && what.export.equals(STANDARD_OUTPUT)) {
            LeaseJson.writeLines(leases, now, out);
            out.flush();
        } else if (what.export != null) {
            export(leases, now, what.export);
            out.println(what.export + ": " + count(leases.size()) + " written");
        } else if (what.json) {
            LeaseJson.printArray(leases, now, out);
        } else if (what.csv) {
            LeaseCsv.print(leases, now, out);
        } else {
            LeaseTableText.print(leases, now, out);
        }
        for (String note : view.notes()) {
            err().println("leasehold: " + note);
        }
        return 0;
    }

    /** One who filters expects that it counts. */
    private void refuseFilters(String purpose) {
        CommandLine line = spec.commandLine();
        CommandSpec chosenBy = Objects.requireNonNull(spec.mixins().get("filters"));
        for (OptionSpec filter : chosenBy.options()) {
            if (line.getParseResult().hasMatchedOption(filter)) {
                throw new ParameterException(
                        line,
                        filter.longestName()
                                + " chooses leases to print or to export; it means nothing with "
                                + purpose);
            }
        }
    }

    /** Written aside and renamed, so that the file is whole or as it was. */
    private static void export(List<Lease> leases, long now, Path file) throws IOException {
        Faults.refuseDirectory(file);
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(aside, StandardCharsets.UTF_8)) {
                LeaseJson.writeLines(leases, now, out);
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw new IOException("cannot write " + file + ": " + Faults.reason(e), e);
        }
    }

    private int take(Path file) throws IOException {
        LeaseImport.Content content = LeaseImport.read(file);
        if (!content.errors().isEmpty()) {
            content.errors().forEach(err()::println);
            err().println("leasehold: nothing was imported");
            return 1;
        }
        if (ControlClient.ask(data, "status").isPresent()) {
            err().println("leasehold: a server runs on " + data + "; stop it to import leases");
            return 1;
        }
        StoppedJournal.add(data, content.leases());
        spec.commandLine().getOut().println(count(content.leases().size()) + " imported");
        return 0;
    }

    private int clear(Ip4Address address) throws IOException {
        Optional<ControlAnswer> asked = ControlClient.ask(data, "clear " + address);
        String why = asked.isPresent() ? asked.get().error() : StoppedJournal.clear(data, address);
        if (!why.isEmpty()) {
            err().println("leasehold: not cleared: " + why);
            return 1;
        }
        spec.commandLine().getOut().println(address + " is free again");
        return 0;
    }

    private Ip4Address address(String text) {
        try {
            return Ip4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--clear: " + e.getMessage(), e);
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private static String count(int leases) {
        return leases + (leases == 1 ? " lease" : " leases");
    }
}
