package io.leasehold.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The demonstration with a server of others, so that what fails here is the demonstration's fault.
 */
@Tag("lab")
final class DemoTest {
    private static LabProcess dnsmasq(Demo demo, Host host, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "dnsmasq",
                                "-k",
                                "--port=0",
                                "--conf-file=/dev/null",
                                "--log-facility=-",
                                "--pid-file=",
                                "--user=root",
                                "--no-ping",
                                "--dhcp-leasefile=" + host.lab().directory().resolve("leases"),
                                "--dhcp-range=192.168.77.100,192.168.77.199,255.255.255.0,1h"));
        command.addAll(List.of(more));
        LabProcess server = host.start("dnsmasq", command, line -> demo.say("server", line));
        server.awaitLine(line -> line.contains("IP range"), "its range", Duration.ofSeconds(10));
        return server;
    }

    @Test
    void showsEachClientWithItsAddress() {
        StringWriter text = new StringWriter();
        try (Demo demo = new Demo(new PrintWriter(text), (d, host) -> dnsmasq(d, host))) {
            demo.startClients();
            assertThat(demo.awaitAddresses()).isTrue();
        }
        assertThat(text.toString())
                .containsPattern("dhclient +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("udhcpc +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("dhcpcd +\\| bound 192\\.168\\.77\\.1[0-9]+ for 3600 s")
                .containsPattern("server +\\| .*DHCPACK");
    }

    @Test
    void tellsWhichClientGotNoAddressWhenTheServerEnds() {
        StringWriter text = new StringWriter();
        Demo.ServerStart shortLived =
                (demo, host) -> {
                    LabProcess server = dnsmasq(demo, host, "--dhcp-ignore=tag:!known");
                    server.close();
                    return server;
                };
        try (Demo demo = new Demo(new PrintWriter(text), shortLived)) {
            demo.startClients();
            assertThat(demo.awaitAddresses()).isFalse();
        }
        assertThat(text.toString()).contains("dhclient | got no address");
    }
}
