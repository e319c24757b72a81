package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.docs.Page;
import io.leasehold.protocol.wire.OptionTypes;
import io.leasehold.server.ServerDrop;
import io.leasehold.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's page tells every key of the file, with the defaults and bounds that it has. */
class SettingsInDocsTest {
    private static final Page PAGE = Page.read("docs/server.md");
    private static final List<Section> ELSEWHERE =
            List.of(
                    Section.RELAY,
                    Section.NETBOOT,
                    Section.BOOT,
                    Section.BACKEND,
                    Section.MENU,
                    Section.MENU_ITEM);

    @Test
    void tellsEveryKeyThereIs() {
        String text = String.join("\n", PAGE.lines());
        for (Section section : Section.ALL) {
            if (ELSEWHERE.contains(section)) {
                // On pages of their own: RelayInDocsTest, NetbootInDocsTest.
                continue;
            }
            for (String key : section.keys()) {
                assertThat(text)
                        .as("%s of %s", key, section.name())
                        .containsPattern(
                                "(?m)`" + key + "[`:]|^ *(- )?\\{?" + key + ":|[{ ]" + key + ":");
            }
        }
    }

    @Test
    void tellsTheDefaultOfEverySetting() {
        for (Setting setting : Setting.values()) {
            String told = row(setting).get(1);
            if (told.startsWith("`")) {
                assertThat(settings(setting.key() + ": " + code(told)))
                        .as("%s: %s", setting.key(), told)
                        .isEqualTo(settings(""));
            }
        }
        // What is told in words.
        assertThat(settings("t1: 30m, t2: 52m30s").t1Seconds()).isEqualTo(3600 / 2);
        assertThat(settings("t1: 30m, t2: 52m30s").t2Seconds()).isEqualTo(3600 * 7 / 8);
        assertThat(settings("").bootFile()).isEmpty();
    }

    @Test
    void tellsTheBoundsOfEverySetting() {
        for (Setting setting : Setting.values()) {
            for (int column = 2; column <= 3; column++) {
                for (String bound : row(setting).get(column).split(", ", -1)) {
                    assertThat(bound.isEmpty() || errors(setting, code(bound)).isEmpty())
                            .as(
                                    "%s: %s is accepted: %s",
                                    setting.key(), bound, errors(setting, code(bound)))
                            .isTrue();
                }
            }
        }
        assertThat(errors(Setting.LEASE_TIME, "49711d")).isNotEmpty();
        assertThat(errors(Setting.DECLINE_HOLD, "366d")).isNotEmpty();
        assertThat(errors(Setting.PING_CHECK, "10001ms")).isNotEmpty();
    }

    @Test
    void tellsEveryReasonForSilence() {
        String text = String.join("\n", PAGE.prose());
        for (ServerDrop reason : ServerDrop.values()) {
            String shown = reason.text().replaceFirst("^option (50|54|61|82) is malformed$", "$1");
            assertThat(text).as(reason.name()).contains(shown);
        }
    }

    @Test
    void tellsEveryTypeOfADefinition() {
        String text = String.join("\n", PAGE.prose());
        for (String type : OptionTypes.names()) {
            assertThat(text).contains("`" + type + "`");
        }
    }

    private static List<String> row(Setting setting) {
        for (List<String> row : PAGE.rows()) {
            if (row.getFirst().equals("`" + setting.key() + "`")) {
                return row;
            }
        }
        throw new AssertionError("docs/server.md does not tell of " + setting.key());
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    private static Settings settings(String inner) {
        ConfigResult result = read(inner);
        assertThat(result).as(inner).isInstanceOf(ConfigResult.Loaded.class);
        return ((ConfigResult.Loaded) result)
                .config()
                .server()
                .networks()
                .getFirst()
                .subnets()
                .getFirst()
                .settings();
    }

    /**
     * With every other time out of its way: t1 and t2 want long leases, a long minimum longer ones.
     */
    private static List<String> errors(Setting setting, String value) {
        List<String> tried = new ArrayList<>();
        for (String beside :
                List.of("", ", lease-time: forever", ", t2: 365d, lease-time: forever")) {
            boolean twice = beside.contains(" " + setting.key() + ":");
            if (twice
                    || !(read(setting.key() + ": " + value + beside)
                            instanceof ConfigResult.Refused no)) {
                if (!twice) {
                    return List.of();
                }
                continue;
            }
            tried.addAll(no.errors());
        }
        return tried;
    }

    private static ConfigResult read(String inner) {
        String more = inner.isEmpty() ? "" : ", " + inner;
        return ConfigReader.read(
                "f.yaml",
                "interfaces: [eth1]\nserver: {subnets: [{subnet: 10.0.0.0/8" + more + "}]}\n");
    }
}
