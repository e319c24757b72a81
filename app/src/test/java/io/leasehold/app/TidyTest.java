package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources stay small enough to be read: files, methods and lines have their lengths. */
class TidyTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 50;
    private static final int LINE_CHARACTERS_MAX = 110;

    @Test
    void sourcesStaySmall() throws IOException {
        List<Path> files = sources();
        assertThat(files).hasSizeGreaterThan(100);
        List<String> tooLong = new ArrayList<>();
        for (Path file : files) {
            check(file, Files.readAllLines(file), tooLong);
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void findsWhatIsTooLong() {
        List<String> lines = new ArrayList<>(List.of("class A {", "    void b() {"));
        for (int i = 0; i < FILE_LINES_MAX; i++) {
            lines.add("        c(" + "0".repeat(i == 7 ? LINE_CHARACTERS_MAX : 1) + ");");
        }
        lines.addAll(List.of("    }", "}"));
        List<String> tooLong = new ArrayList<>();
        check(Path.of("A.java"), lines, tooLong);
        assertThat(tooLong)
                .containsExactly(
                        "A.java: 404 lines",
                        "A.java:2: a method of 402 lines",
                        "A.java:10: 122 characters");
    }

    private static void check(Path file, List<String> lines, List<String> tooLong) {
        if (lines.size() >= FILE_LINES_MAX) {
            tooLong.add(file + ": " + lines.size() + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.length() >= LINE_CHARACTERS_MAX) {
                tooLong.add(file + ":" + (i + 1) + ": " + line.length() + " characters");
            }
            int end = isMethodStart(line) ? end(lines, i) : i;
            if (end - i + 1 >= METHOD_LINES_MAX) {
                tooLong.add(file + ":" + (i + 1) + ": a method of " + (end - i + 1) + " lines");
            }
        }
    }

    /** The sources are formatted: what ends with a brace behind parentheses and is no statement. */
    private static boolean isMethodStart(String line) {
        String code = line.strip();
        int paren = code.indexOf('(');
        boolean named = paren > 0 && code.substring(0, paren).matches("[\\w<>\\[\\], .@?]+ \\w+");
        return line.startsWith("    ")
                && named
                && !code.startsWith("return ")
                && !code.startsWith("new ")
                && !code.startsWith("else ")
                && !code.startsWith("throw ")
                && (code.endsWith("{") || code.endsWith("(") || code.endsWith(","));
    }

    /** The line that closes what begins at a line: the first brace alone at its indent. */
    private static int end(List<String> lines, int start) {
        String line = lines.get(start);
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        for (int i = start + 1; i < lines.size(); i++) {
            String next = lines.get(i);
            if (next.equals(indent + "}")) {
                return i;
            }
            boolean left = !next.isBlank() && !next.startsWith(indent);
            if (left) {
                return start;
            }
        }
        return start;
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("protocol/src"))) {
            root = root.getParent();
            assertThat(root).as("the repository's root").isNotNull();
        }
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module :
                    modules.filter(at -> Files.isDirectory(at.resolve("src"))).toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
