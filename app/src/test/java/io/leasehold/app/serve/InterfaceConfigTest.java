package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.InterfaceAddress;
import io.leasehold.link.NetworkInterface;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.OptionCode;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceConfigTest {
    private static final InterfaceConfig.Flags NO_FLAGS = flags();

    private static NetworkInterface interfaceOf(String name, String... addresses) {
        List<InterfaceAddress> all = new ArrayList<>();
        for (String address : addresses) {
            String[] parts = address.split("/", -1);
            all.add(new InterfaceAddress(Ip4Address.parse(parts[0]), Integer.parseInt(parts[1])));
        }
        return new NetworkInterface(
                name, 2, HardwareAddress.parse("52:54:00:77:00:01"), true, false, 1500, all);
    }

    private static InterfaceConfig.Flags flags(Pool... pools) {
        return new InterfaceConfig.Flags(List.of(pools), List.of(), List.of(), Settings.DEFAULT);
    }

    private static Pool pool(String first, String last) {
        return new Pool(Ip4Address.parse(first), Ip4Address.parse(last));
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.50.1/24, 192.168.50.0/24 [192.168.50.128-192.168.50.254]",
        "192.168.50.200/24, 192.168.50.0/24 [192.168.50.128-192.168.50.254]",
        "10.1.2.3/8, 10.0.0.0/8 [10.128.0.0-10.255.255.254]",
        "10.0.0.1/30, 10.0.0.0/30 [10.0.0.2-10.0.0.2]",
    })
    void givesAwayTheUpperHalfOfTheNetwork(String address, String served) {
        ServerConfig config = InterfaceConfig.of(List.of(interfaceOf("eth1", address)), NO_FLAGS);

        assertThat(InterfaceNetworks.text(config)).isEqualTo(served);
    }

    /** A ready line of a hundred networks is read by nobody, and cut by systemd. */
    @Test
    void tellsAFewOfManyNetworks() {
        List<NetworkInterface> many = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            many.add(interfaceOf("eth" + i, "10.1." + i + ".1/24"));
        }
        ServerConfig config = InterfaceConfig.of(many, NO_FLAGS);

        assertThat(InterfaceNetworks.text(config))
                .isEqualTo(
                        "10.1.1.0/24 [10.1.1.128-10.1.1.254]; 10.1.2.0/24 [10.1.2.128-10.1.2.254];"
                                + " 10.1.3.0/24 [10.1.3.128-10.1.3.254] and 37 more");
        assertThat(Few.of(List.of("eth1", "eth2", "eth3"), ", ")).isEqualTo("eth1, eth2, eth3");
        assertThat(Few.of(List.of("eth1", "eth2", "eth3", "eth4"), ", "))
                .isEqualTo("eth1, eth2, eth3, eth4");
        assertThat(Few.of(List.of("a", "b", "c", "d", "e"), ", ")).isEqualTo("a, b, c and 2 more");
    }

    @Test
    void servesTheNetworkOfThePrimaryAddress() {
        ServerConfig config =
                InterfaceConfig.of(
                        List.of(interfaceOf("eth1", "10.1.0.1/24", "10.2.0.1/24")), NO_FLAGS);

        assertThat(InterfaceNetworks.text(config)).isEqualTo("10.1.0.0/24 [10.1.0.128-10.1.0.254]");
    }

    @Test
    void putsEachPoolIntoItsNetwork() {
        List<NetworkInterface> two =
                List.of(interfaceOf("eth1", "10.1.0.1/24"), interfaceOf("eth2", "10.2.0.1/24"));

        ServerConfig config = InterfaceConfig.of(two, flags(pool("10.2.0.7", "10.2.0.9")));

        assertThat(InterfaceNetworks.text(config))
                .isEqualTo("10.1.0.0/24 [10.1.0.128-10.1.0.254]; 10.2.0.0/24 [10.2.0.7-10.2.0.9]");
    }

    @Test
    void givesRouterAndDnsOnlyIfGiven() {
        List<NetworkInterface> one = List.of(interfaceOf("eth1", "10.1.0.1/24"));
        assertThat(InterfaceConfig.of(one, NO_FLAGS).options().values()).isEmpty();

        ServerConfig config =
                InterfaceConfig.of(
                        one,
                        new InterfaceConfig.Flags(
                                List.of(),
                                List.of(Ip4Address.parse("10.1.0.254")),
                                List.of(Ip4Address.parse("10.1.0.1"), Ip4Address.parse("9.9.9.9")),
                                Settings.DEFAULT));

        assertThat(config.options().values().get(OptionCode.ROUTERS)).hasToString("0a:01:00:fe");
        assertThat(config.options().values().get(6)).hasToString("0a:01:00:01:09:09:09:09");
    }

    @Test
    void saysWhichPoolIsInNoNetwork() {
        assertThatThrownBy(
                        () ->
                                InterfaceConfig.of(
                                        List.of(interfaceOf("eth1", "10.1.0.1/24")),
                                        flags(pool("10.1.0.250", "10.1.1.9"))))
                .hasMessage(
                        "pool 10.1.0.250-10.1.1.9 is in no network of the interfaces served:"
                                + " 10.1.0.0/24");
    }

    @Test
    void saysThatThereIsNoAddressAndHowToGiveOne() {
        assertThatThrownBy(() -> InterfaceConfig.of(List.of(interfaceOf("eth1")), NO_FLAGS))
                .hasMessage(
                        "eth1 has no IPv4 address, so that its network is not known; give it one:"
                                + " ip address add 192.168.50.1/24 dev eth1");
    }

    @Test
    void saysThatANetworkHasNoRoomForClients() {
        assertThatThrownBy(
                        () ->
                                InterfaceConfig.of(
                                        List.of(interfaceOf("tun0", "10.1.0.1/31")), NO_FLAGS))
                .hasMessage(
                        "tun0 has 10.1.0.1/31, a network without room for clients; expected a"
                                + " prefix of at most /30");
    }

    @Test
    void followsAnInterfaceOnlyToWhatCanBeServed() {
        InterfaceNetworks networks =
                new InterfaceNetworks(
                        List.of("eth1"), NO_FLAGS, List.of(interfaceOf("eth1", "10.1.0.1/24")));
        ServerConfig first = networks.current();

        assertThat(networks.follow(List.of())).isNull();
        assertThat(networks.follow(List.of(interfaceOf("eth1")))).isNull();
        assertThat(networks.follow(List.of(interfaceOf("eth1", "10.1.0.1/31")))).isNull();
        assertThat(networks.follow(List.of(interfaceOf("eth1", "10.1.0.9/24")))).isNull();
        assertThat(networks.current()).isEqualTo(first);

        ServerConfig next = networks.follow(List.of(interfaceOf("eth1", "10.2.0.1/24")));

        assertThat(next).isNotNull().isEqualTo(networks.current());
        assertThat(InterfaceNetworks.text(next)).isEqualTo("10.2.0.0/24 [10.2.0.128-10.2.0.254]");
    }
}
