package io.leasehold.app.command;

import io.leasehold.app.Printable;
import io.leasehold.app.snapshot.Recorded;
import io.leasehold.app.snapshot.Recording;
import io.leasehold.app.snapshot.TestSource;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.OptionRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leasehold snapshot}: makes a JUnit test of a capture. */
@Command(
        name = "snapshot",
        sortOptions = false,
        description = {
            "Make a JUnit test of a capture (pcap or pcapng), that replays its requests against a"
                    + " handler and compares the answers, field by field and option by option.",
            "The test needs leasehold-testkit and JUnit Jupiter, and no network.",
            ""
        })
public final class SnapshotCommand implements Callable<Integer> {
    private static final Set<String> HEADER =
            Set.of(
                    "op", "htype", "hlen", "hops", "xid", "secs", "flags", "ciaddr", "yiaddr",
                    "siaddr", "giaddr", "chaddr", "sname", "file", "flaw");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The capture.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "TEST.java",
            description =
                    "The file to write; its name is the test's class. Default: standard output."
                            + " A file that this command has not made is not overwritten.")
    private @Nullable Path out;

    @Option(
            names = "--handler",
            paramLabel = "CLASS",
            defaultValue = "MyHandler",
            description =
                    "The handler's class, with its package, which is the test's too. It needs a"
                            + " constructor without parameters. Default: ${DEFAULT-VALUE}.")
    private String handler = "MyHandler";

    @Option(
            names = "--server",
            paramLabel = "ADDR",
            description =
                    "Compare with the answers that came from ADDR. Default: the server that"
                            + " answered most.")
    private @Nullable String server;

    @Option(
            names = "--ignore",
            paramLabel = "NAME",
            description =
                    "A field or option that may differ, such as dhcp-lease-time. May be repeated.")
    private List<String> ignored = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        checkNames();
        Recording recording;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            recording = Recording.read(in);
        }
        recording.notes().forEach(note -> err.println(file + ", " + Printable.of(note)));
        Ip4Address from = from(recording);
        if (from == null) {
            err.println("leasehold: " + file + ": found no answer of a server, so nothing to test");
            return 1;
        }
        List<Recorded> recorded = recording.of(from);
        int messages = recorded.stream().mapToInt(each -> 1 + each.answers().size()).sum();
        if (recorded.stream().allMatch(each -> each.answers().isEmpty())) {
            err.println(
                    "leasehold: " + file + ": " + from + " answered none of the requests there");
            return 1;
        }
        if (messages > Recording.MESSAGES_MAX) {
            err.println(
                    "leasehold: "
                            + file
                            + ": found "
                            + messages
                            + " messages, expected at most "
                            + Recording.MESSAGES_MAX
                            + " for one test; editcap cuts a capture to pieces");
            return 1;
        }
        others(recording, from, err);
        String capture = String.valueOf(file.getFileName());
        String text =
                new TestSource(
                                className(capture),
                                handler,
                                capture,
                                recording.network(from),
                                ignored)
                        .of(recorded);
        return write(text, err);
    }

    private @Nullable Ip4Address from(Recording recording) {
        if (server == null) {
            return recording.busiest();
        }
        try {
            return Ip4Address.parse(server);
        } catch (IllegalArgumentException e) {
            throw wrong("--server: " + e.getMessage());
        }
    }

    private static void others(Recording recording, Ip4Address from, PrintWriter err) {
        recording
                .servers()
                .forEach(
                        (address, count) -> {
                            if (!address.equals(from)) {
                                err.println(
                                        "leasehold: "
                                                + count
                                                + " answers of "
                                                + address
                                                + " are left out; --server "
                                                + address
                                                + " takes those instead");
                            }
                        });
    }

    private void checkNames() {
        if (!SourceVersion.isName(handler)) {
            throw wrong(
                    "--handler: found "
                            + Printable.quoted(handler)
                            + ", expected a class such as com.example.MyHandler");
        }
        for (String each : ignored) {
            if (!HEADER.contains(each) && OptionRegistry.STANDARD.byName(each) == null) {
                throw wrong(
                        "--ignore: "
                                + Printable.quoted(each)
                                + " is neither a field of the header such as secs nor an option"
                                + " such as dhcp-lease-time");
            }
        }
        if (out != null) {
            String name = String.valueOf(out.getFileName());
            String stem = name.endsWith(".java") ? name.substring(0, name.length() - 5) : "";
            if (!SourceVersion.isIdentifier(stem) || SourceVersion.isKeyword(stem)) {
                throw wrong(
                        "--out: found "
                                + Printable.quoted(name)
                                + ", expected a Java file such as OfficeTest.java");
            }
        }
    }

    /** The file's, or one made of the capture's name. */
    private String className(String capture) {
        if (out != null) {
            String name = String.valueOf(out.getFileName());
            return name.substring(0, name.length() - ".java".length());
        }
        StringBuilder name = new StringBuilder();
        for (String word : capture.replaceFirst("\\.[a-z]+$", "").split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        boolean begins = !name.isEmpty() && Character.isLetter(name.charAt(0));
        return (begins ? "" : "Capture") + name + "SnapshotTest";
    }

    private int write(String text, PrintWriter err) throws IOException {
        if (out == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (Files.exists(out) && !Files.readString(out).startsWith(TestSource.MARK)) {
            err.println(
                    "leasehold: "
                            + out
                            + ": is there already and does not begin with \""
                            + TestSource.MARK
                            + "\", so it is not overwritten");
            return 1;
        }
        Files.writeString(out, text);
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
