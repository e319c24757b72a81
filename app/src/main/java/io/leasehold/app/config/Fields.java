package io.leasehold.app.config;

import io.leasehold.app.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of one part of the file, unknown and repeated ones reported. */
final class Fields {
    private final YamlNode at;
    private final Map<String, YamlNode> values;
    private final Problems problems;

    private Fields(YamlNode at, Map<String, YamlNode> values, Problems problems) {
        this.at = at;
        this.values = values;
        this.problems = problems;
    }

    /**
     * @param name what error messages call this part, {@code "server"}
     * @return empty, and reported, when the node is something else than keys with values
     */
    static Optional<Fields> of(YamlNode node, String name, Section section, Problems problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.expected(node, name, "keys such as " + example(section.keys()));
            return Optional.empty();
        }
        Map<String, YamlNode> values = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            Integer before = lines.putIfAbsent(key, entry.key().line());
            if (before != null) {
                problems.add(entry.key(), shown(key) + ": given twice, first in line " + before);
            } else if (section.keys().contains(key)) {
                values.put(key, entry.value());
            } else {
                problems.add(entry.key(), unknown(key, section.keys()));
            }
        }
        return Optional.of(new Fields(node, values, problems));
    }

    private static String unknown(String key, List<String> known) {
        String nearest = Nearest.of(key, known);
        return shown(key)
                + ": unknown key, "
                + (nearest != null
                        ? "did you mean " + nearest + "?"
                        : "expected one of " + String.join(", ", known));
    }

    private static String shown(String key) {
        return key.matches("[a-zA-Z0-9_.-]{1,60}") ? key : Printable.quoted(key);
    }

    private static String example(List<String> keys) {
        return String.join(", ", keys.subList(0, Math.min(3, keys.size())));
    }

    /** Where this part begins. */
    YamlNode at() {
        return at;
    }

    /** The value of a key; null when the key is not there or has nothing behind it. */
    @Nullable YamlNode get(String key) {
        YamlNode value = values.get(key);
        return value instanceof YamlNode.Scalar scalar && scalar.isNothing() ? null : value;
    }

    /** As {@link #get}, and reported when there is none. */
    @Nullable YamlNode require(String key, String expected) {
        YamlNode value = get(key);
        if (value == null) {
            YamlNode empty = values.get(key);
            if (empty != null) {
                problems.expected(empty, key, expected);
            } else {
                problems.add(at, key + ": missing, expected " + expected);
            }
        }
        return value;
    }
}
