package io.leasehold.netboot.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as headers have them, in whole seconds (RFC 9110 §5.6.7). */
final class HttpTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private HttpTime() {}

    static String text(long millis) {
        return FORM.format(Instant.ofEpochMilli(millis));
    }

    /** Seconds since 1970; null for what is no time, which counts as if it were not there. */
    static @Nullable Long seconds(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text.strip(), FORM).toEpochSecond();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
