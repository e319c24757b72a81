package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "45s, 45000",
        "45, 45000",
        "30m, 1800000",
        "1h, 3600000",
        "1h30m, 5400000",
        "2d, 172800000",
        "1w, 604800000",
        "1w2d3h4m5s6ms, 788645006",
        "0, 0",
    })
    void readsTimesAsPeopleWriteThem(String text, long millis) {
        assertThat(Durations.parseMillis(text)).isEqualTo(millis);
        assertThat(Durations.parseMillis(Durations.format(millis))).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "h", "1 h", "30m1h", "1h1h", "1h30", "-1s", "1y", "1H", "0x10", "1.5h"})
    void refusesWhatIsNoTime(String text) {
        assertThat(Durations.parseMillis(text)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999999999999999999w", "9223372036854775807"})
    void staysInBoundsWhenATimeIsTooLong(String text) {
        assertThat(Durations.parseMillis(text)).isGreaterThan(Integer.MAX_VALUE * 1000L);
    }
}
