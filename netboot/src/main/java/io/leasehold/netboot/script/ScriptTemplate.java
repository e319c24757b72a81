package io.leasehold.netboot.script;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with names in it that values are put in for. iPXE spells its own settings the same way,
 * so that a name that is not known here stays as it is, for iPXE to expand.
 */
public final class ScriptTemplate {
    private static final Pattern NAME = Pattern.compile("\\$\\{([a-z][a-z0-9-]*)\\}");

    private ScriptTemplate() {}

    /**
     * Puts values in, once: what a value spells is not looked at again.
     *
     * @param template of any character set that has ASCII in it; other bytes stay as they are
     * @param values by name; see {@link #isValue}
     */
    public static byte[] fill(byte[] template, Map<String, String> values) {
        String text = new String(template, StandardCharsets.ISO_8859_1);
        String filled =
                NAME.matcher(text)
                        .replaceAll(
                                name -> {
                                    String value = values.get(name.group(1));
                                    return Matcher.quoteReplacement(
                                            value == null ? name.group() : bytesOf(value));
                                });
        return filled.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** UTF-8, a character for each of its bytes. */
    private static String bytesOf(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Whether a text is a name that a template can have. */
    public static boolean isName(String text) {
        return NAME.matcher("${" + text + "}").matches();
    }

    /** Whether a text stays on its line: a control character would begin another command. */
    public static boolean isValue(String text) {
        return text.chars().noneMatch(Character::isISOControl) && !text.endsWith("\\");
    }
}
