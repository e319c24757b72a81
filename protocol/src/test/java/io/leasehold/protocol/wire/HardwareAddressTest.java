package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareAddressTest {
    @Test
    void isSpelledInLowerCaseWithColons() {
        HardwareAddress address = HardwareAddress.parse("52-54-00-AA-00-ff");
        assertThat(address).hasToString("52:54:00:aa:00:ff");
        assertThat(address.type()).isEqualTo(HardwareAddress.ETHERNET);
        assertThat(address.length()).isEqualTo(6);
        assertThat(address).isEqualTo(HardwareAddress.parse("52:54:00:aa:00:ff"));
        assertThat(address).hasSameHashCodeAs(HardwareAddress.parse("52:54:00:aa:00:ff"));
        assertThat(HardwareAddress.of(1, new byte[0])).hasToString("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "5",
                "525400aa0001",
                "52:54:00:aa:00:1",
                "52:54:00:aa:00:01:",
                "52:54:0g",
                "52:54:00 aa",
                "5\u0662:54",
                "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HardwareAddress.parse(text))
                .withMessageContaining("is not a hardware address such as 52:54:00:aa:00:01");
    }

    /** Infiniband and Ethernet with the same octets are two. */
    @Test
    void theTypeIsPartOfIt() {
        byte[] octets = {1, 2, 3};
        assertThat(HardwareAddress.of(1, octets)).isNotEqualTo(HardwareAddress.of(32, octets));
        assertThat(HardwareAddress.of(1, octets))
                .isNotEqualTo(HardwareAddress.of(1, new byte[] {1, 2, 3, 0}));
    }

    @Test
    void nobodyCanChangeIt() {
        byte[] octets = {1, 2, 3};
        HardwareAddress address = HardwareAddress.of(1, octets);
        octets[0] = 9;
        address.toBytes()[1] = 9;
        assertThat(address).hasToString("01:02:03");
    }

    @Test
    void whatNoMessageCanCarryIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HardwareAddress.of(1, new byte[17]));
        assertThatIllegalArgumentException().isThrownBy(() -> HardwareAddress.of(256, new byte[6]));
        assertThat(HardwareAddress.of(255, new byte[16]).length()).isEqualTo(16);
    }
}
