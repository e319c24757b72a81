package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ip4NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255",
        "10.20.0.0/16, 255.255.0.0, 10.20.255.255",
        "192.168.50.0/24, 255.255.255.0, 192.168.50.255",
        "192.0.2.4/31, 255.255.255.254, 192.0.2.5",
        "192.0.2.7/32, 255.255.255.255, 192.0.2.7"
    })
    void hasAMaskAndALastAddress(String text, String mask, String last) {
        Ip4Network network = Ip4Network.parse(text);
        assertThat(network).hasToString(text);
        assertThat(network.mask()).hasToString(mask);
        assertThat(network.last()).hasToString(last);
        assertThat(network.contains(network.address())).isTrue();
        assertThat(network.contains(network.last())).isTrue();
        boolean all = network.prefixBits() == 0;
        assertThat(network.contains(network.address().plus(-1))).isEqualTo(all);
        assertThat(network.contains(network.last().plus(1))).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/008",
                "10.0.0.0/08",
                "10.0.0/8",
                "10.0.0.0/a",
                "10.0.0.0/8 "
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ip4Network.parse(text));
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithTheNetworkThatIsMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ip4Network.parse("192.168.50.7/24"))
                .withMessage(
                        "192.168.50.7/24 has bits set behind its prefix;"
                                + " the network is 192.168.50.0/24");
        assertThat(Ip4Network.containing(Ip4Address.parse("192.168.50.7"), 24))
                .hasToString("192.168.50.0/24");
    }
}
