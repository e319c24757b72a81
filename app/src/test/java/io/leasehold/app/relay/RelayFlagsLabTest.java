package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.CapturedMessage;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the flags of the relay do on a real wire, with real servers: one lab for all of them. */
@Tag("lab")
final class RelayFlagsLabTest {
    private static final String SECOND = "10.77.0.3";
    private static final String OWN = "10.77.0.4";
    private static final String OTHER_SUBNET = "10.77.0.5";
    private static final int OWN_PORT = 1167;
    private static final int JUMBO = 8_900;

    private static RelayedLan lan;
    private static LabProcess dnsmasq;

    private final List<LabProcess> relays = new ArrayList<>();

    @BeforeAll
    static void openLab() {
        lan = new RelayedLan();
        dnsmasq = lan.dnsmasq("--log-dhcp", "--dhcp-circuitid=set:hall,hall-eth1");
        lan.dnsmasq(lan.server("second", SECOND, 2));
        lan.relay.address(RelayedLan.CLIENTS, "10.20.9.1/24");
    }

    @AfterAll
    static void removeLab() {
        lan.close();
    }

    @AfterEach
    void endRelays() {
        relays.forEach(LabProcess::close);
    }

    /** A relay of the clients' interface. */
    private LabProcess relay(String... flags) {
        List<String> words = new ArrayList<>(List.of("-i", RelayedLan.CLIENTS));
        Collections.addAll(words, flags);
        LabProcess relay = lan.relay(words.toArray(new String[0]));
        relays.add(relay);
        return relay;
    }

    private static String bound(LabClient client) {
        return client.await(ClientEvent.Kind.BOUND).server();
    }

    private static boolean isOf(CapturedMessage message, int number) {
        return message.chaddr().equals(RelayedLan.hardware(number));
    }

    @Test
    void sendsTheFirstReplyAfterItsStartToItsClientAlone() {
        Capture downstream = lan.downstream();
        relay("-s", RelayedLan.SERVER);

        bound(lan.client(ClientProgram.UDHCPC, 1).start());

        CapturedMessage offer = downstream.await("OFFER", each -> each.is("OFFER"));
        assertThat(offer.etherDestination()).isEqualTo(RelayedLan.hardware(1));
        assertThat(offer.destination()).isEqualTo(offer.yiaddr());
    }

    @Test
    void tellsTheServerTheCircuitIdOfAClient() {
        relay("-s", RelayedLan.SERVER, "--circuit-id", "hall-%i");

        bound(lan.client(ClientProgram.UDHCPC, 2).start());

        assertThat(dnsmasq.lines()).anyMatch(line -> line.contains("tags: hall"));
    }

    @Test
    void givesEachClientOneServerAndACanaryItsShare() {
        Capture upstream = lan.upstream();
        relay("--balance", "-s", RelayedLan.SERVER, "-s", SECOND);
        Set<String> servers = new HashSet<>();
        for (int number = 13; number <= 16; number++) {
            servers.add(bound(lan.client(ClientProgram.UDHCPC, number).start()));
        }
        assertThat(servers).containsExactlyInAnyOrder(RelayedLan.SERVER, SECOND);
        List<CapturedMessage> seen = upstream.end();
        for (int number = 13; number <= 16; number++) {
            int client = number;
            List<CapturedMessage> own = seen.stream().filter(each -> isOf(each, client)).toList();
            assertThat(own)
                    .filteredOn(each -> each.is("DISCOVER") || each.is("REQUEST"))
                    .extracting(CapturedMessage::destination)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsOnly(own.getLast().source());
        }
        endRelays();

        relay("--balance", "--canary", SECOND + "=100", "-s", RelayedLan.SERVER, "-s", SECOND);

        for (int number : List.of(17, 19)) {
            assertThat(bound(lan.client(ClientProgram.UDHCPC, number).start())).isEqualTo(SECOND);
        }
    }

    @Test
    void triesTheNextAddressOfTheInterfaceForAClientThatIsNotAnswered() {
        Host host = lan.server("other", OTHER_SUBNET, 5);
        host.start(
                        "dnsmasq",
                        List.of(
                                "dnsmasq",
                                "-k",
                                "--conf-file=/dev/null",
                                "--log-facility=-",
                                "--pid-file=",
                                "--user=root",
                                "--port=0",
                                "--no-ping",
                                "--dhcp-leasefile=" + lan.path("other.leases"),
                                "--dhcp-range=10.20.9.100,10.20.9.199,255.255.255.0,2m"))
                .awaitLine(line -> line.contains("IP range"), "its range", RelayedLan.WAIT_MAX);
        Capture upstream = lan.upstream();
        relay("--smart", "-s", OTHER_SUBNET);

        LabClient client = lan.client(ClientProgram.UDHCPC, 3, "-t", "8", "-T", "1").start();

        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.20.9.");
        List<String> giaddrs =
                upstream.messages().stream()
                        .filter(each -> isOf(each, 3) && each.is("DISCOVER"))
                        .map(CapturedMessage::giaddr)
                        .toList();
        assertThat(giaddrs).containsExactly("10.20.0.1", "10.20.0.1", "10.20.0.1", "10.20.9.1");
    }

    /** RFC 6607 §3.4: the server echoed sub-option 152, and so has not understood 151. */
    @Test
    void dropsTheAnswerOfAServerThatKnowsNoVirtualSubnets() {
        Capture upstream = lan.upstream();
        relay("--vss", "red", "-s", RelayedLan.SERVER, "--admin", AdminQuestion.ADMIN);

        LabClient client = lan.client(ClientProgram.UDHCPC, 4).start();

        CapturedMessage offer = upstream.await("OFFER", each -> each.is("OFFER"));
        assertThat(offer.options()).contains("82");
        String dropped =
                "leasehold_relay_dropped_total{interface=\"eth0\",reason=\"virtual-subnet-ignored\"";
        Await.until(
                RelayedLan.WAIT_MAX,
                () -> AdminQuestion.ask(lan.relay, "GET", "/metrics").text().contains(dropped),
                () -> "the answer is not counted as dropped");
        assertThat(client.events()).noneMatch(each -> each.kind() == ClientEvent.Kind.BOUND);
    }

    /** RFC 8357 §5.4, and two relays in a row: the far one leaves the near one's port alone. */
    @Test
    void asksFromAPortOfItsOwnAlsoBehindAnotherRelay() {
        ownServer();
        String port = Integer.toString(OWN_PORT);
        Capture upstream = lan.upstream();
        relay("-s", OWN, "--relay-source-port", port);
        bound(lan.client(ClientProgram.UDHCPC, 5).start());
        endRelays();

        relay("-s", OWN);
        Segment far = lan.lab.segment("far");
        Host edge = edge(far);
        Capture between = Capture.on(edge, "eth0");
        LabProcess near =
                lan.start(
                        edge,
                        "-i",
                        "eth1",
                        "-s",
                        RelayedLan.RELAY,
                        "--any-server",
                        "--relay-source-port",
                        port);
        relays.add(near);
        near.awaitLine(line -> line.contains("ready on"), "ready", RelayedLan.WAIT_MAX);

        assertThat(bound(lan.client(far, ClientProgram.UDHCPC, 6).start())).isEqualTo(OWN);
        assertThat(between.end())
                .filteredOn(each -> isOf(each, 6) && each.is("DISCOVER"))
                .isNotEmpty()
                .allMatch(each -> each.sourcePort().equals(port));
        List<CapturedMessage> seen = upstream.end();
        assertThat(seen)
                .filteredOn(each -> isOf(each, 5))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(
                        each ->
                                each.source().equals(OWN)
                                        ? each.destinationPort().equals(port)
                                        : each.sourcePort().equals(port));
        assertThat(seen)
                .filteredOn(each -> isOf(each, 6) && each.is("DISCOVER"))
                .isNotEmpty()
                .allMatch(each -> each.sourcePort().equals("67") && each.options().contains("82"));
    }

    /** A host between a further segment of clients, 10.20.5.0/24, and the relay's. */
    private static Host edge(Segment far) {
        Host edge = lan.lab.host("edge");
        edge.plug(far, "eth1", "52:54:00:dd:00:21");
        edge.plug(lan.lan, "eth0", "52:54:00:dd:00:22");
        edge.address("eth1", "10.20.5.1/24");
        edge.address("eth0", "10.20.0.5/24");
        edge.run("ip", "route", "add", "default", "via", RelayedLan.RELAY);
        lan.relay.run("ip", "route", "add", "10.20.5.0/24", "via", "10.20.0.5");
        return edge;
    }

    /** Leasehold as a server, which answers relays at the port that they ask from. */
    private static void ownServer() {
        Host host = lan.server("own", OWN, 4);
        lan.write(
                "own.yaml",
                """
                data: %s
                interfaces: [eth0]
                server:
                  ping-check: off
                  subnets:
                    - {subnet: 10.20.0.0/24, pools: [10.20.0.200-10.20.0.220]}
                    - {subnet: 10.20.5.0/24, pools: [10.20.5.100-10.20.5.199]}
                """
                        .formatted(lan.path("own")));
        host.start("serve", SelfCommand.with("serve", "-c", lan.path("own.yaml").toString()))
                .awaitLine(line -> line.contains("ready on"), "ready", RelayedLan.WAIT_MAX);
    }

    @Test
    void relaysNoMoreOfAClientThanItsRateAllows() throws Exception {
        relay(
                "-s",
                RelayedLan.SERVER,
                "--rate-limit",
                "client=1/1",
                "--admin",
                AdminQuestion.ADMIN);
        Host host = lan.lab.host("hasty");
        host.plug(lan.lan, RelayedLan.IFACE, RelayedLan.hardware(7));
        host.address(RelayedLan.IFACE, "10.20.0.77/24");
        write("discover", discover(300));

        host.run(
                "bash",
                "-c",
                "for i in 1 2 3 4 5 6; do cat "
                        + lan.path("discover")
                        + " > /dev/udp/10.20.0.1/67;"
                        + " done");

        Await.until(
                RelayedLan.WAIT_MAX,
                () ->
                        AdminQuestion.ask(lan.relay, "GET", "/metrics")
                                .text()
                                .contains("{interface=\"eth1\",reason=\"client-rate\"}"),
                () -> "nothing is counted as too much");
    }

    /**
     * What is as long as a jumbo frame goes on whole, with option 82 behind it, since the client
     * takes so much.
     */
    @Test
    void relaysAMessageOfAJumboFrameWhole() throws Exception {
        Host host = lan.lab.host("jumbo");
        host.plug(lan.lan, RelayedLan.IFACE, RelayedLan.hardware(8));
        host.address(RelayedLan.IFACE, "10.20.0.78/24");
        for (String wire : List.of(lan.lan.namespace(), lan.up.namespace())) {
            Shell.must(
                    "ip",
                    "netns",
                    "exec",
                    wire,
                    "sh",
                    "-c",
                    "for each in $(ls /sys/class/net); do ip link set $each mtu 9000; done");
        }
        for (Host each : List.of(host, lan.relay, lan.server)) {
            each.run("ip", "link", "set", RelayedLan.IFACE, "mtu", "9000");
        }
        lan.relay.run("ip", "link", "set", RelayedLan.CLIENTS, "mtu", "9000");
        Capture upstream = lan.upstream();
        relay("-s", RelayedLan.SERVER, "--circuit-id", "%i");
        write("jumbo-discover", discover(JUMBO));

        host.run("bash", "-c", "cat " + lan.path("jumbo-discover") + " > /dev/udp/10.20.0.1/67");

        CapturedMessage relayed =
                upstream.await("long DISCOVER", each -> each.options().size() > 30);
        assertThat(relayed.circuitId()).isNotEmpty();
        assertThat(relayed.options().getFirst()).isEqualTo("53");
        assertThat(Collections.frequency(relayed.options(), "224")).isEqualTo((JUMBO - 248) / 257);
        assertThat(relayed.options()).contains("82");
    }

    private static void write(String name, byte[] message) throws IOException {
        Files.write(lan.path(name), message);
    }

    /** A DISCOVER of so many octets, filled with options of 255. */
    private static byte[] discover(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.put(new byte[] {1, 1, 6, 0}).putInt(0x1ea5e407); // op, htype, hlen, hops
        bytes.put(28, new byte[] {0x52, 0x54, 0x00, (byte) 0xee, 0x00, 0x07}); // chaddr
        bytes.position(236).putInt(0x63825363).put(new byte[] {53, 1, 1});
        bytes.put((byte) 57).put((byte) 2).putShort((short) 9_000); // maximum message size
        while (bytes.remaining() > 257) {
            bytes.put((byte) 224).put((byte) 255).position(bytes.position() + 255);
        }
        return bytes.put((byte) 255).array();
    }
}
