package io.leasehold.netboot.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The path of a request (RFC 3986 §2.1). */
public final class UrlPath {
    private UrlPath() {}

    /**
     * The name that a path stands for, once decoded: what it may not be is looked for afterwards,
     * so that nothing climbs as %2e%2e.
     *
     * @param target path and query, as the request has them
     * @return null where an escape is none
     */
    public static @Nullable String decode(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int value =
                        i + 2 < path.length() ? hex(path.charAt(i + 1), path.charAt(i + 2)) : -1;
                if (value < 0) {
                    return null;
                }
                bytes.write(value);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(char high, char low) {
        int a = Character.digit(high, 16);
        int b = Character.digit(low, 16);
        return a < 0 || b < 0 ? -1 : a * 16 + b;
    }
}
