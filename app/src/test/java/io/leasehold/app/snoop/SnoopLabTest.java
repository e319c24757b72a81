package io.leasehold.app.snoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientOptions;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.app.lab.Shell;
import io.leasehold.link.PacketSocket;
import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.capture.Packets;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageBuilder;
import io.leasehold.protocol.wire.MessageType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What passes on a real wire between a real client and a real server, seen by a third. */
@Tag("lab")
final class SnoopLabTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final Lab LAB = Lab.open();
    private static final Segment WIRE = LAB.segment("a");
    private static final Host SERVER = LAB.host("server");
    private static final Host CLIENT = LAB.host("client");
    private static final Host SPY = LAB.host("spy");
    private static final HardwareAddress TAGGED = HardwareAddress.parse("52:54:00:aa:00:77");

    @BeforeAll
    static void serve() {
        SERVER.plug(WIRE, "eth0", "52:54:00:77:00:01");
        SERVER.address("eth0", "10.77.0.1/24");
        CLIENT.plug(WIRE, "eth0", "52:54:00:aa:00:01");
        SPY.plug(WIRE, "eth0", "52:54:00:77:00:09");
        SPY.address("eth0", "10.77.0.9/24");
        LabProcess server =
                SERVER.start(
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
                                "--dhcp-leasefile=" + LAB.directory().resolve("leases"),
                                "--dhcp-range=10.77.0.100,10.77.0.150,255.255.255.0,2m"));
        server.awaitLine(line -> line.contains("IP range"), "its range", WAIT_MAX);
    }

    @AfterAll
    static void remove() {
        LAB.close();
    }

    private static LabProcess snoop(Host host, List<String> before, String... words) {
        List<String> command = new ArrayList<>(before);
        List<String> all = new ArrayList<>(List.of("snoop"));
        all.addAll(List.of(words));
        command.addAll(SelfCommand.with(all.toArray(new String[0])));
        LabProcess process = host.start("snoop", command);
        process.awaitLine(line -> line.contains("listening"), "that it listens", WAIT_MAX);
        return process;
    }

    private static void lease() {
        LabClient client =
                new LabClient(CLIENT, ClientProgram.UDHCPC, new ClientOptions("eth0", "printer"));
        client.start().await(ClientEvent.Kind.BOUND);
        client.crash();
    }

    private static void await(LabProcess process, String words) {
        process.awaitLine(line -> line.contains(words), words, WAIT_MAX);
    }

    @Test
    void seesBothDirectionsAndSavesWhatTsharkReads() {
        Path file = LAB.directory().resolve("seen.pcapng");
        // The server's own host: what it sends goes out there.
        LabProcess snoop =
                snoop(
                        SERVER,
                        List.of(),
                        "-i",
                        "eth0",
                        "-f",
                        "type ack,request",
                        "--save",
                        "" + file);

        lease();
        await(snoop, "ACK      52:54:00:aa:00:01");
        snoop.signal("INT");

        assertThat(snoop.awaitExit(WAIT_MAX)).isZero();
        assertThat(snoop.lines().getLast())
                .contains("messages shown", " 0 lost by it", "not shown by the filter");
        assertThat(snoop.lines()).noneMatch(line -> line.contains("DISCOVER 5"));
        assertThat(snoop.lines()).noneMatch(line -> line.contains("check sum is wrong"));
        String read =
                Shell.must(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-T",
                        "fields",
                        "-e",
                        "dhcp.option.dhcp",
                        "-e",
                        "frame.packet_flags_direction",
                        "-e",
                        "frame.interface_name");
        assertThat(read.lines())
                .contains("1\t0x00000001\teth0", "2\t0x00000002\teth0", "5\t0x00000002\teth0");
    }

    @Test
    void withoutThePrivilegeItShowsWhatReachesItsPortsAndSaysSo() {
        LabProcess snoop = snoop(SPY, List.of("setpriv", "--bounding-set=-net_raw"), "-p", "67");

        lease();
        await(snoop, "DISCOVER 52:54:00:aa:00:01");
        snoop.signal("TERM");

        assertThat(snoop.awaitExit(WAIT_MAX)).isZero();
        assertThat(snoop.lines().getFirst())
                .contains("needs CAP_NET_RAW", "own ports is shown instead");
        assertThat(snoop.lines()).noneMatch(line -> line.contains("ACK      5"));
    }

    @Test
    void endsAfterAsManyAsWereWanted() {
        LabProcess snoop = snoop(SPY, List.of(), "--count", "1", "--json");
        lease();
        assertThat(snoop.awaitExit(WAIT_MAX)).isZero();
        assertThat(snoop.lines().stream().filter(line -> line.startsWith("{"))).hasSize(1);
    }

    /** A frame as a switch sends it: each tag with its EtherType, IEEE 802.1Q or 802.1ad. */
    private static byte[] tagged(int... tags) {
        Message discover =
                MessageBuilder.request(TAGGED, 0x1ea50101).type(MessageType.DISCOVER).build();
        byte[] packet =
                Packets.udp(Ip4Address.ZERO, 68, Ip4Address.BROADCAST, 67, discover.toBytes());
        ByteBuffer frame = ByteBuffer.allocate(14 + 2 * tags.length + packet.length);
        frame.put(new byte[] {-1, -1, -1, -1, -1, -1}).put(TAGGED.toBytes());
        for (int each : tags) {
            frame.putShort((short) each);
        }
        return frame.putShort((short) 0x0800).put(packet).array();
    }

    /** The kernel takes the outer tag out of what comes in, and leaves all in what goes out. */
    @Test
    void seesTaggedFramesOfBothDirectionsWithTheirTags() throws Exception {
        String[] words = {
            "-i", "eth0", "-f", "type discover and client " + TAGGED, "--json", "--count", "3"
        };
        LabProcess spy = snoop(SPY, List.of(), words);
        LabProcess sender = snoop(CLIENT, List.of(), words);
        List<byte[]> frames = List.of(tagged(), tagged(0x8100, 7), tagged(0x88a8, 100, 0x8100, 7));
        NamespaceThread.run(
                CLIENT.namespace(),
                () -> {
                    try (PacketSocket socket =
                            PacketSocket.open("eth0", PacketSocket.Sight.OWN, 68)) {
                        for (byte[] frame : frames) {
                            socket.queue(frame, 0, frame.length);
                        }
                        socket.flush();
                    }
                });
        for (LabProcess each : List.of(spy, sender)) {
            assertThat(each.awaitExit(WAIT_MAX)).as("%s", each.lines()).isZero();
            assertThat(each.lines().stream().filter(line -> line.startsWith("{")))
                    .extracting(line -> JsonMapper.shared().readTree(line).get("vlans").toString())
                    .containsExactly("[]", "[7]", "[100,7]");
        }
    }
}
