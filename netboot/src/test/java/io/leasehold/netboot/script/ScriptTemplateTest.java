package io.leasehold.netboot.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTemplateTest {
    private static final Map<String, String> VALUES =
            Map.of("mac", "52:54:00:77:01:00", "role", "web $1 \\ ${mac}", "town", "Köln");

    private static String fill(String template) {
        byte[] filled = ScriptTemplate.fill(template.getBytes(StandardCharsets.UTF_8), VALUES);
        return new String(filled, StandardCharsets.UTF_8);
    }

    @Test
    void putsValuesInForTheirNames() {
        assertThat(fill("kernel vmlinuz BOOTIF=${mac} x=${mac}\n"))
                .isEqualTo("kernel vmlinuz BOOTIF=52:54:00:77:01:00 x=52:54:00:77:01:00\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${net0/mac}",
                "${mac:hexhyp}",
                "${hostname}",
                "${MAC}",
                "${}",
                "$mac",
                "${mac",
                "{mac}"
            })
    void leavesWhatItDoesNotKnowToIpxe(String text) {
        assertThat(fill("echo " + text + "\n")).isEqualTo("echo " + text + "\n");
    }

    /** iPXE expands from the inside out. */
    @Test
    void putsValuesIntoNamesOfIpxe() {
        assertThat(fill("${menu-${mac}}")).isEqualTo("${menu-52:54:00:77:01:00}");
    }

    @Test
    void putsAValueInAsItIsAndDoesNotLookAtItAgain() {
        assertThat(fill("${role}.")).isEqualTo("web $1 \\ ${mac}.");
    }

    @Test
    void leavesBytesAloneThatAreNoText() {
        byte[] latin = {'e', 'c', 'h', 'o', ' ', (byte) 0xe4, (byte) 0xff, 0, '\n'};

        assertThat(ScriptTemplate.fill(latin, VALUES)).isEqualTo(latin);
        assertThat(fill("echo ä ${town}\n")).isEqualTo("echo ä Köln\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nsanboot", "a\rb", "a\0b", "a\u0085b", "\u007f", "a\\"})
    void knowsAValueThatWouldLeaveItsLine(String value) {
        assertThat(ScriptTemplate.isValue(value)).isFalse();
        assertThat(ScriptTemplate.isValue("a b; c ä \\d")).isTrue();
    }
}
