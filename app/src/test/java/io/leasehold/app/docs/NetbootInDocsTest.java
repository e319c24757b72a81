package io.leasehold.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.ParsedCommand;
import io.leasehold.app.netboot.BootCounts;
import io.leasehold.netboot.proxy.Architecture;
import io.leasehold.netboot.proxy.NetbootDropReason;
import io.leasehold.netboot.watch.BootStep;
import io.leasehold.netboot.watch.StuckAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.json.JsonMapper;

/** docs/netboot.md tells every flag, key, reason and architecture. */
class NetbootInDocsTest {
    private static final List<String> OF_EVERY_COMMAND = List.of("-h", "--help", "-V", "--version");

    private final String text;

    NetbootInDocsTest() throws IOException {
        text = Files.readString(Path.of(Page.project() + "/docs/netboot.md"));
    }

    @Test
    void tellsEveryFlag() {
        for (OptionSpec option : ParsedCommand.options("netboot")) {
            for (String name : option.names()) {
                if (!OF_EVERY_COMMAND.contains(name)) {
                    assertThat(text).contains("`" + name + "`");
                }
            }
        }
    }

    @Test
    void tellsEveryKey() throws Exception {
        String schema = Files.readString(Path.of(Page.project() + "/docs/leasehold.schema.json"));
        for (String part : List.of("netboot", "boot", "backend", "menu", "menu-item")) {
            JsonMapper.shared()
                    .readTree(schema)
                    .get("$defs")
                    .get(part)
                    .get("properties")
                    .propertyNames()
                    .forEach(key -> assertThat(text).containsPattern("`" + key + "[`:]"));
        }
    }

    @Test
    void tellsEveryReasonForWhichAMachineIsLeftAlone() {
        for (NetbootDropReason reason : NetbootDropReason.values()) {
            assertThat(text)
                    .contains("| `dropped-" + reason.label() + "` | " + reason.text() + " |");
        }
    }

    @Test
    void tellsWhereMachinesGetStuckAndWhatToLookAt() {
        for (StuckAt each : StuckAt.values()) {
            String look = each.look().replace("leasehold netboot --diagnose", "`$0`");
            assertThat(text)
                    .containsPattern("\\| `" + each.label() + "` \\| [^|]+ \\| ")
                    .contains("| " + look.replace("$0", "leasehold netboot --diagnose") + " |");
        }
    }

    @Test
    void tellsHowItIsKnownThatAMachineBooted() {
        for (BootStep.Evidence each : BootStep.Evidence.values()) {
            String label = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertThat(text).contains("| `" + label + "` | " + each.text());
        }
    }

    @Test
    void tellsEveryMetricWithItsLabels() {
        for (BootCounts.Kind each : BootCounts.Kind.values()) {
            String name = "leasehold_netboot_" + each.label().replace('-', '_') + "_total";
            assertThat(text).contains("| `" + name + "` | " + String.join(", ", each.labels()));
        }
    }

    @Test
    void tellsEveryArchitecture() {
        for (Architecture each : Architecture.values()) {
            assertThat(text)
                    .contains(
                            "| "
                                    + each.code()
                                    + " | `"
                                    + each.key()
                                    + "` | "
                                    + each.title()
                                    + " |");
        }
    }
}
