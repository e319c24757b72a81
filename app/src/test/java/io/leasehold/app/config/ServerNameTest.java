package io.leasehold.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.Ip4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerNameTest {
    @Test
    void readsAnAddress() {
        ServerName name = ServerName.parse("10.0.0.5");

        assertThat(name.address()).isEqualTo(Ip4Address.parse("10.0.0.5"));
        assertThat(name.port()).isZero();
        assertThat(name).hasToString("10.0.0.5");
    }

    @Test
    void readsANameWithAPort() {
        ServerName name = ServerName.parse("pihole-dhcp.pihole.svc.cluster.local:1067");

        assertThat(name.address()).isNull();
        assertThat(name.host()).isEqualTo("pihole-dhcp.pihole.svc.cluster.local");
        assertThat(name.port()).isEqualTo(1067);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "dhcp_1.lan", "3com.example.", "xn--bcher-kva.example", "a-b.c"})
    void takesWhatNamesConsistOf(String text) {
        assertThat(ServerName.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "-a",
                "10.0.0.256",
                "10.1",
                "0.0.0.0",
                "0.0.0.5",
                "255.255.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "fd00::1",
                "a b",
                "a/b"
            })
    void refusesWhatIsNeitherNameNorAddressOfAServer(String text) {
        assertThatThrownBy(() -> ServerName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("found \"" + text + "\", expected ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:", "a:0", "a:65536", "a:x", "10.0.0.5:-1", "10.0.0.5:67:68"})
    void refusesAPortThatIsNone(String text) {
        assertThatThrownBy(() -> ServerName.parse(text))
                .hasMessage(
                        "found \"" + text + "\", expected a port of 1 to 65535 behind the colon");
    }
}
