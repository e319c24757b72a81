package io.leasehold.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients behind ISC's relay, and servers that are asked at addresses other than their first. */
@Tag("lab")
final class RelayLabTest {
    private static final String RELAY = "10.20.0.1";
    private static final String ANYCAST = "10.255.0.53";
    private static final String ALIAS = "10.77.0.9";
    private static final String FAR_SUBNET =
            """
              subnets:
                - subnet: 10.20.0.0/24
                  pools: [10.20.0.100-10.20.0.150]
            """;

    private final ServedLan lan = new ServedLan();
    private final Segment far = lan.lab().segment("far");

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /** A relay that is a router too, between the served segment and a far one. */
    private void relayTo(String server) {
        Host relay = lan.lab().host("relay");
        relay.plug(lan.segment(), "eth0", "52:54:00:dd:00:01");
        relay.plug(far, "eth1", "52:54:00:dd:00:02");
        relay.address("eth0", "10.77.0.2/24");
        relay.address("eth1", RELAY + "/24");
        relay.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
        relay.run("ip", "route", "add", "10.255.0.0/24", "via", ServedLan.SERVER_ADDRESS);
        lan.server().run("ip", "route", "add", "10.20.0.0/24", "via", "10.77.0.2");
        LabProcess process =
                relay.start(
                        "dhcrelay",
                        List.of(
                                "dhcrelay",
                                "-4",
                                "-d",
                                "--no-pid",
                                "-a",
                                "-id",
                                "eth1",
                                "-iu",
                                "eth0",
                                server));
        process.awaitLine(
                line -> line.contains("Sending on"), "that it listens", Duration.ofSeconds(20));
    }

    private LabClient farClient(ClientProgram program) {
        Host host = lan.lab().host("far-" + program.program());
        host.plug(far, ServedLan.IFACE, ServedLan.hardware(1));
        return new LabClient(host, program, new ClientOptions(ServedLan.IFACE, "far"));
    }

    private CapturedMessage reply(String type) {
        return lan.capture().await(type, message -> message.is(type));
    }

    @ParameterizedTest
    @EnumSource
    void givesALeaseThroughARelay(ClientProgram program) {
        lan.serve(ServedLan.BRISK + FAR_SUBNET);
        relayTo(ServedLan.SERVER_ADDRESS);

        LabClient client = farClient(program).start();

        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        assertThat(bound.address()).startsWith("10.20.0.1");
        assertThat(client.addresses()).containsExactly(bound.address());
        for (String type : List.of("OFFER", "ACK")) {
            CapturedMessage message = reply(type);
            assertThat(message.giaddr()).isEqualTo(RELAY);
            // RFC 2131 section 4.1: to the relay's address, at the server port.
            assertThat(message.destination()).isEqualTo(RELAY);
            assertThat(message.destinationPort()).isEqualTo("67");
            assertThat(message.source()).isEqualTo(ServedLan.SERVER_ADDRESS);
            // RFC 3046 section 2.2: echoed, and last.
            assertThat(optionsOf(message).getLast()).isEqualTo("82");
        }
    }

    private static List<String> optionsOf(CapturedMessage message) {
        return message.options().stream()
                .filter(code -> !code.equals("0") && !code.equals("255"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void renewsARelayedLeaseWithoutTheRelay(ClientProgram program) {
        lan.serve(ServedLan.BRISK + FAR_SUBNET);
        relayTo(ServedLan.SERVER_ADDRESS);
        LabClient client = farClient(program).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        client.host().run("ip", "route", "replace", "10.77.0.0/24", "via", RELAY);

        ClientEvent renewed = client.await(ClientEvent.Kind.RENEWED);

        assertThat(renewed.address()).isEqualTo(bound.address());
        CapturedMessage ack =
                lan.capture()
                        .await(
                                "ACK to a renewal",
                                message ->
                                        message.is("ACK")
                                                && message.ciaddr().equals(bound.address()));
        assertThat(ack.giaddr()).isEqualTo("0.0.0.0");
        assertThat(ack.destination()).isEqualTo(bound.address());
    }

    @Test
    void givesTheAddressReservedForACircuit() {
        // ISC's relay names a circuit by the interface that it is on.
        lan.serve(
                ServedLan.BRISK
                        + FAR_SUBNET
                        + "      reservations:\n"
                        + "        - {circuit-id: \"eth1\", address: 10.20.0.12}\n");
        relayTo(ServedLan.SERVER_ADDRESS);

        LabClient client = farClient(ClientProgram.UDHCPC).start();

        assertThat(client.await(ClientEvent.Kind.BOUND).address()).isEqualTo("10.20.0.12");
        assertThat(reply("ACK").circuitId()).isNotEmpty();
    }

    private void giveMoreAddresses() {
        lan.server().address(ServedLan.IFACE, ALIAS + "/24");
        lan.server().address("lo", ANYCAST + "/32");
    }

    private void expectAnswersFrom(String asked) {
        for (String type : List.of("OFFER", "ACK")) {
            assertThat(reply(type).source()).isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ALIAS, ANYCAST, ServedLan.SERVER_ADDRESS})
    void answersARelayFromTheAddressThatItAsked(String asked) {
        giveMoreAddresses();
        // Relayed networks only: it serves no interface.
        lan.serveWith("listen: [" + ANYCAST + ", \"*\"]\n" + ServedLan.BRISK + FAR_SUBNET);
        relayTo(asked);

        LabClient client = farClient(ClientProgram.UDHCPC).start();

        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.20.0.1");
        expectAnswersFrom(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALIAS, ANYCAST})
    void answersAClientFromTheAddressThatItAskedAlsoAfterAPing(String asked) {
        giveMoreAddresses();
        lan.serveWith(
                "interfaces: [eth0]\nlisten: ["
                        + ANYCAST
                        + ", \"*\"]\n"
                        + ServedLan.BRISK.replace("ping-check: off", "ping-check: 300ms")
                        + ServedLan.subnet("10.77.0.100-10.77.0.150"));
        // No client of the lab can be told whom to ask before it has an address, and the kernel
        // takes
        // no unicast from 0.0.0.0: a neighbour with an address sends the client's messages.
        Host neighbour = lan.squatter("10.77.0.60");
        neighbour.run("ip", "route", "add", ANYCAST, "via", ServedLan.SERVER_ADDRESS);

        Datagrams.send(neighbour, asked, Datagrams.discover());
        CapturedMessage offer = reply("OFFER");
        Datagrams.send(neighbour, asked, Datagrams.request(offer.yiaddr(), offer.serverId()));
        reply("ACK");

        assertThat(offer.yiaddr()).startsWith("10.77.0.1");
        assertThat(lan.capture().await("DISCOVER", m -> m.is("DISCOVER")).destination())
                .isEqualTo(asked);
        expectAnswersFrom(asked);
    }

    @Test
    void servesAnAddressThatComesWhileItRuns() {
        lan.server().run("ip", "-4", "address", "flush", "dev", ServedLan.IFACE);
        lan.serve(ServedLan.BRISK + ServedLan.subnet("10.77.0.100-10.77.0.150"));

        lan.server().address(ServedLan.IFACE, ServedLan.SERVER_ADDRESS + "/24");

        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.77.0.1");
    }
}
