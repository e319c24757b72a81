package io.leasehold.app.snoop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter: {@code type discover,request and not vlan 7}. Words of one key and its values,
 * joined by {@code and}, {@code or}, {@code not} and parentheses; {@code and} binds tighter.
 */
public final class FilterParser {
    static final List<String> KEYS =
            List.of(
                    "client",
                    "address",
                    "server",
                    "relay",
                    "xid",
                    "type",
                    "interface",
                    "vlan",
                    "host",
                    "vendor",
                    "option");

    private static final List<String> ALONE = List.of("request", "reply", "relayed", "wrong");
    private static final int DEPTH_MAX = 50;
    private static final Pattern TOKEN = Pattern.compile("\\s*([()]|\"[^\"]*\"|[^\\s()\"]+|\")");

    private record Token(String text, int at) {}

    private final List<Token> tokens = new ArrayList<>();
    private final int length;
    private int next;
    private int depth;

    private FilterParser(String text) {
        length = text.length();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(new Token(matcher.group(1), matcher.start(1) + 1));
            matcher.region(matcher.end(), text.length());
        }
    }

    /**
     * Reads a filter to say what is wrong with it.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static void check(String text) {
        if (!text.isEmpty()) {
            parse(text);
        }
    }

    /**
     * Reads a filter.
     *
     * @throws IllegalArgumentException the message says at which character, from 1, what was found,
     *     and what was expected
     */
    static Filter parse(String text) {
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.or();
        Token rest = parser.peek();
        if (rest != null) {
            throw wrong(rest.at, "found \"" + rest.text + "\", expected and, or, or the end");
        }
        return filter;
    }

    private @Nullable Token peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private boolean takes(String word) {
        Token token = peek();
        boolean there = token != null && token.text.equalsIgnoreCase(word);
        next += there ? 1 : 0;
        return there;
    }

    private Filter or() {
        Filter left = and();
        while (takes("or")) {
            Filter first = left;
            Filter second = and();
            left = (seen, finding) -> first.matches(seen, finding) || second.matches(seen, finding);
        }
        return left;
    }

    private Filter and() {
        Filter left = not();
        while (takes("and")) {
            Filter first = left;
            Filter second = not();
            left = (seen, finding) -> first.matches(seen, finding) && second.matches(seen, finding);
        }
        return left;
    }

    private Filter not() {
        Token token = peek();
        if (++depth > DEPTH_MAX && token != null) {
            throw wrong(token.at, "more than " + DEPTH_MAX + " within one another");
        }
        Filter filter;
        if (takes("not")) {
            Filter inner = not();
            filter = (seen, finding) -> !inner.matches(seen, finding);
        } else if (takes("(")) {
            filter = or();
            Token close = peek();
            if (!takes(")")) {
                throw close == null
                        ? wrong(length + 1, "expected \")\"")
                        : wrong(close.at, "found \"" + close.text + "\", expected \")\"");
            }
        } else {
            filter = term();
        }
        depth--;
        return filter;
    }

    private Filter term() {
        Token key = peek();
        if (key == null) {
            throw wrong(length + 1, "expected " + expected());
        }
        next++;
        String name = key.text.toLowerCase(Locale.ROOT);
        if (ALONE.contains(name)) {
            return alone(name);
        }
        if (!KEYS.contains(name)) {
            throw wrong(key.at, "found \"" + key.text + "\", expected " + expected());
        }
        Token value = peek();
        if (value == null || value.text.equals("(") || value.text.equals(")")) {
            throw wrong(
                    value == null ? length + 1 : value.at, "expected a value for \"" + name + "\"");
        }
        next++;
        return any(name, value);
    }

    /** A value is one of several, with commas between them; quoted, it is what it is. */
    private static Filter any(String key, Token value) {
        List<Filter> filters = new ArrayList<>();
        boolean quoted = value.text.startsWith("\"") && value.text.length() > 1;
        String text = quoted ? value.text.substring(1, value.text.length() - 1) : value.text;
        int at = value.at;
        for (String each : quoted ? List.of(text) : List.of(text.split(",", -1))) {
            try {
                filters.add(Filter.of(key, each));
            } catch (IllegalArgumentException e) {
                throw wrong(at, String.valueOf(e.getMessage()));
            }
            at += each.length() + 1;
        }
        return (seen, finding) -> filters.stream().anyMatch(one -> one.matches(seen, finding));
    }

    private static Filter alone(String name) {
        return switch (name) {
            case "request" -> Filter.of((message, seen) -> message.op() == 1);
            case "reply" -> Filter.of((message, seen) -> message.op() == 2);
            case "relayed" -> Filter.of((message, seen) -> !message.giaddr().isZero());
            default -> (seen, finding) -> !finding.notes().isEmpty();
        };
    }

    private static String expected() {
        return "one of "
                + String.join(", ", KEYS)
                + " with a value, or "
                + String.join(", ", ALONE);
    }

    private static IllegalArgumentException wrong(int at, String what) {
        return new IllegalArgumentException("at character " + at + ": " + what);
    }
}
