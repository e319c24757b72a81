package io.leasehold.netboot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.netboot.files.BootRoot;
import io.leasehold.netboot.files.FileLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A request over HTTP, read from bytes: its target, and its headers. No name leaves the root, and
 * what is said of a file is true of it.
 */
public final class HttpScript {
    private static final int BYTES = 1000;

    private final Path root;
    private final BootRoot files;

    /** Fills a directory: a file, one in a directory, and links that lead in and out. */
    public HttpScript(Path directory) throws IOException {
        Path inside = Files.createDirectories(directory.resolve("root/uefi"));
        root = directory.resolve("root").toRealPath();
        Files.write(inside.resolve("snponly.efi"), new byte[BYTES]);
        Files.write(root.resolve("a"), new byte[BYTES]);
        Files.write(directory.resolve("key"), new byte[1]);
        Files.createSymbolicLink(root.resolve("in"), Path.of("uefi"));
        Files.createSymbolicLink(root.resolve("out"), Path.of("/etc"));
        Files.createSymbolicLink(root.resolve("k"), Path.of("../key"));
        files = new BootRoot(root);
    }

    public void run(byte[] script) {
        boolean head = (script[1] & 1) != 0;
        String text = new String(script, 1, script.length - 1, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\n", 3);
        open(lines[0]);
        String name = UrlPath.decode(lines[0]);
        if (name != null) {
            open(name);
        }
        String range = lines.length > 1 ? lines[1] : "";
        String condition = lines.length > 2 ? lines[2] : "";
        for (String each :
                new String[] {"If-Match", "If-None-Match", "If-Range", "If-Modified-Since"}) {
            answers(head, Map.of("Range", range, each, condition));
        }
    }

    private void open(String name) {
        if (files.open(name) instanceof FileLookup.Found(var file)) {
            try (file) {
                Path found = root.resolve(file.path()).toRealPath();
                assertThat(found.startsWith(root)).as(name).isTrue();
                assertThat(file.size()).isEqualTo(BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answers(boolean head, Map<String, String> headers) {
        FileAnswer answer = FileAnswer.of(head, headers::get, "a.efi", BYTES, 784111777000L);
        assertThat(answer.status()).isIn(200, 206, 304, 412, 416);
        assertThat(answer.first()).isNotNegative();
        assertThat(answer.length()).isBetween(0L, BYTES - answer.first());
        assertThat(answer.headers())
                .allMatch(header -> header.value().chars().allMatch(c -> c >= ' ' && c < 127));
        if (answer.length() > 0) {
            assertThat(answer.header("Content-Length")).isEqualTo("" + answer.length());
            assertThat(head).isFalse();
        }
    }
}
