package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The table {@code errors.golden}: each {@code ##} names a case, under it stands a file, and behind
 * {@code =>} the exact lines that an operator sees.
 */
class ConfigErrorsTest {
    @TestFactory
    Stream<DynamicTest> saysExactlyWhatIsWrong() throws IOException {
        String table = resource("errors.golden");
        List<String> cases = Stream.of(table.split("(?m)^## ")).skip(1).toList();
        assertThat(cases).hasSizeGreaterThan(20);
        return cases.stream().map(ConfigErrorsTest::test);
    }

    private static DynamicTest test(String text) {
        int title = text.indexOf('\n');
        int arrow = text.indexOf("\n=>\n");
        String yaml = text.substring(title + 1, arrow + 1);
        List<String> expected = text.substring(arrow + 4).lines().toList();
        return DynamicTest.dynamicTest(
                text.substring(0, title),
                () -> {
                    ConfigResult result = ConfigReader.read("f.yaml", yaml);
                    assertThat(result).isInstanceOf(ConfigResult.Refused.class);
                    assertThat(((ConfigResult.Refused) result).errors())
                            .containsExactlyElementsOf(expected);
                });
    }

    static String resource(String name) throws IOException {
        try (InputStream in = ConfigErrorsTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
