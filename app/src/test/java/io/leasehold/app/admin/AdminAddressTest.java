package io.leasehold.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAddressTest {
    @Test
    void readsAnAddressAndAPort() {
        assertThat(AdminAddress.parse("127.0.0.1:9067")).hasToString("/127.0.0.1:9067");
        assertThat(AdminAddress.parse("0.0.0.0:1").getPort()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "9067",
                ":9067",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "localhost:9067",
                "[::1]:9067"
            })
    void saysWhatIsNone(String text) {
        assertThatThrownBy(() -> AdminAddress.parse(text))
                .hasMessage("found \"" + text + "\", expected ADDRESS:PORT such as 127.0.0.1:9067");
    }
}
