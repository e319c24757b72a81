package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ip4AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "1.2.3.4", "10.0.0.255", "192.168.50.1", "255.255.255.255"})
    void isSpelledAsItIsRead(String text) {
        Ip4Address address = Ip4Address.parse(text);
        assertThat(address).hasToString(text);
        assertThat(new Cursor(address.toBytes()).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.1000000000000",
                "-1.2.3.4",
                "+1.2.3.4",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.a",
                "0x1.2.3.4",
                "01.2.3.4",
                "1.2.3.00",
                "::1",
                "\u0661.2.3.4"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ip4Address.parse(text))
                .withMessage("\"" + text + "\" is not an IPv4 address such as 192.168.1.10");
    }

    @Test
    void isOrderedAsOnTheWire() {
        assertThat(Ip4Address.parse("127.255.255.255"))
                .isLessThan(Ip4Address.parse("128.0.0.0"))
                .isGreaterThan(Ip4Address.parse("9.255.255.255"));
        assertThat(Ip4Address.BROADCAST).isGreaterThan(Ip4Address.ZERO);
    }

    @Test
    void knowsItsKind() {
        assertThat(Ip4Address.ZERO.isZero()).isTrue();
        assertThat(Ip4Address.BROADCAST.isMulticast()).isFalse();
        assertThat(Ip4Address.parse("224.0.0.1").isMulticast()).isTrue();
        assertThat(Ip4Address.parse("239.255.255.255").isMulticast()).isTrue();
        assertThat(Ip4Address.parse("223.255.255.255").isMulticast()).isFalse();
        assertThat(Ip4Address.parse("127.8.9.1").isLoopback()).isTrue();
        assertThat(Ip4Address.parse("128.0.0.1").isLoopback()).isFalse();
    }

    @Test
    void countsOnAcrossOctets() {
        assertThat(Ip4Address.parse("10.0.0.255").plus(1)).hasToString("10.0.1.0");
        assertThat(Ip4Address.parse("127.255.255.255").plus(1)).hasToString("128.0.0.0");
        assertThat(Ip4Address.parse("10.0.0.0").plus(-1)).hasToString("9.255.255.255");
    }
}
