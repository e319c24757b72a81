package io.leasehold.app.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.examples.CustomOption;
import io.leasehold.examples.MinimalServer;
import io.leasehold.examples.PxeResponder;
import io.leasehold.examples.SpyOnServers;
import io.leasehold.examples.SupervisedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library's examples, and real clients. */
@Tag("lab")
class ExamplesLabTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(40);

    private final Lab lab = Lab.open();
    private final Segment segment = lab.segment("lan");
    private final Host server = host("server", "52:54:00:77:00:01");
    private int clients;

    ExamplesLabTest() {
        server.address("eth0", "10.77.0.1/24");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Host host(String name, String hardware) {
        Host host = lab.host(name);
        host.plug(segment, "eth0", hardware);
        return host;
    }

    private LabClient client(ClientProgram program, String... extra) {
        int number = ++clients;
        Host host = host(program.program() + number, "52:54:00:aa:00:0" + number);
        ClientOptions options = new ClientOptions("eth0", "host-" + number).withExtra(extra);
        return new LabClient(host, program, options).start();
    }

    @Test
    void theMinimalServerGivesRealClientsAddressesAndRenewsThem() {
        ExampleRun.startAsFile(server, MinimalServer.class, "serving port 67", "eth0");
        for (ClientProgram program : ClientProgram.values()) {
            LabClient client = client(program);

            ClientEvent bound = client.await(ClientEvent.Kind.BOUND);

            assertThat(bound.server()).isEqualTo("10.77.0.1");
            assertThat(bound.address()).isEqualTo("10.77.0." + (100 + clients));
            assertThat(client.addresses()).containsExactly(bound.address());
            if (program == ClientProgram.UDHCPC) {
                client.renew();
                client.await(ClientEvent.Kind.RENEWED);
            }
        }
    }

    @Test
    void thePxeResponderAddsABootFileForPxeClientsAlone() {
        Host addresses = host("addresses", "52:54:00:77:00:02");
        addresses.address("eth0", "10.77.0.2/24");
        ExampleRun.start(addresses, MinimalServer.class, "serving port 67", "eth0");
        ExampleRun.start(server, PxeResponder.class, "answering PXE clients", "eth0");
        LabProcess spy =
                ExampleRun.start(
                        host("spy", "52:54:00:77:00:03"),
                        SpyOnServers.class,
                        "listening on",
                        "eth0");
        Capture capture = Capture.on(server, "eth0");

        client(ClientProgram.UDHCPC, "-B").await(ClientEvent.Kind.BOUND);
        LabClient pxe =
                client(
                        ClientProgram.UDHCPC,
                        "-B",
                        "-V",
                        "PXEClient:Arch:00007:UNDI:003016",
                        "-x",
                        "0x5d:0007");

        ClientEvent bound = pxe.await(ClientEvent.Kind.BOUND);
        assertThat(bound.server()).isEqualTo("10.77.0.2");
        capture.await(
                "offer of a boot file",
                message ->
                        message.is("OFFER")
                                && message.source().equals("10.77.0.1")
                                && message.yiaddr().equals("0.0.0.0")
                                && message.chaddr().equals("52:54:00:aa:00:02"));
        spy.awaitLine(
                line ->
                        line.startsWith("OFFER from 10.77.0.1 about 52:54:00:aa:00:02, yiaddr 0.0")
                                && line.contains("vendor-class-identifier=PXEClient"),
                "the offer",
                WAIT_MAX);
        spy.awaitLine(
                line -> line.startsWith("ACK from 10.77.0.2 about 52:54:00:aa:00:02"),
                "the other server's ACK",
                WAIT_MAX);
        assertThat(capture.end())
                .filteredOn(message -> message.is("OFFER"))
                .filteredOn(message -> message.source().equals("10.77.0.1"))
                .allMatch(message -> message.chaddr().equals("52:54:00:aa:00:02"));
    }

    /** What a firewall does to a server that it was not told of. */
    @Test
    void namesTheFilterOnceWhereItDropsWhatIsSent() {
        server.run("nft", "add table ip strict");
        server.run("nft", "add chain ip strict out { type filter hook output priority 0 ; }");
        server.run("nft", "add rule ip strict out udp sport 67 drop");
        LabProcess process =
                ExampleRun.start(server, MinimalServer.class, "serving port 67", "eth0");

        LabClient client = client(ClientProgram.UDHCPC);
        Capture capture = Capture.on(client.host(), "eth0");
        for (int i = 0; i < 2; i++) {
            int seen = i;
            Await.until(
                    WAIT_MAX, () -> capture.messages().size() > seen, () -> "no more DISCOVERs");
        }
        server.run("nft", "flush ruleset");

        client.await(ClientEvent.Kind.BOUND);
        assertThat(process.lines())
                .filteredOn(line -> line.contains("connection tracking"))
                .singleElement()
                .asString()
                .contains("cannot send to 10.77.0.101 port 68 from 10.77.0.1")
                .contains("EPERM")
                .contains("nft list ruleset")
                .contains("\"udp sport 67 notrack\"");
    }

    @Test
    void optionsOfOnesOwnGoBothWays() {
        LabProcess process = ExampleRun.start(server, CustomOption.class, "serving phones", "eth0");
        Capture capture = Capture.on(server, "eth0");

        LabClient phone = client(ClientProgram.UDHCPC, "-x", "0xe0:0311", "-O", "225", "-O", "226");

        assertThat(phone.await(ClientEvent.Kind.BOUND).address()).isEqualTo("10.77.0.18");
        process.awaitLine(line -> line.contains("desk=3-17"), "the desk", WAIT_MAX);
        assertThat(capture.await("ACK", message -> message.is("ACK")).options())
                .contains("224", "225", "226", "227");
    }

    @Test
    void supervisedServersServeANetworkEachAndGoOnAfterAFault() {
        Segment second = lab.segment("second");
        server.plug(second, "eth1", "52:54:00:77:01:01");
        server.address("eth1", "10.78.0.1/24");
        LabProcess process =
                ExampleRun.start(
                        server, SupervisedServers.class, "serving 2 networks", "eth0", "eth1");

        Host squatter = host("squatter", "52:54:00:bb:00:01");
        squatter.address("eth0", "10.77.0.102/24");
        LabClient client =
                new LabClient(
                                host("careful", "52:54:00:aa:00:01"),
                                ClientProgram.UDHCPC,
                                new ClientOptions("eth0", "careful").withCheckAddress())
                        .start();
        process.awaitLine(line -> line.contains("ended: Fault"), "the fault", WAIT_MAX);
        Host other = lab.host("other");
        other.plug(second, "eth0", "52:54:00:aa:01:01");
        LabClient onSecond =
                new LabClient(other, ClientProgram.UDHCPC, new ClientOptions("eth0", "other"))
                        .start();

        assertThat(onSecond.await(ClientEvent.Kind.BOUND).server()).isEqualTo("10.78.0.1");
        squatter.run("ip", "address", "flush", "dev", "eth0");
        assertThat(client.await(ClientEvent.Kind.BOUND).server()).isEqualTo("10.77.0.1");
        List<String> begun = new ArrayList<>(process.lines());
        begun.removeIf(line -> !line.contains("ready at port 67"));
        assertThat(begun).hasSizeGreaterThanOrEqualTo(3);
    }
}
