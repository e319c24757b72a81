package io.leasehold.app.send;

import io.leasehold.app.Printable;
import io.leasehold.app.config.Nearest;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option on the command line: {@code host-name=printer} in the spelling of configuration files,
 * or {@code 224=01:02}, the bytes themselves.
 *
 * @param code 1 to 254, without 52
 * @param value of any length, also one that is wrong for the option
 */
public record OptionArgument(int code, Octets value) {
    private static final Pattern BY_CODE = Pattern.compile("(?:option-)?([0-9]{1,3})");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none; the message says what was expected
     */
    public static OptionArgument parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "found "
                            + Printable.quoted(text)
                            + ", expected NAME=VALUE such as host-name=printer, or CODE=BYTES such"
                            + " as 224=01:02");
        }
        String name = text.substring(0, equals).trim();
        String value = text.substring(equals + 1);
        Matcher numbered = BY_CODE.matcher(name);
        if (numbered.matches()) {
            return new OptionArgument(
                    code(Integer.parseInt(numbered.group(1))), bytes(name, value));
        }
        Option<?> option = OptionRegistry.STANDARD.byName(name);
        if (option == null) {
            throw new IllegalArgumentException(unknown(name));
        }
        code(option.code());
        try {
            return new OptionArgument(option.code(), Octets.of(option.encodeSpelled(value)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static int code(int code) {
        if (code < 1 || code > 254 || code == OptionCode.OVERLOAD) {
            throw new IllegalArgumentException(
                    "option "
                            + code
                            + " cannot be set: expected 1 to 254, and not 52, which is set where a"
                            + " message needs the room");
        }
        return code;
    }

    private static Octets bytes(String name, String value) {
        try {
            return Octets.parseHex(value.startsWith("0x") ? value.substring(2) : value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name
                            + ": found "
                            + Printable.quoted(value)
                            + ", expected bytes such as 01:02 or 0x0102; an option by its name"
                            + " takes a text",
                    e);
        }
    }

    private static String unknown(String name) {
        List<String> names = new ArrayList<>();
        OptionRegistry.STANDARD.all().forEach(option -> names.add(option.name()));
        String nearest = Nearest.of(name, names);
        return Printable.quoted(name)
                + ": unknown option, "
                + (nearest != null
                        ? "did you mean " + nearest + "?"
                        : "expected a name of docs/options.md, or a code with bytes: 224=01:02");
    }
}
