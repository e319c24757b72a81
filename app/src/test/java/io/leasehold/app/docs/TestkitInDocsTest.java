package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page's test is one that runs in the build. */
class TestkitInDocsTest {
    private static final String FILE =
            "examples/src/test/java/io/leasehold/examples/MinimalServerTest.java";

    @Test
    void showsATestThatRuns() throws IOException {
        Path file = Page.project().resolve(FILE);
        Page page = Page.read("docs/testkit.md");
        assertThat(page.blocks())
                .filteredOn(block -> block.info().equals("java"))
                .singleElement()
                .satisfies(block -> assertThat(Files.readString(file)).endsWith(block.text()));
        assertThat(String.join("\n", page.prose())).contains(FILE);
    }
}
