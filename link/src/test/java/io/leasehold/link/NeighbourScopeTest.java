package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whom the helper makes neighbour entries, whatever it is asked. */
class NeighbourScopeTest {
    private static final List<NetworkInterface> ALL =
            List.of(
                    at("lo", 1, true, "127.0.0.1/8"),
                    at("eth0", 2, false, "10.0.0.1/24"),
                    at("eth1", 3, false, "10.1.0.1/24"));

    private static NetworkInterface at(String name, int index, boolean loopback, String address) {
        String[] parts = address.split("/", -1);
        return new NetworkInterface(
                name,
                index,
                HardwareAddress.of(0, new byte[0]),
                true,
                loopback,
                1500,
                List.of(
                        new InterfaceAddress(
                                Ip4Address.parse(parts[0]), Integer.parseInt(parts[1]))));
    }

    private static boolean allows(NeighbourScope scope, int index, String address) {
        return scope.allows(ALL, index, Ip4Address.parse(address));
    }

    @Test
    void allowsClientsInTheNetworksOfItsInterfacesOnly() {
        NeighbourScope scope = NeighbourScope.of("eth0");
        assertThat(allows(scope, 2, "10.0.0.9")).isTrue();
        assertThat(allows(scope, 2, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 3, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 9, "10.0.0.9")).isFalse();
    }

    @Test
    void allowsNoAddressOfTheHostItselfAndNoBroadcast() {
        NeighbourScope scope =
                new NeighbourScope(List.of(), List.of(), List.of(Ip4Network.parse("10.0.0.0/8")));
        for (String each : List.of("10.0.0.1", "10.1.0.1", "10.0.0.0", "10.255.255.255")) {
            assertThat(allows(scope, 2, each)).as(each).isFalse();
        }
    }

    @Test
    void meansEveryInterfaceButTheLoopbackAndTheExcludedWhenNoneIsNamed() {
        NeighbourScope scope = new NeighbourScope(List.of(), List.of("eth1"), List.of());
        assertThat(allows(scope, 2, "10.0.0.9")).isTrue();
        assertThat(allows(scope, 3, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 1, "127.0.0.9")).isFalse();
    }

    @Test
    void allowsFurtherNetworksOnItsInterfaces() {
        NeighbourScope scope =
                new NeighbourScope(
                        List.of("eth0"), List.of(), List.of(Ip4Network.parse("172.16.0.0/16")));
        assertThat(allows(scope, 2, "172.16.1.1")).isTrue();
        assertThat(allows(scope, 3, "172.16.1.1")).isFalse();
    }

    @Test
    void comesBackFromTheHelpersCommandLine() {
        NeighbourScope scope =
                new NeighbourScope(
                        List.of("eth0"),
                        List.of("eth1"),
                        List.of(Ip4Network.parse("172.16.0.0/16")));
        assertThat(NeighbourScope.parse(scope.toArguments())).isEqualTo(scope);
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> NeighbourScope.parse(List.of("--all")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found \"--all\", expected interface=, excluded= or network=");
    }
}
