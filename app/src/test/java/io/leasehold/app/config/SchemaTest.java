package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.docs.Page;
import io.leasehold.netboot.proxy.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    private final JsonNode schema = schema();

    private static JsonNode schema() {
        return JsonMapper.shared()
                .readTree(Page.project().resolve("docs/leasehold.schema.json").toFile());
    }

    @Test
    void theSchemaForEditorsKnowsTheVeryKeysThatTheReaderKnows() {
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

    @Test
    void theSchemaForEditorsKnowsTheVeryArchitecturesThatTheReaderKnows() {
        List<String> known = new ArrayList<>();
        schema.at("/$defs/boot/properties/arch/enum").forEach(each -> known.add(each.asString()));
        assertThat(known)
                .containsExactlyElementsOf(
                        Arrays.stream(Architecture.values()).map(Architecture::key).toList());
    }
}
