package io.leasehold.app.config;

import io.leasehold.server.config.ClientClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code classes}. */
final class ClassesReader {
    private static final Pattern OCTETS = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2})*");

    /** The same with stars: none of it may stand where no spelling of octets has it. */
    private static final Pattern PARTS_OF_OCTETS =
            Pattern.compile("(?!.*([0-9a-f]{3}|:[0-9a-f]?:))[0-9a-f*]([0-9a-f:*]*[0-9a-f*])?");

    private final Problems problems;
    private final Values values;
    private final OptionsReader options;

    ClassesReader(Problems problems, OptionsReader options) {
        this.problems = problems;
        this.values = new Values(problems);
        this.options = options;
    }

    List<ClientClass> read(@Nullable YamlNode node) {
        List<ClientClass> classes = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (YamlNode item : values.list(node, "classes")) {
            Optional<Fields> fields = Fields.of(item, "classes", Section.CLASS, problems);
            fields.ifPresent(found -> classes.add(clientClass(found, lines)));
        }
        return classes;
    }

    private ClientClass clientClass(Fields fields, Map<String, Integer> lines) {
        String expected = "a name such as phones";
        YamlNode nameNode = fields.require("name", expected);
        String name = nameNode == null ? null : values.text(nameNode, "name", expected);
        if (nameNode != null && name != null) {
            Integer before = lines.putIfAbsent(name, nameNode.line());
            if (before != null) {
                problems.add(
                        nameNode,
                        "name: " + nameNode.found() + " is in line " + before + " already");
            }
        }
        YamlNode match = fields.require("match", "a comparison such as {vendor-class: \"Cisco*\"}");
        return new ClientClass(
                name == null ? "" : name,
                match == null ? List.of() : matches(match),
                options.read(fields.get("options")));
    }

    private List<ClientClass.Match> matches(YamlNode node) {
        Optional<Fields> fields = Fields.of(node, "match", Section.MATCH, problems);
        if (fields.isEmpty()) {
            return List.of();
        }
        List<ClientClass.Match> matches = new ArrayList<>();
        for (ClientClass.What what : ClientClass.What.values()) {
            String key = Section.spelled(what);
            YamlNode pattern = fields.get().get(key);
            String text = pattern == null ? null : pattern(what, pattern, key);
            if (text != null) {
                matches.add(new ClientClass.Match(what, text));
            }
        }
        if (matches.isEmpty() && node instanceof YamlNode.Mapping map && map.entries().isEmpty()) {
            problems.add(node, "match: found no comparison, expected at least one");
        }
        return matches;
    }

    /** A pattern that some client can match, in the spelling that it is compared in. */
    private @Nullable String pattern(ClientClass.What what, YamlNode node, String key) {
        String text = values.text(node, key, "a text or pattern");
        if (text == null) {
            return null;
        }
        return switch (what) {
            case HARDWARE -> octets(node, key, text, "52:54:00:*");
            case CLIENT_ID -> octets(node, key, text, "01:52:54:00:*");
            case ARCHITECTURE -> architecture(node, key, text);
            case VENDOR_CLASS, USER_CLASS, HOST_NAME, CIRCUIT_ID, REMOTE_ID -> text;
        };
    }

    private @Nullable String octets(YamlNode node, String key, String text, String example) {
        String spelled = text.toLowerCase(Locale.ROOT).replace('-', ':');
        if (OCTETS.matcher(spelled).matches()
                || spelled.indexOf('*') >= 0 && PARTS_OF_OCTETS.matcher(spelled).matches()) {
            return spelled;
        }
        problems.expected(node, key, "hexadecimal pairs such as " + example);
        return null;
    }

    private @Nullable String architecture(YamlNode node, String key, String text) {
        boolean number = text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 0xffff;
        if (number || text.indexOf('*') >= 0 && text.matches("[0-9*]+")) {
            return text;
        }
        problems.expected(node, key, "a number from 0 to 65535 such as 7 (RFC 4578)");
        return null;
    }
}
