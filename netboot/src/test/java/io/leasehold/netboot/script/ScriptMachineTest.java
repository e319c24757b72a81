package io.leasehold.netboot.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptMachineTest {
    private static final String UUID = "00112233-4455-6677-8899-aabbccddeeff";
    private static final ScriptMachine WHOLE =
            new ScriptMachine(
                    3,
                    Map.of(
                            "mac",
                            "52:54:00:77:01:00",
                            "arch",
                            "x64",
                            "uuid",
                            UUID,
                            "hostname",
                            "node-7"));

    @Test
    void writesAQueryThatItReadsAgain() {
        String query = WHOLE.query(200);

        assertThat(query)
                .isEqualTo(
                        "rule=3&mac=52:54:00:77:01:00&arch=x64&uuid=" + UUID + "&hostname=node-7");
        assertThat(ScriptMachine.ofQuery(query)).isEqualTo(WHOLE);
    }

    @Test
    void leavesOutTheHostNameWhereTheQueryHasNoRoomForIt() {
        String query = WHOLE.query(90);

        assertThat(query).endsWith(UUID).hasSizeLessThanOrEqualTo(90);
    }

    @Test
    void readsEscapesAndLeavesOutWhatItDoesNotKnow() {
        ScriptMachine read = ScriptMachine.ofQuery("mac=52%3A54%3a00%3A77:01:00&x=%0a&&uuid=");

        assertThat(read).isEqualTo(new ScriptMachine(0, Map.of("mac", "52:54:00:77:01:00")));
        assertThat(ScriptMachine.ofQuery("")).isEqualTo(new ScriptMachine(0, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "hostname=a%0achain+evil, the query's hostname is no host name",
        "hostname=a%20b, the query's hostname is no host name",
        "hostname=${net0/mac}, the query's hostname is no host name",
        "mac=52:54:00:77:01:0g, the query's mac is no hardware address",
        "mac=%0d, the query's mac is no hardware address",
        "arch=x64%0A, the query's arch is no architecture",
        "uuid=1, the query's uuid is no UUID",
        "rule=-1, the query's rule is no number",
        "rule=99999999999, the query's rule is no number",
        "mac=%zz, the query's mac has a wrong escape"
    })
    void refusesWhatIsNotWhatItsNameSays(String query, String why) {
        assertThatThrownBy(() -> ScriptMachine.ofQuery(query)).hasMessage(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a.", "a_b", "a\nb", "ä", "%n%s", "a b"})
    void takesNoHostNameThatIsNone(String name) {
        assertThat(ScriptMachine.isHostName(name)).isFalse();
        assertThat(ScriptMachine.isHostName("n".repeat(63))).isTrue();
        assertThat(ScriptMachine.isHostName("n".repeat(64))).isFalse();
    }
}
