package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.ParsedCommand;
import io.leasehold.relay.RelayDropReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.json.JsonMapper;

/** docs/relay.md tells of every flag, every key and every reason for which nothing is relayed. */
class RelayInDocsTest {
    private static final List<String> OF_EVERY_COMMAND = List.of("-h", "--help", "-V", "--version");

    private final Page page = Page.read("docs/relay.md");
    private final List<String> cells =
            page.rows().stream().map(row -> row.getFirst() + " ").toList();

    private void expectRow(String name) {
        assertThat(cells).as(name).anyMatch(cell -> cell.contains("`" + name + "`"));
    }

    @Test
    void tellsEveryFlag() {
        for (OptionSpec option : ParsedCommand.options("relay")) {
            for (String name : option.names()) {
                if (!OF_EVERY_COMMAND.contains(name)) {
                    expectRow(name);
                }
            }
        }
    }

    @Test
    void tellsEveryKey() throws Exception {
        String schema = Files.readString(Path.of(Page.project() + "/docs/leasehold.schema.json"));
        JsonMapper.shared()
                .readTree(schema)
                .get("$defs")
                .get("relay")
                .get("properties")
                .propertyNames()
                .forEach(this::expectRow);
    }

    @Test
    void tellsEveryReasonForWhichNothingIsRelayed() {
        for (RelayDropReason reason : RelayDropReason.values()) {
            assertThat(page.rows())
                    .as(reason.name())
                    .contains(List.of("`" + reason.label() + "`", reason.text()));
        }
    }
}
