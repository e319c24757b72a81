package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Ip4Network;
import io.leasehold.server.config.OptionSet;
import io.leasehold.server.config.Pool;
import io.leasehold.server.config.ServerConfig;
import io.leasehold.server.config.Settings;
import io.leasehold.server.config.SharedNetwork;
import io.leasehold.server.config.Subnet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoolMemoryTest {
    private static final ServerConfig LARGE =
            new ServerConfig(
                    List.of(
                            new SharedNetwork(
                                    "all",
                                    List.of(
                                            new Subnet(
                                                    Ip4Network.parse("10.0.0.0/8"),
                                                    List.of(
                                                            new Pool(
                                                                    Ip4Address.parse("10.0.0.1"),
                                                                    Ip4Address.parse(
                                                                            "10.255.255.254"))),
                                                    List.of(),
                                                    Settings.DEFAULT,
                                                    OptionSet.EMPTY)))),
                    List.of(),
                    OptionSet.EMPTY);

    @Test
    void warnsOfPoolsThatAreTooLargeForTheMemory() {
        assertThat(PoolMemory.warning(LARGE, 512 << 20))
                .isEqualTo(
                        "the pools have 16777214 addresses; leases of all of them take about 1759"
                                + " MB of memory, and this JVM takes 512 MB at most (-Xmx)");
    }

    @Test
    void saysNothingOfPoolsThatFit() {
        assertThat(PoolMemory.warning(LARGE, 4L << 30)).isNull();
    }
}
