import io.leasehold.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes a man page for each command, and the completion of the shells, from picocli's model of the
 * command line: what a command says of itself in its help is what the page says.
 *
 * <p>Pages.java DIRECTORY DATE VERSION
 */
final class Pages {
    /** So wide that nothing is wrapped: that is done by who reads the page. */
    private static final int WIDTH = 4000;

    private final String date;
    private final String version;
    private final Map<String, CommandSpec> commands = new TreeMap<>();

    private Pages(String date, String version) {
        this.date = date;
        this.version = version;
    }

    public static void main(String[] words) throws IOException {
        CommandLine line = Main.commandLine();
        Path directory = Files.createDirectories(Path.of(words[0]));
        // Before the width is changed, of which the script would tell nothing anyway.
        Files.writeString(directory.resolve("completion"), AutoComplete.bash("leasehold", line));
        line.setUsageHelpWidth(WIDTH);
        Pages pages = new Pages(words[1], words[2]);
        pages.collect(line.getCommandSpec());
        for (Map.Entry<String, CommandSpec> each : pages.commands.entrySet()) {
            Files.writeString(directory.resolve(each.getKey() + ".1"), pages.page(each.getValue()));
        }
    }

    private void collect(CommandSpec spec) {
        commands.put(pageName(spec), spec);
        for (CommandLine sub : new LinkedHashSet<>(spec.subcommands().values())) {
            if (!sub.getCommandSpec().usageMessage().hidden()) {
                collect(sub.getCommandSpec());
            }
        }
    }

    private static String pageName(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private String page(CommandSpec spec) {
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        StringBuilder out = new StringBuilder();
        out.append(".TH \"").append(escape(pageName(spec).toUpperCase(java.util.Locale.ROOT)));
        out.append("\" \"1\" \"").append(date).append("\" \"").append(escape("Leasehold " + version));
        out.append("\" \"Leasehold\"\n.nh\n.ad l\n");
        section(out, "NAME");
        out.append(escape(pageName(spec))).append(" \\- ").append(escape(inShort(spec))).append('\n');
        section(out, "SYNOPSIS");
        synopsis(out, spec, help);
        section(out, "DESCRIPTION");
        paragraphs(out, help.description().lines().toList());
        arguments(out, spec, help);
        subcommands(out, spec);
        exitCodes(out, spec);
        footer(out, spec);
        section(out, "SEE ALSO");
        seeAlso(out, spec);
        return out.toString();
    }

    private static void section(StringBuilder out, String heading) {
        out.append(".SH \"").append(escape(heading)).append("\"\n");
    }

    /** What a list of commands says of it: its first line, which is a sentence. */
    private static String inShort(CommandSpec spec) {
        String[] lines = spec.usageMessage().description();
        String first = lines.length == 0 ? spec.name() : String.format(lines[0]);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static void synopsis(StringBuilder out, CommandSpec spec, Help help) {
        String name = spec.qualifiedName();
        String all = help.synopsis(0).strip().replaceAll("\\s+", " ");
        out.append(".B ").append(escape(name)).append('\n');
        text(out, all.startsWith(name) ? all.substring(name.length()) : all);
    }

    private static void paragraphs(StringBuilder out, List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank()) {
                out.append(".PP\n");
                text(out, line);
            }
        }
    }

    private static void arguments(StringBuilder out, CommandSpec spec, Help help) {
        List<PositionalParamSpec> positional = new ArrayList<>(spec.positionalParameters());
        positional.removeIf(ArgSpec::hidden);
        Set<OptionSpec> loose = new LinkedHashSet<>(spec.options());
        loose.removeIf(ArgSpec::hidden);
        List<ArgGroupSpec> headed = new ArrayList<>(help.optionSectionGroups());
        headed.forEach(group -> loose.removeAll(group.allOptionsNested()));
        if (positional.isEmpty() && loose.isEmpty() && headed.isEmpty()) {
            return;
        }
        section(out, "OPTIONS");
        for (PositionalParamSpec each : positional) {
            out.append(".TP\n.I ").append(escape(each.paramLabel())).append('\n');
            described(out, help.createDefaultParameterRenderer()
                    .render(each, help.createDefaultParamLabelRenderer(), help.colorScheme()));
        }
        loose.forEach(each -> option(out, each, help));
        for (ArgGroupSpec group : headed) {
            String heading = String.format(group.heading()).strip();
            out.append(".SS \"").append(escape(heading.replaceAll(":$", ""))).append("\"\n");
            group.allOptionsNested().stream()
                    .filter(each -> !each.hidden())
                    .forEach(each -> option(out, each, help));
        }
    }

    private static void option(StringBuilder out, OptionSpec option, Help help) {
        Text label = help.createDefaultParamLabelRenderer()
                .renderParameterLabel(option, Help.Ansi.OFF, List.of());
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            names.add("\\fB" + escape(name) + "\\fR");
        }
        out.append(".TP\n").append(String.join(", ", names)).append(escape(label.plainString())).append('\n');
        described(out, help.createDefaultOptionRenderer()
                .render(option, help.createDefaultParamLabelRenderer(), help.colorScheme()));
    }

    /** The last column of each row is what is said of the option. */
    private static void described(StringBuilder out, Text[][] rows) {
        for (Text[] row : rows) {
            text(out, row[row.length - 1].plainString());
        }
    }

    private static void subcommands(StringBuilder out, CommandSpec spec) {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section(out, "COMMANDS");
        for (CommandLine sub : new LinkedHashSet<>(spec.subcommands().values())) {
            CommandSpec each = sub.getCommandSpec();
            if (!each.usageMessage().hidden()) {
                out.append(".TP\n\\fB").append(escape(pageName(each))).append("\\fR(1)\n");
                text(out, inShort(each) + ".");
            }
        }
    }

    /** A command that tells of no exit codes has those of the program. */
    private static void exitCodes(StringBuilder out, CommandSpec spec) {
        Map<String, String> codes = spec.usageMessage().exitCodeList();
        codes = codes.isEmpty() ? spec.root().usageMessage().exitCodeList() : codes;
        section(out, "EXIT STATUS");
        codes.forEach((code, what) -> {
            out.append(".TP\n").append(escape(code.strip())).append('\n');
            text(out, what);
        });
    }

    private static void footer(StringBuilder out, CommandSpec spec) {
        List<String> lines = new ArrayList<>();
        for (String line : spec.usageMessage().footer()) {
            String.format(line).lines().forEach(lines::add);
        }
        lines.removeIf(String::isBlank);
        if (!lines.isEmpty() && spec.parent() != null) {
            section(out, "NOTES");
            // An example keeps its lines.
            out.append(".nf\n");
            lines.forEach(line -> text(out, line));
            out.append(".fi\n");
        }
        if (spec.parent() == null) {
            section(out, "ENVIRONMENT");
            item(out, "LEASEHOLD_DATA", "The directory of the leases where nothing else is said. Default: /var/lib/leasehold.");
            item(out, "LEASEHOLD_JAVA_OPTS", "Options of the Java runtime, put after its own.");
            section(out, "FILES");
            item(out, "/etc/leasehold/leasehold.yaml", "What leasehold-server.service serves.");
            item(out, "/etc/leasehold/relay.yaml", "What leasehold-relay.service relays.");
            item(out, "/etc/leasehold/netboot.yaml", "What leasehold-netboot.service boots machines with.");
            item(out, "/var/lib/leasehold", "The leases of leasehold-server.service.");
        }
    }

    private static void item(StringBuilder out, String name, String what) {
        out.append(".TP\n.I ").append(escape(name)).append('\n');
        text(out, what);
    }

    private void seeAlso(StringBuilder out, CommandSpec spec) {
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, CommandSpec> each : commands.entrySet()) {
            if (each.getValue() != spec) {
                others.add("\\fB" + escape(each.getKey()) + "\\fR(1)");
            }
        }
        out.append(String.join(",\n", others)).append("\n.PP\n");
        text(out, "/usr/share/doc/leasehold");
    }

    private static void text(StringBuilder out, String text) {
        out.append(escape(text.strip())).append('\n');
    }

    /** What roff would take for its own is spelled out. */
    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int letter = text.codePointAt(at);
            switch (letter) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '"' -> out.append("\\(dq");
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                case '.' -> out.append(at == 0 ? "\\&." : ".");
                default -> {
                    if (letter < 128) {
                        out.appendCodePoint(letter);
                    } else {
                        out.append(String.format("\\[u%04X]", letter));
                    }
                }
            }
        }
        return out.toString();
    }
}
