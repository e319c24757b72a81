package io.leasehold.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease.State;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final HardwareAddress HARDWARE = HardwareAddress.parse("52:54:00:aa:00:01");
    private static final HardwareAddress NONE = HardwareAddress.of(0, new byte[0]);

    @Test
    void keepsWhatItWasMadeOf() {
        List<ClientKey> clients =
                List.of(
                        new ClientKey.ByHardware(HARDWARE),
                        new ClientKey.ByHardware(HardwareAddress.of(6, new byte[16])),
                        new ClientKey.ByHardware(NONE),
                        new ClientKey.ById(Octets.parseHex("01:52:54:00:aa:00:01")),
                        new ClientKey.ById(Octets.parseHex("06:52:54:00:aa:00:01")),
                        new ClientKey.ById(Octets.parseHex("01:52:54:00:aa:00:02")),
                        new ClientKey.ById(Octets.parseHex("00")),
                        new ClientKey.ById(Octets.of(new byte[254])),
                        new ClientKey.ById(Octets.of(new byte[255])),
                        new ClientKey.ById(Octets.of(new byte[70_000])));
        for (ClientKey client : clients) {
            for (HardwareAddress hardware :
                    List.of(HARDWARE, NONE, HardwareAddress.of(255, new byte[16]))) {
                for (String name : List.of("", "printer", "büro-\u6771\u4eac", "x".repeat(255))) {
                    for (Octets agent : List.of(Octets.EMPTY, Octets.of(new byte[300]))) {
                        checkParts(client, hardware, name, agent);
                    }
                }
            }
        }
    }

    private static void checkParts(
            ClientKey client, HardwareAddress hardware, String name, Octets agent) {
        Lease lease = lease(client, hardware, name, agent);
        assertThat(lease.address()).isEqualTo(Ip4Address.parse("255.0.0.1"));
        assertThat(lease.client()).isEqualTo(client);
        assertThat(lease.hardware()).isEqualTo(hardware);
        assertThat(lease.state()).isEqualTo(State.DECLINED);
        assertThat(lease.startSeconds()).isEqualTo(1);
        assertThat(lease.endSeconds()).isEqualTo(2);
        assertThat(lease.hostName()).isEqualTo(name);
        assertThat(lease.agentInformation()).isEqualTo(agent);
        assertThat(lease.serverId()).isEqualTo(Ip4Address.parse("192.168.50.1"));
        assertThat(lease).isEqualTo(lease(client, hardware, name, agent));
        assertThat(lease).hasSameHashCodeAs(lease(client, hardware, name, agent));
    }

    @Test
    void differsWhereverAPartDiffers() {
        ClientKey client = new ClientKey.ByHardware(HARDWARE);
        Lease lease = lease(client, HARDWARE, "a", Octets.EMPTY);
        assertThat(lease).isNotEqualTo(lease(client, NONE, "a", Octets.EMPTY));
        assertThat(lease).isNotEqualTo(lease(client, HARDWARE, "b", Octets.EMPTY));
        assertThat(lease).isNotEqualTo(lease(client, HARDWARE, "a", Octets.of(new byte[1])));
        assertThat(lease)
                .isNotEqualTo(lease(new ClientKey.ByHardware(NONE), HARDWARE, "a", Octets.EMPTY));
        assertThat(lease).isNotEqualTo(lease.shifted(1)).isEqualTo(lease.shifted(1).shifted(-1));
        assertThat(lease.toString()).contains("255.0.0.1", "52:54:00:aa:00:01", "DECLINED");
    }

    private static Lease lease(
            ClientKey client, HardwareAddress hardware, String name, Octets agent) {
        return new Lease(
                Ip4Address.parse("255.0.0.1"),
                client,
                hardware,
                State.DECLINED,
                1,
                2,
                name,
                agent,
                Ip4Address.parse("192.168.50.1"));
    }
}
