package io.leasehold.netboot.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a file that is there is answered with.
 *
 * @param status 200, 206, 304, 412 or 416
 * @param headers all but those that every answer has
 * @param first the first byte of the file that is sent
 * @param length how many bytes of the file are sent; 0 where none are, as for HEAD
 */
public record FileAnswer(int status, List<Header> headers, long first, long length) {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int MILLIS = 1000;
    private static final String OTHER_TYPE = "application/octet-stream";

    /** What firmware looks at (UEFI 2.10 §24.7.3), and what people look at. */
    private static final Map<String, String> TYPES =
            Map.of(
                    "efi", "application/efi",
                    "iso", "application/vnd.efi-iso",
                    "img", "application/vnd.efi-img",
                    "ipxe", "text/plain; charset=utf-8",
                    "txt", "text/plain; charset=utf-8",
                    "cfg", "text/plain; charset=utf-8",
                    "json", "application/json",
                    "xml", "application/xml",
                    "html", "text/html; charset=utf-8");

    /** A header of an answer. */
    public record Header(String name, String value) {}

    public FileAnswer {
        headers = List.copyOf(headers);
    }

    /**
     * Answers in the order of RFC 9110 §13.2.2: conditions first, then the range.
     *
     * @param head whether the body is left out (HEAD)
     * @param header gives the value of a request's header, null where there is none
     * @param path the file's
     * @param size its length in bytes
     * @param modifiedMillis when it was last changed, in milliseconds since 1970
     */
    public static FileAnswer of(
            boolean head,
            Function<String, @Nullable String> header,
            String path,
            long size,
            long modifiedMillis) {
        return of(head, header, path, size, tag(size, modifiedMillis), (Long) modifiedMillis);
    }

    /**
     * Answers for what was made for this request: its tag alone tells one from another, and nobody
     * in between is to keep it.
     *
     * @param tag the same for the same content
     */
    public static FileAnswer ofMade(
            boolean head,
            Function<String, @Nullable String> header,
            String path,
            long size,
            String tag) {
        return of(head, header, path, size, tag, null);
    }

    private static FileAnswer of(
            boolean head,
            Function<String, @Nullable String> header,
            String path,
            long size,
            String tag,
            @Nullable Long modifiedMillis) {
        Long modified = modifiedMillis == null ? null : Math.floorDiv(modifiedMillis, MILLIS);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("ETag", tag));
        headers.add(
                modifiedMillis == null
                        ? new Header("Cache-Control", "no-store")
                        : new Header("Last-Modified", HttpTime.text(modifiedMillis)));
        int failed = failedCondition(header, tag, modified);
        if (failed != 0) {
            return new FileAnswer(failed, headers, 0, 0);
        }
        headers.add(new Header("Accept-Ranges", "bytes"));
        ByteRange range =
                head || !sameAsBefore(header.apply("If-Range"), tag, modified)
                        ? null
                        : ByteRange.parse(header.apply("Range"), size);
        if (range != null) {
            headers.add(new Header("Content-Range", range.text(size)));
            if (range.length() == 0) {
                return new FileAnswer(RANGE_NOT_SATISFIABLE, headers, 0, 0);
            }
        }
        long length = range == null ? size : range.length();
        headers.add(new Header("Content-Type", type(path)));
        headers.add(new Header("Content-Length", Long.toString(length)));
        return new FileAnswer(
                range == null ? OK : PARTIAL_CONTENT,
                headers,
                range == null ? 0 : range.first(),
                head ? 0 : length);
    }

    /** A file that was put in another's place has another time, or another length. */
    private static String tag(long size, long modifiedMillis) {
        return "\"" + Long.toHexString(modifiedMillis) + "-" + Long.toHexString(size) + "\"";
    }

    private static int failedCondition(
            Function<String, @Nullable String> header, String tag, @Nullable Long modified) {
        String match = header.apply("If-Match");
        Long unmodifiedSince = HttpTime.seconds(header.apply("If-Unmodified-Since"));
        if (match != null) {
            if (!names(match, tag, false)) {
                return PRECONDITION_FAILED;
            }
        } else if (unmodifiedSince != null && modified != null && modified > unmodifiedSince) {
            return PRECONDITION_FAILED;
        }
        String noneMatch = header.apply("If-None-Match");
        Long modifiedSince = HttpTime.seconds(header.apply("If-Modified-Since"));
        if (noneMatch != null) {
            return names(noneMatch, tag, true) ? NOT_MODIFIED : 0;
        }
        boolean sameSince = modifiedSince != null && modified != null && modified <= modifiedSince;
        return sameSince ? NOT_MODIFIED : 0;
    }

    /** Whether a list of tags names this one; a weak tag does for If-None-Match alone. */
    private static boolean names(String list, String tag, boolean weakToo) {
        for (String each : list.split(",", -1)) {
            String one = each.strip();
            if (one.equals("*") || one.equals(tag) || weakToo && one.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** If-Range: a part is of use only of the file that the client has parts of. */
    private static boolean sameAsBefore(
            @Nullable String condition, String tag, @Nullable Long modified) {
        if (condition == null || condition.equals(tag)) {
            return true;
        }
        Long time = HttpTime.seconds(condition);
        return time != null && time.equals(modified);
    }

    private static String type(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, OTHER_TYPE);
    }

    /** The value of one of its headers; null where it has none of that name. */
    public @Nullable String header(String name) {
        for (Header each : headers) {
            if (each.name().equals(name)) {
                return each.value();
            }
        }
        return null;
    }
}
