package io.leasehold.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Interfaces and addresses that come and go under a server. */
@Tag("lab")
final class InterfaceChangeLabTest {
    private final TroubledLan lan = new TroubledLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void ip(String... words) {
        String[] command = new String[words.length + 3];
        command[0] = "ip";
        command[1] = "-n";
        command[2] = lan.server.namespace();
        System.arraycopy(words, 0, command, 3, words.length);
        Shell.must(command);
    }

    private LabProcess serveInterface() {
        return lan.serve(lan.data(), "-i", TroubledLan.IFACE, "--no-ping-check");
    }

    @Test
    void servesAnInterfaceThatIsDeletedAndMadeAgain() {
        LabProcess server = serveInterface();
        String address = lan.udhcpc().address();
        assertThat(address).startsWith("10.77.0.");

        ip("link", "delete", TroubledLan.IFACE);
        lan.awaitLine(server, "10.77.0.1 port 67 is gone, and not served");
        lan.server.plug(lan.segment, TroubledLan.IFACE, TroubledLan.SERVER_HARDWARE);
        lan.server.address(TroubledLan.IFACE, "10.77.0.1/24");

        lan.awaitLine(server, "listening on 10.77.0.1");
        assertThat(lan.udhcpc().address()).isEqualTo(address);
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void followsItsInterfaceToAnotherNetwork() {
        LabProcess server = serveInterface();
        assertThat(lan.udhcpc().address()).startsWith("10.77.0.");

        ip("address", "delete", "10.77.0.1/24", "dev", TroubledLan.IFACE);
        lan.server.address(TroubledLan.IFACE, "10.78.0.1/24");

        lan.awaitLine(
                server,
                "the network of an interface changed; served now:"
                        + " 10.78.0.0/24 [10.78.0.128-10.78.0.254]");
        assertThat(lan.udhcpc().address()).startsWith("10.78.0.");
    }

    @Test
    void servesAnAddressThatComesLater() {
        LabProcess server =
                lan.serve(
                        lan.data(),
                        "-c",
                        lan.write(
                                        "leasehold.yaml",
                                        """
                                        interfaces: [eth0, eth1]
                                        server:
                                          ping-check: off
                                          subnets:
                                            - {subnet: 10.77.0.0/24, pools: [10.77.0.100-10.77.0.109]}
                                            - {subnet: 10.79.0.0/24, pools: [10.79.0.100-10.79.0.109]}
                                        """)
                                .toString());
        assertThat(TroubledLan.count(server, "no interface eth1 yet")).isEqualTo(1);
        var other = lan.lab.segment("other");
        var host = lan.lab.host("guest");
        host.plug(other, TroubledLan.IFACE, "52:54:00:aa:00:02");

        lan.server.plug(other, "eth1", "52:54:00:77:00:02");
        lan.server.address("eth1", "10.79.0.1/24");

        lan.awaitLine(server, "listening on 10.79.0.1");
        assertThat(TroubledLan.udhcpc(host).address()).startsWith("10.79.0.");
        assertThat(lan.udhcpc().address()).startsWith("10.77.0.");
    }
}
