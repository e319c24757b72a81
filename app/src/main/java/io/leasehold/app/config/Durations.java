package io.leasehold.app.config;

/** Spans of time as the configuration spells them: {@code 1h}, {@code 1h30m}, {@code 500ms}. */
public final class Durations {
    /** What a span looks like, for error messages. */
    static final String EXPECTED = "a time such as 1h, 30m or 45s";

    private static final long MILLIS_MAX = Long.MAX_VALUE / 1000;

    private Durations() {}

    /** Milliseconds, 0 or more; -1 when the text is no span of time. A bare number is seconds. */
    public static long parseMillis(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return -1;
        }
        long total = 0;
        long unitBefore = Long.MAX_VALUE;
        int i = 0;
        while (i < text.length()) {
            int digits = i;
            long number = 0;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                number = Math.min(number * 10 + (text.charAt(i++) - '0'), MILLIS_MAX);
            }
            int letters = i;
            while (i < text.length() && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                i++;
            }
            boolean bare = digits == 0 && i == letters;
            long unit = bare ? 1000 : unitMillis(text.substring(letters, i));
            // Each unit is smaller than the one before it, so that 30m1h is a slip and not a span.
            if (letters == digits || unit <= 0 || unit >= unitBefore) {
                return -1;
            }
            unitBefore = unit;
            total = number > (MILLIS_MAX - total) / unit ? MILLIS_MAX : total + number * unit;
        }
        return total;
    }

    private static long unitMillis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            case "w" -> 7 * 86_400_000L;
            default -> -1;
        };
    }

    /** The spelling that {@link #parseMillis} reads, {@code 1h30m}. */
    static String format(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long of = unitMillis(unit);
            if (rest >= of) {
                text.append(rest / of).append(unit);
                rest %= of;
            }
        }
        return text.toString();
    }
}
