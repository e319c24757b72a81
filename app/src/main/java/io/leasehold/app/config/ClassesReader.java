package io.leasehold.app.config;

import io.leasehold.server.config.ClientClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code classes}. */
final class ClassesReader {
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
            String text = pattern == null ? null : values.text(pattern, key, "a text or pattern");
            if (text != null) {
                matches.add(new ClientClass.Match(what, text));
            }
        }
        if (matches.isEmpty() && node instanceof YamlNode.Mapping map && map.entries().isEmpty()) {
            problems.add(node, "match: found no comparison, expected at least one");
        }
        return matches;
    }
}
