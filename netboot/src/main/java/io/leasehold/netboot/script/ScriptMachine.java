package io.leasehold.netboot.script;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the URL of a script says of the machine that fetches it: the boot service writes it into the
 * URL, so that nothing has to be remembered, and any server of the same rules can answer. Everybody
 * can write such a URL; what is read from one is what it says it is, and nothing else.
 *
 * @param rule the number of the rule, from 1; 0 where the URL does not say
 * @param values those of {@code mac}, {@code uuid}, {@code arch} and {@code hostname} that are
 *     known
 */
public record ScriptMachine(int rule, Map<String, String> values) {
    /** The names that stand for what a machine is. The last two the HTTP server knows. */
    public static final String MAC = "mac";

    public static final String UUID = "uuid";
    public static final String ARCHITECTURE = "arch";
    public static final String HOST_NAME = "hostname";
    public static final String ADDRESS = "ip";
    public static final String SERVER = "next-server";

    private static final String RULE = "rule";
    private static final int RULE_DIGITS_MAX = 6;

    private static final Map<String, String> SAID =
            Map.of(
                    MAC, "hardware address",
                    UUID, "UUID",
                    ARCHITECTURE, "architecture",
                    HOST_NAME, "host name");

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");
    private static final Map<String, Pattern> FORMS = forms();

    public ScriptMachine {
        Map<String, String> known = new LinkedHashMap<>();
        values.forEach(
                (name, value) -> {
                    Pattern form = FORMS.get(name);
                    if (form == null) {
                        throw new IllegalArgumentException(name + " is nothing of a machine");
                    }
                    if (!form.matcher(value).matches()) {
                        throw new IllegalArgumentException(
                                "the query's " + name + " is no " + SAID.get(name));
                    }
                    known.put(name, value);
                });
        values = Map.copyOf(known);
    }

    private static Map<String, Pattern> forms() {
        Map<String, Pattern> forms = new LinkedHashMap<>();
        forms.put(MAC, Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){0,15}"));
        forms.put(ARCHITECTURE, Pattern.compile("[a-z0-9-]{1,30}"));
        forms.put(UUID, Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"));
        forms.put(HOST_NAME, NAME);
        return forms;
    }

    /** Whether a name that a client sent is one that can stand in a script. */
    public static boolean isHostName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether a name stands for what a machine is, so that nothing else can be called so. */
    public static boolean isTaken(String name) {
        return FORMS.containsKey(name) || name.equals(ADDRESS) || name.equals(SERVER);
    }

    /**
     * The query of a URL, without its question mark.
     *
     * @param charactersMax how long it may be; the host name is left out where it does not fit
     */
    public String query(int charactersMax) {
        StringBuilder text = new StringBuilder(RULE + "=" + rule);
        for (String name : FORMS.keySet()) {
            String value = values.get(name);
            // No colon is escaped: a query may have it, and people read these URLs in logs.
            String part = value == null ? "" : "&" + name + "=" + value;
            if (text.length() + part.length() <= charactersMax) {
                text.append(part);
            }
        }
        return text.toString();
    }

    /**
     * Reads a query. Names that are not known are left out: a script may add its own.
     *
     * @throws IllegalArgumentException says in one line what is not what its name says
     */
    public static ScriptMachine ofQuery(String query) {
        int rule = 0;
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = decoded(name, equals < 0 ? "" : part.substring(equals + 1));
            if (name.equals(RULE)) {
                if (!value.matches("[0-9]{1," + RULE_DIGITS_MAX + "}")) {
                    throw new IllegalArgumentException("the query's rule is no number");
                }
                rule = Integer.parseInt(value);
            } else if (FORMS.containsKey(name) && !value.isEmpty()) {
                values.put(name, value);
            }
        }
        return new ScriptMachine(rule, values);
    }

    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the query's " + name + " has a wrong escape", e);
        }
    }

    /** A text as a part of a URL. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
