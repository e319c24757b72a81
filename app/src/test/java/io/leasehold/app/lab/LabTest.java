package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lab itself, against a server of others: what fails here is not our server's fault. */
@Tag("lab")
final class LabTest {
    private static final String SERVER_ADDRESS = "10.77.0.1";

    private static LabProcess dnsmasq(Host host) {
        LabProcess server =
                host.start(
                        "dnsmasq",
                        List.of(
                                "dnsmasq",
                                "-k",
                                "--port=0",
                                "--conf-file=/dev/null",
                                "--log-facility=-",
                                "--pid-file=",
                                "--user=root",
                                "--no-ping",
                                "--dhcp-authoritative",
                                "--dhcp-leasefile="
                                        + host.lab().directory().resolve("dnsmasq.leases"),
                                "--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,2m"));
        server.awaitLine(line -> line.contains("IP range"), "its range", Duration.ofSeconds(10));
        return server;
    }

    private static Host server(Lab lab, Segment segment) {
        Host server = lab.host("server");
        server.plug(segment, "eth0", "52:54:00:77:00:01");
        server.address("eth0", SERVER_ADDRESS + "/24");
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void runsEachClientThroughItsLease(ClientProgram program) {
        try (Lab lab = Lab.open()) {
            Segment segment = lab.segment("a");
            Host server = server(lab, segment);
            Host host = lab.host("client");
            host.plug(segment, "eth0", "52:54:00:aa:00:01");
            Capture capture = Capture.on(server, "eth0");
            LabProcess dnsmasq = dnsmasq(server);

            LabClient client =
                    new LabClient(host, program, new ClientOptions("eth0", "printer")).start();

            ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
            assertThat(bound.server()).isEqualTo(SERVER_ADDRESS);
            assertThat(client.addresses()).containsExactly(bound.address());
            CapturedMessage ack = capture.await("ACK", message -> message.is("ACK"));
            assertThat(ack.yiaddr()).isEqualTo(bound.address());
            assertThat(ack.chaddr()).isEqualTo("52:54:00:aa:00:01");

            if (program != ClientProgram.DHCLIENT) {
                client.renew();
                client.await(ClientEvent.Kind.RENEWED);
            }
            client.release();
            client.await(ClientEvent.Kind.RELEASED);
            capture.await("RELEASE", message -> message.is("RELEASE"));
            assertThat(client.addresses()).isEmpty();
            assertThat(dnsmasq.isAlive()).isTrue();
        }
    }

    @Test
    void removesEverythingItMade() {
        Host host;
        LabProcess process;
        try (Lab lab = Lab.open()) {
            host = lab.host("short-lived");
            process = host.start("sleep", List.of("sleep", "60"));
            assertThat(Shell.must("ip", "netns", "list")).contains(host.namespace());
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(Shell.must("ip", "netns", "list")).doesNotContain(host.namespace());
        assertThat(host.lab().directory()).doesNotExist();
    }

    @Test
    void clearsWhatADeadProcessLeftBehind() {
        // No process has this number: Linux counts to 4194304 at most.
        String orphan = LeftOvers.PREFIX + "99999999-1-orphan";
        Shell.must("ip", "netns", "add", orphan);
        try (Lab lab = Lab.open()) {
            assertThat(Shell.must("ip", "netns", "list")).doesNotContain(orphan);
            assertThat(lab.directory()).exists();
        }
    }
}
