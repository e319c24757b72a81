package io.leasehold.netboot.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions and ranges (RFC 9110 §13, §14), for a file of 1000 bytes. */
class FileAnswerTest {
    private static final long SIZE = 1000;

    /** 2026-01-02 03:04:05.678 UTC. */
    private static final long MODIFIED = 1_767_323_045_678L;

    private static final String TIME = "Fri, 02 Jan 2026 03:04:05 GMT";
    private static final String EARLIER = "Fri, 02 Jan 2026 03:04:04 GMT";
    private static final String TAG = get().header("ETag") + "";

    private static FileAnswer answer(boolean head, String path, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return FileAnswer.of(head, all::get, path, SIZE, MODIFIED);
    }

    private static FileAnswer get(String... headers) {
        return answer(false, "ipxe.efi", headers);
    }

    @Test
    void sendsTheWholeFileWithItsLengthTimeAndTag() {
        FileAnswer answer = get();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.first()).isZero();
        assertThat(answer.length()).isEqualTo(SIZE);
        assertThat(answer.header("Content-Length")).isEqualTo("1000");
        assertThat(answer.header("Last-Modified")).isEqualTo(TIME);
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(TAG).matches("\"[0-9a-f]+-3e8\"");
    }

    @Test
    void answersHeadAsGetWithoutItsBody() {
        FileAnswer answer = answer(true, "ipxe.efi", "Range", "bytes=0-9");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("1000");
        assertThat(answer.length()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "ipxe.efi, application/efi",
        "x64/BOOTX64.EFI, application/efi",
        "disk.iso, application/vnd.efi-iso",
        "disk.img, application/vnd.efi-img",
        "boot.ipxe, text/plain; charset=utf-8",
        "vmlinuz, application/octet-stream",
        "undionly.kpxe, application/octet-stream"
    })
    void tellsTheTypeThatFirmwareLooksFor(String path, String type) {
        assertThat(answer(false, path).header("Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-499, 0, 500",
        "bytes=500-, 500, 500",
        "bytes=999-, 999, 1",
        "bytes=990-5000, 990, 10",
        "bytes=-10, 990, 10",
        "bytes=-5000, 0, 1000"
    })
    void sendsThePartThatIsAskedFor(String range, long first, long length) {
        FileAnswer answer = get("Range", range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.first()).isEqualTo(first);
        assertThat(answer.length()).isEqualTo(length);
        assertThat(answer.header("Content-Length")).isEqualTo(Long.toString(length));
        assertThat(answer.header("Content-Range"))
                .isEqualTo("bytes " + first + "-" + (first + length - 1) + "/1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0"})
    void sendsNoPartOfWhatTheFileHasNot(String range) {
        FileAnswer answer = get("Range", range);
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.length()).isZero();
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */1000");
    }

    /** As old iPXE writes them, and strangers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=-",
                "bytes=10-5",
                "bytes=a-b",
                "bytes=1-b",
                "bytes=--5",
                "bytes=0--1",
                "bytes=0-1,5-6",
                "bytes=0x0-0x5",
                "bytes=99999999999999999999-",
                "bytes 0-5",
                "lines=0-5",
                "0-5",
                ""
            })
    void sendsTheWholeFileForARangeThatIsNone(String range) {
        FileAnswer answer = get("Range", range);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.length()).isEqualTo(SIZE);
        assertThat(answer.header("Content-Range")).isNull();
    }

    @Test
    void sendsTheFileOnlyWhereItIsTheOneThatIfMatchNames() {
        assertThat(get("If-Match", TAG).status()).isEqualTo(200);
        assertThat(get("If-Match", "\"other\", " + TAG).status()).isEqualTo(200);
        assertThat(get("If-Match", "*").status()).isEqualTo(200);
        assertThat(get("If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(get("If-Match", "W/" + TAG).status()).isEqualTo(412);
    }

    @Test
    void sendsTheFileOnlyWhereItIsAsOldAsIfUnmodifiedSinceSays() {
        assertThat(get("If-Unmodified-Since", TIME).status()).isEqualTo(200);
        assertThat(get("If-Unmodified-Since", EARLIER).status()).isEqualTo(412);
        assertThat(get("If-Unmodified-Since", "yesterday").status()).isEqualTo(200);
        assertThat(get("If-Match", TAG, "If-Unmodified-Since", EARLIER).status()).isEqualTo(200);
    }

    @Test
    void sendsNothingToWhomHasItAlready() {
        assertThat(get("If-None-Match", TAG).status()).isEqualTo(304);
        assertThat(get("If-None-Match", "W/" + TAG).status()).isEqualTo(304);
        assertThat(get("If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(get("If-Modified-Since", TIME).status()).isEqualTo(304);
        assertThat(get("If-Modified-Since", EARLIER).status()).isEqualTo(200);
        assertThat(get("If-None-Match", "\"other\"", "If-Modified-Since", TIME).status())
                .isEqualTo(200);
        assertThat(get("If-None-Match", TAG).length()).isZero();
    }

    @Test
    void sendsAPartOnlyOfTheFileThatIfRangeNames() {
        assertThat(get("Range", "bytes=0-9", "If-Range", TAG).status()).isEqualTo(206);
        assertThat(get("Range", "bytes=0-9", "If-Range", TIME).status()).isEqualTo(206);
        assertThat(get("Range", "bytes=0-9", "If-Range", "\"other\"").status()).isEqualTo(200);
        assertThat(get("Range", "bytes=0-9", "If-Range", EARLIER).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/a.efi, /a.efi",
        "/a%20b, '/a b'",
        "/%2e%2e/key, /../key",
        "/..%5ckey, /..\\key",
        "/a?b=c%, /a",
        "/%c3%a9, /é"
    })
    void decodesAPathBeforeItIsLookedAt(String target, String name) {
        assertThat(UrlPath.decode(target)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%2", "/%zz", "/%2", "/a%g0"})
    void decodesNoEscapeThatIsNone(String target) {
        assertThat(UrlPath.decode(target)).isNull();
    }

    /** What was made for this request has no time: nothing but its tag can be asked about. */
    @Test
    void tellsWhatWasMadeFromOtherThingsByItsTagAlone() {
        assertThat(made().status()).isEqualTo(200);
        assertThat(made().header("ETag")).isEqualTo("\"t\"");
        assertThat(made().header("Last-Modified")).isNull();
        assertThat(made().header("Cache-Control")).isEqualTo("no-store");
        assertThat(made("If-Modified-Since", TIME).status()).isEqualTo(200);
        assertThat(made("If-Unmodified-Since", EARLIER).status()).isEqualTo(200);
        assertThat(made("If-None-Match", "\"t\"").status()).isEqualTo(304);
        assertThat(made("If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(made("Range", "bytes=10-19").header("Content-Range"))
                .isEqualTo("bytes 10-19/1000");
        assertThat(made("Range", "bytes=10-19", "If-Range", "\"t\"").status()).isEqualTo(206);
        assertThat(made("Range", "bytes=10-19", "If-Range", "\"other\"").status()).isEqualTo(200);
        assertThat(made("Range", "bytes=10-19", "If-Range", TIME).status()).isEqualTo(200);
    }

    private static FileAnswer made(String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return FileAnswer.ofMade(false, all::get, "t.ipxe", SIZE, "\"t\"");
    }
}
