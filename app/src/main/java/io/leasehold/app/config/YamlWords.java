package io.leasehold.app.config;

import org.jspecify.annotations.Nullable;

/** Says what is wrong with YAML to those who know files, and not the grammar of YAML. */
final class YamlWords {
    private YamlWords() {}

    /**
     * @param problem what the parser found
     * @param context what it was reading; null when it does not say
     */
    static String of(@Nullable String problem, @Nullable String context) {
        String what = problem == null ? "" : problem;
        String where = context == null ? "" : context;
        if (what.contains("\\t(TAB)")) {
            return "found a tab, expected spaces";
        }
        if (what.startsWith("found character '")) {
            String character = what.replaceFirst("^found character '(.*?)'.*", "$1");
            return unquoted(character);
        }
        if (where.endsWith("an alias") || where.endsWith("an anchor")) {
            return unquoted(where.endsWith("an alias") ? "*" : "&");
        }
        if (what.startsWith("mapping values are not allowed")) {
            return "found a colon that begins no value; is the text to be quoted, or is the line"
                    + " above indented otherwise?";
        }
        if (what.contains("entries are not allowed")) {
            return "found a list where the line does not allow one";
        }
        if (what.startsWith("could not find expected ':'")) {
            return "found a line without a colon, expected a key and its value";
        }
        if (where.contains("quoted scalar")) {
            return "found a quote that does not end";
        }
        if (where.contains("block mapping") || where.contains("block collection")) {
            return "found another indentation than the lines above have";
        }
        if (where.contains("flow sequence")) {
            return "found a list that does not end with ]";
        }
        if (where.contains("flow mapping")) {
            return "found keys that do not end with }";
        }
        if (what.startsWith("expected the node content")) {
            return "found "
                    + token(what.replaceFirst(".*but found ", ""))
                    + " where a value begins";
        }
        return where.isEmpty() ? what : what + ", " + where;
    }

    /** Whether where it begins says more than where the parser was at a loss. */
    static boolean isOpen(@Nullable String context) {
        return context != null
                && (context.endsWith("a simple key")
                        || context.endsWith("an alias")
                        || context.endsWith("an anchor")
                        || context.contains("quoted scalar")
                        || context.contains("flow sequence")
                        || context.contains("flow mapping"));
    }

    private static String unquoted(String character) {
        return "found " + character + " where a text begins, expected it in quotes";
    }

    private static String token(String found) {
        return found.contains("end") ? "the end" : found.replace("'", "");
    }
}
