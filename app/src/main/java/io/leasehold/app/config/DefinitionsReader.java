package io.leasehold.app.config;

import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code option-definitions}, before anything that could name one of them. */
final class DefinitionsReader {
    private final Problems problems;
    private final Values values;
    private final OptionNames names;

    DefinitionsReader(Problems problems, OptionNames names) {
        this.problems = problems;
        this.values = new Values(problems);
        this.names = names;
    }

    void read(@Nullable YamlNode node) {
        for (YamlNode item : values.list(node, "option-definitions")) {
            Optional<Fields> fields =
                    Fields.of(item, "option-definitions", Section.OPTION_DEFINITION, problems);
            fields.ifPresent(this::definition);
        }
    }

    private void definition(Fields fields) {
        YamlNode nameNode = fields.require("name", "a name such as site-code");
        YamlNode codeNode = fields.require("code", "a number from 1 to 254");
        YamlNode typeNode = fields.require("type", "a type such as string");
        String name = nameNode == null ? null : name(nameNode);
        Integer code = codeNode == null ? null : code(codeNode);
        OptionType<?> type = typeNode == null ? null : type(typeNode);
        if (name == null || nameNode == null || code == null || type == null) {
            return;
        }
        Option<?> other = names.byName(name);
        if (other != null && other.code() != code) {
            problems.add(nameNode, "name: " + name + " is the name of option " + other.code());
            return;
        }
        names.define(new Option<>(code, name, type));
    }

    private @Nullable String name(YamlNode node) {
        String expected = "lower-case letters, digits and hyphens such as site-code";
        String name = values.text(node, "name", expected);
        if (name == null) {
            return null;
        }
        if (!name.matches("[a-z][a-z0-9-]{0,63}") || name.matches("option-[0-9]+")) {
            problems.expected(node, "name", expected);
            return null;
        }
        return name;
    }

    private @Nullable Integer code(YamlNode node) {
        Integer code = values.number(node, "code", 1, 254);
        if (code == null) {
            return null;
        }
        String why = ComputedOptions.reason(code);
        if (why != null) {
            problems.add(node, "code: option " + code + " cannot be set: " + why);
            return null;
        }
        if (!names.mayDefine(code)) {
            problems.add(
                    node, "code: option " + code + " is defined already, as " + names.name(code));
            return null;
        }
        return code;
    }

    private @Nullable OptionType<?> type(YamlNode node) {
        String expected = "one of " + String.join(", ", names.typeNames());
        String name = values.text(node, "type", expected);
        if (name == null) {
            return null;
        }
        OptionType<?> type = names.type(name);
        if (type == null) {
            problems.expected(node, "type", expected);
        }
        return type;
    }
}
