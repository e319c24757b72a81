package io.leasehold.app.config;

import io.leasehold.app.Printable;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionType;
import io.leasehold.protocol.wire.Text;
import io.leasehold.server.config.OptionSet;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads option values, by name in the spelling of their type, or by code as bytes. */
final class OptionsReader {
    private static final int VALUE_BYTES_MAX = 1024;
    private static final Pattern BY_CODE = Pattern.compile("(?:option-)?([0-9]{1,9})");

    private final Problems problems;
    private final Values values;
    private final OptionNames names;

    OptionsReader(Problems problems, OptionNames names) {
        this.problems = problems;
        this.values = new Values(problems);
        this.names = names;
    }

    /** No options when there is no node. */
    OptionSet read(@Nullable YamlNode node) {
        if (node == null) {
            return OptionSet.EMPTY;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.expected(node, "options", "names with values such as routers: 192.168.1.1");
            return OptionSet.EMPTY;
        }
        Map<Integer, Octets> found = new LinkedHashMap<>();
        Map<Integer, Integer> lines = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            entry(entry, found, lines);
        }
        return new OptionSet(found);
    }

    private void entry(
            YamlNode.Entry entry, Map<Integer, Octets> found, Map<Integer, Integer> lines) {
        String key = entry.key().text();
        Matcher numbered = BY_CODE.matcher(key);
        boolean byCode = numbered.matches();
        int code;
        Option<?> option = null;
        if (byCode) {
            code = Integer.parseInt(numbered.group(1));
        } else {
            option = names.byName(key);
            if (option == null) {
                problems.add(entry.key(), unknown(key));
                return;
            }
            code = option.code();
        }
        if (!mayBeSet(entry.key(), code)) {
            return;
        }
        Integer before = lines.putIfAbsent(code, entry.key().line());
        if (before != null) {
            String also = key + ": option " + code + " is given twice, first in line " + before;
            problems.add(entry.key(), also);
            return;
        }
        Octets value = option == null ? raw(entry) : typed(key, option.type(), entry.value());
        if (value != null && value.length() > VALUE_BYTES_MAX) {
            String size = "a value of " + value.length() + " bytes, expected at most ";
            problems.add(entry.value(), key + ": found " + size + VALUE_BYTES_MAX);
        } else if (value != null && code == OptionCode.SUBNET_MASK && !isMask(value)) {
            String expected = "a mask such as 255.255.255.0, whose bits are ones and then zeros";
            problems.expected(entry.value(), key, expected);
        } else if (value != null) {
            found.put(code, value);
        }
    }

    private static boolean isMask(Octets value) {
        if (value.length() != 4) {
            return false;
        }
        int holes = ~ByteBuffer.wrap(value.toBytes()).getInt();
        return (holes & holes + 1) == 0;
    }

    private String unknown(String key) {
        String nearest = Nearest.of(key, names.names());
        return Printable.quoted(key)
                + ": unknown option, "
                + (nearest != null
                        ? "did you mean " + nearest + "?"
                        : "expected a name such as routers, a name from option-definitions,"
                                + " or option-224 with bytes");
    }

    private boolean mayBeSet(YamlNode key, int code) {
        String why = ComputedOptions.reason(code);
        if (why == null && code > 255) {
            why = "codes are from 1 to 254";
        }
        if (why != null) {
            String known = names.name(code);
            String name = known == null ? "" : " (" + known + ")";
            problems.add(key, "option " + code + name + " cannot be set: " + why);
        }
        return why == null;
    }

    private @Nullable Octets raw(YamlNode.Entry entry) {
        return values.hex(entry.value(), entry.key().text(), "0x0102 or 01:02");
    }

    private <T> @Nullable Octets typed(String name, OptionType<T> type, YamlNode node) {
        if (node instanceof YamlNode.Mapping) {
            problems.expected(node, name, type.description());
            return null;
        }
        List<YamlNode> items = values.items(node);
        StringBuilder joined = new StringBuilder();
        boolean whole = true;
        for (YamlNode item : items) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
                joined.append(joined.isEmpty() ? "" : ", ").append(scalar.text());
            } else {
                problems.expected(item, name, type.description());
                whole = false;
            }
        }
        if (!whole) {
            tellOfItems(name, type, items);
            return null;
        }
        try {
            T value = type.parse(joined.toString());
            if (value instanceof Text && items.size() > 1) {
                problems.expected(node, name, type.description());
                return null;
            }
            return Octets.of(type.encode(value));
        } catch (IllegalArgumentException e) {
            if (!tellOfItems(name, type, items)) {
                tell(node, name, e);
            }
            return null;
        }
    }

    /** Reports each item that cannot stand alone; false when there is none. */
    private boolean tellOfItems(String name, OptionType<?> type, List<YamlNode> items) {
        boolean told = false;
        for (YamlNode item : items) {
            try {
                if (item instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
                    type.parse(scalar.text());
                }
            } catch (IllegalArgumentException e) {
                tell(item, name, e);
                told = true;
            }
        }
        return told;
    }

    private void tell(YamlNode at, String name, IllegalArgumentException fault) {
        problems.add(at, name + ": " + Printable.of(fault.getMessage() + ""));
    }
}
