package io.leasehold.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.Ip4Address;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay can be told to do, and one clear line for what it cannot. */
class RelayConfigTest {
    private static void refuses(ThrowingCallable wrong, String line) {
        assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class).hasMessage(line);
    }

    @Test
    void saysWhatIsWrongWithANumber() {
        RelayConfig config = RelayConfig.DEFAULTS;
        refuses(() -> config.withHopsMax(17), "the limit of hops: found 17, expected 0 to 16");
        refuses(
                () -> config.withServerPort(0),
                "the port of servers: found 0, expected 1 to 65535");
        refuses(
                () -> AgentInformation.NONE.withMessageBytesMax(299),
                "the bytes of a message with option 82: found 299, expected 300 to 65507");
        refuses(() -> new RateLimit(-1, 1), "requests a second: found -1, expected 0 to 1000000");
    }

    @Test
    void saysWhatIsWrongWithGiaddr() {
        refuses(
                () -> RelayConfig.DEFAULTS.withGiaddr(Ip4Address.parse("224.0.0.1")),
                "found 224.0.0.1, expected an address that a host can have");
    }

    @Test
    void saysWhatIsWrongWithCanaries() {
        refuses(
                () -> new Balance.Canary("a", 101),
                "the percentage of canary a: found 101, expected 0 to 100");
        refuses(
                () ->
                        new Balance(
                                true,
                                List.of(new Balance.Canary("a", 60), new Balance.Canary("b", 41))),
                "the percentages of all canaries together: found 101, expected 0 to 100");
        refuses(
                () -> new Balance(false, List.of(new Balance.Canary("a", 1))),
                "canary a needs servers to be balanced");
    }

    @Test
    void saysWhatIsWrongWithAFormat() {
        AgentInformation none = AgentInformation.NONE;
        refuses(
                () -> none.withCircuitId("a%x"),
                "\"a%x\" has a percent sign at character 2, expected %i, %a, %m or %% there");
        refuses(
                () -> none.withCircuitId("50%"),
                "\"50%\" has a percent sign at character 3, expected %i, %a, %m or %% there");
        refuses(
                () -> none.withRemoteId("caf\u00e9"),
                "\"caf\u00e9\" is not printable ASCII at character 4");
        refuses(
                () -> none.withRemoteId("0x12f"),
                "\"12f\" is not a row of hexadecimal pairs such as 01:52:54");
        String long256 = "x".repeat(209) + "%m";
        refuses(
                () -> none.withRemoteId(long256),
                "\"" + long256 + "\" may become 256 bytes long, expected at most 255");
        assertThat(none.withRemoteId("x".repeat(208) + "%m").isAdded()).isTrue();
    }

    @Test
    void servesWhatIsNamedAndNotExcluded() {
        RelayConfig config =
                RelayConfig.DEFAULTS
                        .withClientInterfaces(List.of("eth1", "eth2"))
                        .withExcludedInterfaces(List.of("eth2"))
                        .withBroadcastInterfaces(List.of("eth0"));

        assertThat(config.serves("eth1")).isTrue();
        assertThat(config.serves("eth2")).isFalse();
        assertThat(config.serves("eth0")).isFalse();
        assertThat(config.serves("eth3")).isFalse();
        assertThat(config.withClientInterfaces(List.of()).serves("eth3")).isTrue();
    }

    /** Constants of one class are parts of another's, whichever is used first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RelayConfig",
                "AgentInformation",
                "Balance",
                "RateLimit",
                "Relay",
                "IdFormat"
            })
    void everyClassCanBeTheFirstThatIsUsed(String name) throws Exception {
        URL[] rooms = {
            RelayConfig.class.getProtectionDomain().getCodeSource().getLocation(),
            Ip4Address.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader fresh =
                new URLClassLoader(rooms, ClassLoader.getPlatformClassLoader())) {
            Class.forName("io.leasehold.relay." + name, true, fresh);
            Class<?> config = Class.forName("io.leasehold.relay.RelayConfig", true, fresh);
            Object defaults = config.getField("DEFAULTS").get(null);
            for (RecordComponent component : config.getRecordComponents()) {
                assertThat(component.getAccessor().invoke(defaults))
                        .as(component.getName())
                        .isNotNull();
            }
        }
    }
}
