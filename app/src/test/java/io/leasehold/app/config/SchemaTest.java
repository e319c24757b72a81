package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    @Test
    void theSchemaForEditorsKnowsTheVeryKeysThatTheReaderKnows() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("docs"))) {
            root = root.getParent();
        }
        String text = Files.readString(root.resolve("docs/leasehold.schema.json"));
        JsonNode schema = JsonMapper.shared().readTree(text);
        List<String> parts = new ArrayList<>(schema.get("$defs").propertyNames());
        for (Section section : Section.ALL) {
            JsonNode part =
                    section.equals(Section.ROOT) ? schema : schema.get("$defs").get(section.name());
            assertThat(part).as(section.name()).isNotNull();
            assertThat(part.get("properties").propertyNames())
                    .as(section.name())
                    .containsExactlyInAnyOrderElementsOf(section.keys());
            assertThat(part.get("additionalProperties").asBoolean()).isFalse();
            parts.remove(section.name());
        }
        assertThat(parts).containsExactlyInAnyOrder("time", "options");
    }
}
