package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options of one's own, in sets that are combined. */
class OptionSetTest {
    private static final Option<Ip4Address> GATE = new Option<>(224, "gate", OptionTypes.ADDRESS);
    private static final Option<List<Ip4Address>> DOORS =
            new Option<>(225, "doors", OptionTypes.ADDRESSES);
    private static final Option<Integer> FLOOR =
            new Option<>(
                    226,
                    "floor",
                    OptionType.of(
                            "a floor, L and a number",
                            bytes -> {
                                if (bytes.length > 1) {
                                    throw new IllegalStateException("too long");
                                }
                                return bytes.length == 0 ? null : Integer.valueOf(bytes[0]);
                            },
                            floor -> new byte[] {floor.byteValue()},
                            text -> Integer.valueOf(text.substring(1))));

    private static Message with(int code, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        return MessageBuilder.request(HardwareAddress.parse("02:00:00:00:00:01"), 1)
                .type(MessageType.REQUEST)
                .option(code, value)
                .build();
    }

    @Test
    void laterSetsOverrideEarlierOnesByCodeAndByName() {
        Option<Integer> wideGate = new Option<>(224, "wide-gate", OptionTypes.U16);
        Option<Integer> otherDoors = new Option<>(230, "doors", OptionTypes.U8);
        OptionRegistry both =
                OptionRegistry.of(GATE, DOORS).and(OptionRegistry.of(wideGate, otherDoors));

        assertThat(both.byCode(224)).isEqualTo(wideGate);
        assertThat(both.byName("gate")).isNull();
        assertThat(both.byName("doors")).isEqualTo(otherDoors);
        assertThat(both.defines(225)).isFalse();
        assertThat(both.all()).containsExactly(wideGate, otherDoors);
    }

    @Test
    void aSetHasOneCodeToAName() {
        assertThatThrownBy(() -> OptionRegistry.of(GATE, new Option<>(9, "gate", OptionTypes.U8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"gate\" is already the name of option 224");
    }

    @Test
    void whatASetDoesNotKnowStaysRaw() {
        OptionRegistry set = OptionSets.BASIC.and(OptionRegistry.of(DOORS));

        assertThat(set.values(with(225, 10, 0, 0, 1, 10, 0, 0, 2)))
                .containsExactly(
                        Map.entry("dhcp-message-type", "3"),
                        Map.entry("doors", "10.0.0.1, 10.0.0.2"));
        assertThat(set.values(with(225, 10, 0, 0))).containsEntry("doors", "0a:00:00");
        assertThat(set.values(with(224, 1, 2))).containsEntry("option-224", "01:02");
        assertThat(OptionSets.PXE.values(with(93, 0, 7))).containsEntry("client-system", "7");
    }

    @Test
    void aTypeOfOnesOwnIsReadWrittenAndSpelled() {
        assertThat(with(226, 7).get(FLOOR)).isEqualTo(Field.present(7));
        assertThat(FLOOR.encodeSpelled(" L3")).containsExactly(3);
        assertThat(FLOOR.spell(new byte[] {7})).isEqualTo("7");
        assertThat(FLOOR.type().description()).isEqualTo("a floor, L and a number");
    }

    @Test
    void bytesThatATypeOfOnesOwnThrowsAtAreMalformed() {
        assertThat(with(226, 7, 8).get(FLOOR).isMalformed()).isTrue();
        assertThat(with(226).get(FLOOR))
                .isInstanceOfSatisfying(
                        Field.Malformed.class,
                        field -> assertThat(field.why()).contains("a floor, L and a number"));
    }
}
