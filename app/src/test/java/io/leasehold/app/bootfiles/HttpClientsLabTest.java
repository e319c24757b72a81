package io.leasehold.app.bootfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real HTTP clients fetch real files, and requests that no client sends. */
@Tag("lab")
final class HttpClientsLabTest {
    private static final int BYTES = 1_000_000;
    private static final int LARGE_BYTES = 20_000_000;
    private static final String HTTP = "http://" + BootFilesLan.SERVER + ":8080/";

    private static BootFilesLan lan;
    private static Path file = Path.of("");

    @BeforeAll
    static void openLab() throws IOException {
        lan = new BootFilesLan();
        file = lan.file("ipxe.efi", BYTES);
        Files.writeString(lan.root().resolveSibling("root-secret"), "key\n");
        Files.createSymbolicLink(lan.root().resolve("out"), Path.of("../root-secret"));
    }

    @AfterAll
    static void closeLab() {
        lan.close();
    }

    private static String fetch(String command) {
        Shell.Result result = lan.fetch(command);
        assertThat(result.exit()).as(command + ": " + result.output()).isZero();
        return result.output();
    }

    /** Sends a request as it stands, with {@code |} for line ends, and returns the whole answer. */
    private static String raw(String request) {
        String lines = request.replace("|", "\\r\\n");
        return fetch(
                "exec 3<> /dev/tcp/"
                        + BootFilesLan.SERVER
                        + "/8080; printf '"
                        + lines
                        + "Host: x\\r"
                        + "\\n"
                        + "Connection: close\\r"
                        + "\\n"
                        + "\\r"
                        + "\\n"
                        + "' | cat >&3; timeout 20 cat <&3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -sS -o got " + HTTP + "ipxe.efi",
                "curl -sS --http1.0 -o got " + HTTP + "//ipxe.efi",
                "wget -q -O got " + HTTP + "ipxe.efi",
                "busybox wget -q -O got " + HTTP + "ipxe.efi"
            })
    void bringsAFileToEachClient(String client) throws IOException {
        Files.deleteIfExists(lan.fetched("got"));
        fetch(client);
        assertThat(Files.mismatch(lan.fetched("got"), file)).isEqualTo(-1);
        lan.awaitLog("INFO  HTTP 10.78.0.10 \"ipxe.efi\" 1,000,000 bytes in ");
    }

    /** More than is mapped at a time, and not from its start. */
    @Test
    void bringsALargeFileWhole() {
        lan.file("large.img", LARGE_BYTES);
        fetch("curl -sS -o large " + HTTP + "large.img && cmp large ../root/large.img");
        fetch(
                "curl -sS -r 1000001- -o rest "
                        + HTTP
                        + "large.img && cmp -i 0:1000001 rest ../root/large.img");
        lan.awaitLog("\"large.img\" 18,999,999 bytes in ");
    }

    @Test
    void readsAFileThatItsFileSystemLetsNobodyMap() throws IOException {
        assumeTrue(
                Files.exists(BootFilesLan.UNMAPPED), "a kernel without " + BootFilesLan.UNMAPPED);
        try (FileChannel channel = FileChannel.open(BootFilesLan.UNMAPPED)) {
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 1))
                    .isInstanceOf(IOException.class);
        }
        fetch("curl -sS -o got-unmapped " + HTTP + "unmapped");
        fetch("curl -sS -r 100000- -o rest-unmapped " + HTTP + "unmapped");
        fetch("cmp got-unmapped " + BootFilesLan.UNMAPPED);
        fetch("cmp -i 0:100000 rest-unmapped " + BootFilesLan.UNMAPPED);
        lan.awaitLog(
                String.format(
                        Locale.ROOT,
                        "\"unmapped\" %,d bytes in ",
                        Files.size(BootFilesLan.UNMAPPED)));
    }

    @Test
    void goesOnWhereADownloadWasCutOff() throws IOException {
        fetch(
                "head -c 400000 ../root/ipxe.efi > part && curl -sS -C - -o part "
                        + HTTP
                        + "ipxe.efi");
        assertThat(Files.mismatch(lan.fetched("part"), file)).isEqualTo(-1);
        lan.awaitLog("600,000 bytes in ");
    }

    @Test
    void answersHeadWithLengthAndType() {
        String answer = fetch("curl -sSI " + HTTP + "ipxe.efi");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("content-length: 1000000")
                .containsIgnoringCase("content-type: application/efi")
                .containsIgnoringCase("accept-ranges: bytes")
                .doesNotContainIgnoringCase("server:");
    }

    @Test
    void sendsNothingToWhomHasItAlready() {
        String get = "curl -sS -o got -w '%{http_code}' " + HTTP + "ipxe.efi";
        fetch("curl -sS --etag-save tag -o got " + HTTP + "ipxe.efi");
        assertThat(fetch(get + " --etag-compare tag")).isEqualTo("304");
        assertThat(fetch(get + " -H 'If-Match: \"other\"'")).isEqualTo("412");
        assertThat(fetch(get + " -z 'Wed, 01 Jan 2020 00:00:00 GMT'")).isEqualTo("200");
    }

    @Test
    void sendsManyFilesOverOneConnection() {
        String url = HTTP + "ipxe.efi";
        assertThat(fetch("curl -sS -o a -o b -w '%{num_connects} ' " + url + " " + url))
                .isEqualTo("1 0 ");
    }

    /** Row 31 of the bad input. */
    @ParameterizedTest
    @CsvSource({
        "/../root-secret, 400",
        "/..\\\\root-secret, 403",
        "/a/../../root-secret, 400",
        "/%2e%2e/root-secret, 400",
        "/%2e%2e%2froot-secret, 403",
        "/..%5croot-secret, 403",
        "/.%2e/root-secret, 400",
        "/out, 403",
        "/ipxe.efi%00.txt, 400",
        "/c:/boot.ini, 403",
        "//etc/passwd, 404",
        "/-secret, 404",
        "/none.efi, 404",
        "/%zz, 400",
        "/%, 400"
    })
    void letsNoPathLeaveTheRoot(String path, int status) {
        String answer = raw("GET " + path.replace("%", "%%") + " HTTP/1.1|");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("key\n");
    }

    @Test
    void findsNoFileOfAVeryLongName() {
        assertThat(raw("GET /" + "a".repeat(512) + " HTTP/1.1|")).startsWith("HTTP/1.1 404 ");
        assertThat(raw("GET /" + "a".repeat(20_000) + " HTTP/1.1|")).startsWith("HTTP/1.1 414 ");
    }

    @ParameterizedTest
    @CsvSource({"GARBAGE, 400", "GET / HTTP/9.9, 505", "POST /ipxe.efi HTTP/1.1, 405"})
    void answersRequestsThatAreNoneWithAnError(String line, int status) {
        assertThat(raw(line + "|")).startsWith("HTTP/1.1 " + status + " ");
    }

    /** As old iPXE writes them. */
    @Test
    void sendsTheWholeFileForARangeThatIsNone() {
        assertThat(
                        fetch(
                                "curl -sS -o got -w '%{http_code} %{size_download}' -H 'Range:"
                                        + " bytes=5-1' "
                                        + HTTP
                                        + "ipxe.efi"))
                .isEqualTo("200 1000000");
    }

    @Test
    void tellsWhereAClientWentAway() {
        lan.file("large.img", LARGE_BYTES);
        lan.fetch("timeout -s KILL 0.5 curl -sS --limit-rate 50k -o got " + HTTP + "large.img");
        lan.awaitLog("\"large.img\" stuck at ");
    }
}
