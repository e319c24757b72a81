package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.config.ConfigReader;
import io.leasehold.app.config.ConfigResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every configuration that the pages show is one. A block marked {@code yaml error} has mistakes,
 * and the block after it is what the program says of them.
 */
class YamlInDocsTest {
    private static final String FILE = "leasehold.yaml";

    @TestFactory
    Stream<DynamicTest> everyConfigurationShownIsAccepted() {
        List<Page.Block> blocks =
                Page.blocks("yaml").stream().filter(block -> block.info().equals("yaml")).toList();
        assertThat(blocks).hasSizeGreaterThan(2);
        return blocks.stream()
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        block.toString(),
                                        () ->
                                                assertThat(ConfigReader.read(FILE, block.text()))
                                                        .isInstanceOf(ConfigResult.Loaded.class)));
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeShownIsAnsweredAsShown() {
        List<Page.Block> blocks = Page.blocks("yaml error");
        assertThat(blocks).isNotEmpty();
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> compare(block)));
    }

    private static void compare(Page.Block mistaken) {
        List<Page.Block> blocks = mistaken.page().blocks();
        Page.Block shown = blocks.get(blocks.indexOf(mistaken) + 1);
        ConfigResult result = ConfigReader.read(FILE, mistaken.text());
        assertThat(result).isInstanceOf(ConfigResult.Refused.class);
        assertThat(((ConfigResult.Refused) result).errors()).isEqualTo(shown.lines());
    }
}
