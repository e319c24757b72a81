package io.leasehold.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void spellsWhatATerminalMightObey() {
        assertThat(Printable.of("a\u001b[2J\u0000\n\u009b\u202e\u2028\ud800"))
                .isEqualTo("a\\x1b[2J\\x00\\x0a\\x9b\\u202e\\u2028\\ud800");
    }

    @Test
    void leavesTextAsItIs() {
        assertThat(Printable.of("printer-7 \u00fc\u65e5 \ud83d\ude00 \\x41"))
                .isEqualTo("printer-7 \u00fc\u65e5 \ud83d\ude00 \\x41");
    }

    @Test
    void cutsWhatIsVeryLong() {
        assertThat(Printable.quoted("a".repeat(100))).isEqualTo("\"" + "a".repeat(60) + "...\"");
    }
}
