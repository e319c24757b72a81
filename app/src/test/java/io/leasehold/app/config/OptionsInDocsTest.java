package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.docs.Page;
import io.leasehold.protocol.wire.Option;
import io.leasehold.protocol.wire.OptionRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of options is the registry's, and every value in it can be written in a file. */
class OptionsInDocsTest {
    private static final Page PAGE = Page.read("docs/options.md");

    @Test
    void listsEveryOptionThatCanBeSet() {
        List<List<String>> expected = new ArrayList<>();
        for (Option<?> option : OptionRegistry.STANDARD.all()) {
            if (ComputedOptions.reason(option.code()) == null) {
                String code = Integer.toString(option.code());
                expected.add(List.of("`" + option.name() + "`", code, option.type().description()));
            }
        }
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(PAGE.rows().stream().map(row -> row.subList(0, 3)).toList())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void everyValueListedIsAccepted() {
        for (List<String> row : PAGE.rows()) {
            String name = row.getFirst().replace("`", "");
            String value = row.getLast().replace("`", "");
            String file =
                    """
                    interfaces: [eth1]
                    server:
                      options: {%s: '%s'}
                      subnets: [{subnet: 10.0.0.0/8}]
                    """
                            .formatted(name, value);
            assertThat(ConfigReader.read("f.yaml", file))
                    .as(file)
                    .isInstanceOf(ConfigResult.Loaded.class);
        }
    }
}
