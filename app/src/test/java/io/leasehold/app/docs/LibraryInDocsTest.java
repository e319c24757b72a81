package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** All Java of the README and the library's page stands in an example, compiled and tested. */
class LibraryInDocsTest {
    private static final int README_LINES_MAX = 100;

    @TestFactory
    Stream<DynamicTest> allJavaShownIsOfAnExample() throws IOException {
        List<List<String>> examples = examples();
        List<DynamicTest> tests = new ArrayList<>();
        for (Page.Block block : blocks()) {
            tests.add(
                    DynamicTest.dynamicTest(
                            block.toString(),
                            () ->
                                    assertThat(examples)
                                            .as("the examples, one of which has\n" + block.text())
                                            .anyMatch(
                                                    lines -> has(lines, stripped(block.lines())))));
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    private static List<Page.Block> blocks() {
        return Stream.of("README.md", "docs/library.md")
                .flatMap(name -> Page.read(name).blocks().stream())
                .filter(block -> block.info().equals("java"))
                .toList();
    }

    @Test
    void findsJavaThatIsOfNoExample() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(4);
        assertThat(examples())
                .noneMatch(lines -> has(lines, List.of("public class Nowhere {", "int a;")));
        assertThat(has(List.of("a", "b", "c"), List.of("b", "c"))).isTrue();
        assertThat(has(List.of("a", "b", "c"), List.of("a", "c"))).isFalse();
    }

    @Test
    void everyExampleIsInTheListOfThePage() throws IOException {
        String page = String.join("\n", Page.read("docs/library.md").lines());
        for (Path file : files()) {
            assertThat(page).contains("](../" + Page.project().relativize(file) + ")");
        }
    }

    @Test
    void theReadmeStaysShort() {
        assertThat(Page.read("README.md").lines()).hasSizeLessThan(README_LINES_MAX);
    }

    private static boolean has(List<String> lines, List<String> wanted) {
        for (int at = 0; at + wanted.size() <= lines.size(); at++) {
            if (lines.subList(at, at + wanted.size()).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> files() throws IOException {
        Path directory = Page.project().resolve("examples/src/main/java/io/leasehold/examples");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("package-info.java")).sorted().toList();
        }
    }

    private static List<List<String>> examples() throws IOException {
        List<List<String>> examples = new ArrayList<>();
        for (Path file : files()) {
            examples.add(stripped(Files.readAllLines(file)));
        }
        return examples;
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
