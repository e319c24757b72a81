package io.leasehold.app;

/** Text from elsewhere, made fit for a terminal and for one line of a log. */
public final class Printable {
    private static final int QUOTED_CHARACTERS_MAX = 60;

    private Printable() {}

    /**
     * The text with everything that a terminal might obey (control characters, also those of
     * Unicode's second block, line and paragraph separators, and marks that turn the direction of
     * writing) spelled as {@code \x1b} or {@code \u202e}; backslashes are left alone.
     */
    public static String of(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
                if (clean != null) {
                    clean.append(c).append(text.charAt(i));
                }
            } else if (isPlain(c)) {
                if (clean != null) {
                    clean.append(c);
                }
            } else {
                if (clean == null) {
                    clean = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                clean.append(c < 256 ? String.format("\\x%02x", (int) c) : escape(c));
            }
        }
        return clean == null ? text : clean.toString();
    }

    private static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /** The text in quotes, printable, and cut where it is very long. */
    public static String quoted(String text) {
        if (text.length() > QUOTED_CHARACTERS_MAX) {
            return "\"" + of(text.substring(0, QUOTED_CHARACTERS_MAX)) + "...\"";
        }
        return "\"" + of(text) + "\"";
    }
}
