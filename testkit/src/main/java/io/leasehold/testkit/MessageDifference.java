package io.leasehold.testkit;

import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageText;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.protocol.wire.OptionRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two messages, field by field and option by option. The order of options,
 * where they lie and the padding behind them make no difference: they mean the same.
 *
 * @param field the field of the header or the option, {@code yiaddr} or {@code routers (3)}
 * @param expected what was expected; null where the option should not be there
 * @param actual what there is; null where the option is not there
 */
public record MessageDifference(String field, @Nullable String expected, @Nullable String actual) {
    /**
     * Every difference, in the order of the expected message.
     *
     * @param ignored names of fields and options that may differ: {@code xid}, {@code
     *     dhcp-lease-time}
     */
    public static List<MessageDifference> between(
            Message expected, Message actual, String... ignored) {
        Map<String, MessageText.Line> wanted = byLabel(expected);
        Map<String, MessageText.Line> found = byLabel(actual);
        Set<String> labels = new LinkedHashSet<>(wanted.keySet());
        labels.addAll(found.keySet());
        Set<String> names = names(ignored);
        List<MessageDifference> differences = new ArrayList<>();
        for (String label : labels) {
            MessageText.Line one = wanted.get(label);
            MessageText.Line other = found.get(label);
            MessageText.Line any = one != null ? one : other;
            if (any != null
                    && !names.contains(any.name())
                    && !same(expected, actual, any, one, other)) {
                differences.add(
                        new MessageDifference(
                                label,
                                one == null ? null : one.value(),
                                other == null ? null : other.value()));
            }
        }
        return List.copyOf(differences);
    }

    /** A name that is none would make a test ignore nothing, and say nothing of it. */
    private static Set<String> names(String... ignored) {
        Set<String> known = new LinkedHashSet<>(HEADER);
        OptionRegistry.STANDARD.all().forEach(option -> known.add(option.name()));
        for (String each : ignored) {
            if (!known.contains(each) && OptionRegistry.STANDARD.byName(each) == null) {
                throw new IllegalArgumentException(
                        "\""
                                + each
                                + "\" is neither a field of the header ("
                                + String.join(", ", HEADER)
                                + ") nor an option's name such as dhcp-lease-time");
            }
        }
        return Set.of(ignored);
    }

    private static final List<String> HEADER =
            List.of(
                    "op", "htype", "hlen", "hops", "xid", "secs", "flags", "ciaddr", "yiaddr",
                    "siaddr", "giaddr", "chaddr", "sname", "file", "flaw");

    private static Map<String, MessageText.Line> byLabel(Message message) {
        Map<String, MessageText.Line> lines = new LinkedHashMap<>();
        for (MessageText.Line line : MessageText.lines(message)) {
            boolean placing = line.code() == OptionCode.OVERLOAD;
            if (!placing) {
                lines.merge(
                        line.label(),
                        line,
                        (first, second) ->
                                new MessageText.Line(
                                        first.name(),
                                        first.code(),
                                        first.value() + "; " + second.value()));
            }
        }
        return lines;
    }

    /**
     * Options by their bytes: two spellings may look alike. sname and file hold options or text.
     */
    private static boolean same(
            Message expected,
            Message actual,
            MessageText.Line line,
            MessageText.@Nullable Line one,
            MessageText.@Nullable Line other) {
        if (one == null || other == null) {
            return false;
        }
        if (!line.isHeader()) {
            return Arrays.equals(expected.raw(line.code()), actual.raw(line.code()));
        }
        return text(one).equals(text(other));
    }

    /** A field that holds options is free of text, as an empty one is. */
    private static String text(MessageText.Line line) {
        return line.value().equals("(options)") ? "" : line.value();
    }

    /**
     * Fails when two messages differ.
     *
     * @param ignored names of fields and options that may differ
     * @throws AssertionError that lists every difference, a line each
     */
    public static void assertSame(Message expected, Message actual, String... ignored) {
        List<MessageDifference> differences = between(expected, actual, ignored);
        if (!differences.isEmpty()) {
            throw new AssertionError(describe(expected, actual, differences));
        }
    }

    static String describe(Message expected, Message actual, List<MessageDifference> differences) {
        StringBuilder text = new StringBuilder();
        text.append("expected ").append(expected).append(", and found ").append(actual);
        text.append("; they differ in\n");
        for (MessageDifference each : differences) {
            text.append("  ").append(each).append('\n');
        }
        return text.toString();
    }

    /** One line: {@code routers (3): expected 10.77.0.1, found none}. */
    @Override
    public String toString() {
        return field + ": expected " + shown(expected) + ", found " + shown(actual);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : value.isEmpty() ? "nothing in it" : value;
    }
}
