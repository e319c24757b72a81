package io.leasehold.link.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For whom the helper makes neighbour entries, whatever it is asked. */
class HelperScopeTest {
    private static final HelperInterfaces ALL = new HelperInterfaces();

    @BeforeAll
    static void fill() {
        at("lo", 1, Netlink.IFF_LOOPBACK, "127.0.0.1", 8);
        at("eth0", 2, 0, "10.0.0.1", 24);
        at("eth1", 3, 0, "10.1.0.1", 24);
        at("größe %5", 4, 0, "10.2.0.1", 24);
    }

    private static void at(String name, int index, int flags, String address, int prefixBits) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        ALL.link(index, octets, flags, 1500, 1, new byte[NeighbourEntries.ETHERNET_OCTETS]);
        ALL.address(index, Ip4Address.parse(address).bits(), prefixBits, false);
    }

    private static HelperScope scope(List<String> interfaces, String... further) {
        List<Ip4Network> networks = List.of(further).stream().map(Ip4Network::parse).toList();
        List<String> arguments = HelperScope.arguments(interfaces, List.of(), networks);
        return HelperScope.parse(arguments.toArray(new String[0]));
    }

    private static boolean allows(HelperScope scope, int index, String address) {
        return scope.allows(ALL, index, Ip4Address.parse(address).bits());
    }

    @Test
    void allowsClientsInTheNetworksOfItsInterfacesOnly() {
        HelperScope scope = scope(List.of("eth0"));
        assertThat(allows(scope, 2, "10.0.0.9")).isTrue();
        assertThat(allows(scope, 2, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 3, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 9, "10.0.0.9")).isFalse();
    }

    @Test
    void allowsNoAddressOfTheHostItselfAndNoBroadcast() {
        HelperScope scope = scope(List.of(), "10.0.0.0/8");
        for (String each : List.of("10.0.0.1", "10.1.0.1", "10.0.0.0", "10.255.255.255")) {
            assertThat(allows(scope, 2, each)).as(each).isFalse();
        }
    }

    @Test
    void allowsEverybodyOnItsInterfacesByTheHardwareAddressOfEverybodyAlone() {
        HelperScope scope = scope(List.of("eth0"));
        assertThat(scope.allowsEverybody(ALL, 2)).isTrue();
        assertThat(scope.allowsEverybody(ALL, 3)).isFalse();
        assertThat(scope.allowsEverybody(ALL, 9)).isFalse();

        byte[] request = new byte[HelperRecord.REQUEST_BYTES];
        HelperRecord.putEverybody(request, 0, 2);
        assertThat(HelperRecord.isEverybody(request, 0)).isTrue();
        assertThat(HelperRecord.isWellFormed(request, 0)).isFalse();
        byte[] station = {2, 0, 0, 0, 0, 1};
        HelperRecord.put(request, 0, 2, Ip4Address.BROADCAST.bits(), station);
        assertThat(HelperRecord.isEverybody(request, 0)).isFalse();
        byte[] all = {-1, -1, -1, -1, -1, -1};
        HelperRecord.put(request, 0, 2, Ip4Address.parse("10.0.0.9").bits(), all);
        assertThat(HelperRecord.isEverybody(request, 0)).isFalse();
    }

    @Test
    void meansEveryInterfaceButTheLoopbackAndTheExcludedWhenNoneIsNamed() {
        HelperScope scope = HelperScope.parse("excluded=eth1");
        assertThat(allows(scope, 2, "10.0.0.9")).isTrue();
        assertThat(allows(scope, 3, "10.1.0.9")).isFalse();
        assertThat(allows(scope, 1, "127.0.0.9")).isFalse();
    }

    @Test
    void allowsFurtherNetworksOnItsInterfaces() {
        HelperScope scope = scope(List.of("eth0"), "172.16.0.0/16");
        assertThat(allows(scope, 2, "172.16.1.1")).isTrue();
        assertThat(allows(scope, 3, "172.16.1.1")).isFalse();
    }

    @Test
    void knowsAnInterfaceWhoseNameIsNotPlainAscii() {
        List<String> arguments = HelperScope.arguments(List.of("größe %5"), List.of(), List.of());
        assertThat(arguments).containsExactly("interface=gr%c3%b6%c3%9fe%20%255");
        HelperScope scope = HelperScope.parse(arguments.toArray(new String[0]));
        assertThat(allows(scope, 4, "10.2.0.9")).isTrue();
        assertThat(allows(scope, 2, "10.0.0.9")).isFalse();
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> HelperScope.parse("--all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found \"--all\", expected interface=, excluded= or network=");
    }
}
