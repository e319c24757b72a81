package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
    @Test
    void pairsMayHaveColonsBetweenThem() {
        Octets octets = Octets.of((byte) 0x01, (byte) 0xab, (byte) 0xff);
        assertThat(Octets.parseHex("01:ab:ff")).isEqualTo(octets).hasSameHashCodeAs(octets);
        assertThat(Octets.parseHex("01ABff")).isEqualTo(octets);
        assertThat(octets).hasToString("01:ab:ff");
        assertThat(Octets.parseHex("")).isEqualTo(Octets.EMPTY);
        assertThat(octets.get(2)).isEqualTo(255);
        assertThat(octets.length()).isEqualTo(3);
    }

    /** What "0:1:2:3" means is anybody's guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0:1:2:3",
                ":",
                ":01",
                "01:",
                "01::02",
                "0102:3",
                "0g",
                "01 02",
                "\uff11\uff12"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Octets.parseHex(text))
                .withMessageContaining("is not a row of hexadecimal pairs such as 01:52:54");
    }

    @Test
    void nobodyCanChangeIt() {
        byte[] bytes = {1, 2};
        Octets octets = Octets.of(bytes);
        bytes[0] = 9;
        octets.toBytes()[1] = 9;
        assertThat(octets).hasToString("01:02");
    }
}
