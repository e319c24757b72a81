package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.CapturedMessage;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Renewals, several relays, and what changes while our relay runs. */
@Tag("lab")
final class RelayChangesLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private static String bound(LabClient client) {
        return client.await(ClientEvent.Kind.BOUND).address();
    }

    private static void way(LabClient client) {
        client.host().run("ip", "route", "replace", "10.77.0.0/24", "via", RelayedLan.RELAY);
    }

    @Test
    void leavesRenewalsPastItAlone() {
        lan.dnsmasq();
        Capture upstream = lan.upstream();
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        String address = bound(client);
        way(client);

        client.renew();

        assertThat(client.await(ClientEvent.Kind.RENEWED).address()).isEqualTo(address);
        CapturedMessage renewal =
                upstream.await("renewal", each -> each.ciaddr().equals(address) && each.is("ACK"));
        assertThat(renewal.giaddr()).isEqualTo("0.0.0.0");
        assertThat(renewal.destination()).isEqualTo(address);
    }

    /** RFC 5107: the client takes the relay for its server, and renews through it. */
    @Test
    void takesRenewalsThroughItWhereItSaysItIsTheServer() {
        lan.dnsmasq();
        Capture upstream = lan.upstream();
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER, "--server-id-override");
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        assertThat(bound.server()).isEqualTo(RelayedLan.RELAY);

        client.renew();

        assertThat(client.await(ClientEvent.Kind.RENEWED).address()).isEqualTo(bound.address());
        CapturedMessage renewal =
                upstream.await(
                        "renewal",
                        each -> each.is("REQUEST") && each.ciaddr().equals(bound.address()));
        assertThat(renewal.giaddr()).isEqualTo(RelayedLan.RELAY);
        assertThat(renewal.destination()).isEqualTo(RelayedLan.SERVER);
    }

    @Test
    void relaysAgainAfterItsInterfaceWasDownOrGone() {
        lan.dnsmasq();
        lan.relay.run("ip", "link", "set", RelayedLan.UPLINK, "down");
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        lan.relay.run("ip", "link", "set", RelayedLan.UPLINK, "up");
        LabClient first = lan.client(ClientProgram.UDHCPC, 1).start();
        assertThat(bound(first)).startsWith("10.20.0.1");

        lan.relay.run("ip", "link", "set", RelayedLan.CLIENTS, "down");
        lan.relay.run("ip", "link", "set", RelayedLan.CLIENTS, "up");
        LabClient second = lan.client(ClientProgram.UDHCPC, 2).start();
        assertThat(bound(second)).startsWith("10.20.0.1");

        lan.relay.run("ip", "link", "delete", RelayedLan.CLIENTS);
        lan.relay.plug(lan.lan, RelayedLan.CLIENTS, "52:54:00:dd:00:11");
        lan.relay.address(RelayedLan.CLIENTS, RelayedLan.RELAY + "/24");
        LabClient third = lan.client(ClientProgram.UDHCPC, 3).start();
        assertThat(bound(third)).startsWith("10.20.0.1");
    }

    @Test
    void relaysFromTheAddressThatItsInterfaceHasNow() {
        lan.dnsmasq("--dhcp-range=10.20.7.100,10.20.7.199,255.255.255.0,2m");
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        assertThat(bound(lan.client(ClientProgram.UDHCPC, 1).start())).startsWith("10.20.0.1");

        lan.relay.run("ip", "-4", "address", "flush", "dev", RelayedLan.CLIENTS);
        lan.relay.address(RelayedLan.CLIENTS, "10.20.7.1/24");

        assertThat(bound(lan.client(ClientProgram.UDHCPC, 2).start())).startsWith("10.20.7.1");
    }

    /** Without -i: every interface, also one that comes when the relay has no privileges. */
    @Test
    void servesAnInterfaceThatComesLater() {
        lan.dnsmasq("--dhcp-range=10.20.7.100,10.20.7.199,255.255.255.0,2m");
        LabProcess relay = lan.relay("-b", RelayedLan.UPLINK);
        assertThat(relay.lines().getLast()).contains("ready on eth1: relaying to all on eth0");
        Segment later = lan.lab.segment("later");

        lan.relay.plug(later, "eth2", "52:54:00:dd:00:03");
        lan.relay.address("eth2", "10.20.7.1/24");

        LabClient client = lan.client(later, ClientProgram.UDHCPC, 1).start();
        assertThat(bound(client)).startsWith("10.20.7.1");
    }

    @Test
    void passesOnWhatAnotherRelayPassedOn() {
        lan.dnsmasq("--dhcp-range=10.20.7.100,10.20.7.199,255.255.255.0,2m");
        Segment far = lan.lab.segment("far");
        Host outer = lan.lab.host("outer");
        outer.plug(lan.lan, RelayedLan.UPLINK, "52:54:00:dd:00:05");
        outer.plug(far, RelayedLan.CLIENTS, "52:54:00:dd:00:06");
        outer.address(RelayedLan.UPLINK, "10.20.0.2/24");
        outer.address(RelayedLan.CLIENTS, "10.20.7.1/24");
        outer.run("sysctl", "-qw", "net.ipv4.ip_forward=1");
        outer.run("ip", "route", "add", "10.77.0.0/24", "via", RelayedLan.RELAY);
        lan.relay.run("ip", "route", "add", "10.20.7.0/24", "via", "10.20.0.2");
        Capture upstream = lan.upstream();
        lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        // The server answers the first relay itself, from an address that is not the second's.
        LabProcess second =
                lan.start(outer, "-i", RelayedLan.CLIENTS, "-s", RelayedLan.RELAY, "--any-server");
        second.awaitLine(line -> line.contains("ready on"), "ready", RelayedLan.WAIT_MAX);

        LabClient client = lan.client(far, ClientProgram.UDHCPC, 1).start();

        assertThat(bound(client)).startsWith("10.20.7.1");
        for (String type : List.of("DISCOVER", "REQUEST")) {
            CapturedMessage request = upstream.await(type, each -> each.is(type));
            assertThat(request.giaddr()).isEqualTo("10.20.7.1");
        }
    }

    /** Ten restarts of the relay and one of the server, while clients come. */
    @Test
    void leavesNoClientWithoutItsLeaseOverTenRestarts() {
        LabProcess server = lan.dnsmasq();
        List<LabClient> clients = new ArrayList<>();
        LabProcess relay = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        for (int restart = 1; restart <= 10; restart++) {
            // udhcpc asks ten times, two seconds apart: longer than a restart takes.
            clients.add(lan.client(ClientProgram.UDHCPC, restart, "-t", "60").start());
            relay.kill();
            if (restart == 5) {
                server.kill();
                lan.dnsmasq();
            }
            relay = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        }

        List<String> addresses = new ArrayList<>();
        clients.forEach(client -> addresses.add(bound(client)));
        assertThat(addresses).hasSize(10).doesNotHaveDuplicates();
    }

    /** restart_with_stress: every one of 90 clients that come again and again gets its lease. */
    @Test
    void losesNoExchangeOfALoadOverTenRestarts() {
        lan.leasehold();
        LabProcess relay = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        Host many = lan.lab.host("many");
        many.plug(lan.lan, RelayedLan.IFACE, "52:54:00:ee:00:01");
        // They ask for a minute before they give up: longer than a restart takes.
        String load = "bench -i eth0 --json --rate 100 --clients 90 --seconds 30 --retries 60";
        LabProcess bench = many.start("bench", SelfCommand.with(load.split(" ")));
        for (int restart = 1; restart <= 10; restart++) {
            relay.kill();
            relay = lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);
        }

        assertThat(bench.awaitExit(Duration.ofMinutes(3))).as(bench.lines().toString()).isZero();
        assertThat(numberOf("lost", bench)).isZero();
        assertThat(numberOf("first_leases", bench)).isEqualTo(90);
        assertThat(numberOf("retransmits", bench)).as("some met a restart").isPositive();
    }

    private static long numberOf(String name, LabProcess bench) {
        return bench.lines().stream()
                .filter(line -> line.contains('"' + name + '"'))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + bench.lines()));
    }
}
