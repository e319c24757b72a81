package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabException;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.link.lab.NamespaceThread;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a running relay tells over HTTP. */
@Tag("lab")
final class RelayAdminLabTest {
    private static final String ADMIN = AdminQuestion.ADMIN;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private AdminQuestion.Answer ask(String method, String path) {
        return AdminQuestion.ask(lan.relay, method, path);
    }

    private LabProcess relay() {
        return lan.relay("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER, "--admin", ADMIN);
    }

    @Test
    void tellsThatItLivesAndWhatItHasRelayed() {
        lan.dnsmasq();
        relay();
        assertThat(ask("GET", "/livez").code()).isEqualTo(200);
        assertThat(ask("GET", "/readyz").code()).isEqualTo(200);

        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        AdminQuestion.Answer metrics = ask("GET", "/metrics");
        assertThat(metrics.type()).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.text().lines())
                .contains(
                        "leasehold_relay_relayed_total{interface=\"eth1\"} 2.0",
                        "leasehold_relay_answered_total{interface=\"eth1\"} 2.0",
                        "leasehold_relay_received_total{interface=\"eth0\"} 2.0",
                        "leasehold_relay_server_relayed_total"
                                + "{address=\"10.77.0.1:67\",server=\"10.77.0.1\"} 2.0",
                        "leasehold_relay_server_answered_total"
                                + "{address=\"10.77.0.1:67\",server=\"10.77.0.1\"} 2.0",
                        "leasehold_relay_answer_seconds_bucket{le=\"+Inf\"} 2",
                        "leasehold_relay_answer_seconds_count 2");
        assertThat(ask("POST", "/metrics").code()).isEqualTo(405);
        assertThat(ask("GET", "/").code()).isEqualTo(404);
    }

    @Test
    void answersWhereItsFileSays() {
        lan.write(
                "relay.yaml",
                "admin: " + ADMIN + "\nrelay: {interfaces: eth1, servers: 10.77.0.1}\n");
        lan.relay
                .start("serve", SelfCommand.with("serve", "-c", lan.path("relay.yaml").toString()))
                .awaitLine(line -> line.contains("ready on"), "ready", RelayedLan.WAIT_MAX);

        assertThat(ask("GET", "/readyz")).isEqualTo(new AdminQuestion.Answer(200, TEXT, "ok\n"));
    }

    @Test
    void broadcastsAndCountsItWhenItsHelperHasDied() {
        lan.dnsmasq();
        LabProcess relay = relay();
        ProcessHandle.of(relay.pid())
                .orElseThrow()
                .children()
                .forEach(ProcessHandle::destroyForcibly);

        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();

        client.await(ClientEvent.Kind.BOUND);
        relay.awaitLine(
                line -> line.endsWith("its reply is broadcast, as all will be until a restart"),
                "that it broadcasts",
                RelayedLan.WAIT_MAX);
        assertThat(ask("GET", "/metrics").text().lines())
                .contains("leasehold_socket_events_total{event=\"neighbour-fallbacks\"} 2.0");
        assertThat(ask("GET", "/readyz").code()).isEqualTo(200);
    }

    @Test
    void countsWhatItDropsByReason() {
        relay();

        // op 2, a reply, from somebody who is no server.
        lan.server.run("ip", "address", "add", "10.77.0.66/24", "dev", "eth0");
        lan.server.run(
                "bash",
                "-c",
                "printf '\\2\\1\\6\\0%0240d' 0 > "
                        + lan.path("reply")
                        + "; ip route replace"
                        + " 10.77.0.2 dev eth0 src 10.77.0.66; cat "
                        + lan.path("reply")
                        + " > /dev/udp/10.77.0.2/67");

        Await.until(
                RelayedLan.WAIT_MAX,
                () ->
                        ask("GET", "/metrics")
                                .text()
                                .lines()
                                .anyMatch(
                                        line ->
                                                line.startsWith(
                                                                "leasehold_relay_dropped_total"
                                                                    + "{interface=\"eth0\",reason=\"")
                                                        && line.endsWith("} 1.0")),
                () -> ask("GET", "/metrics").text());
    }

    @Test
    void isNotReadyWhileNoServerAnswersAndReadyAgain() {
        relay();
        assertThat(ask("GET", "/readyz").code()).isEqualTo(200);
        lan.client(ClientProgram.UDHCPC, 1).start();

        Await.until(
                RelayedLan.WAIT_MAX,
                () ->
                        ask("GET", "/readyz")
                                .equals(new AdminQuestion.Answer(503, TEXT, "no server answers\n")),
                () -> ask("GET", "/readyz").toString());
        assertThat(ask("GET", "/livez").code()).isEqualTo(200);
        lan.dnsmasq();

        Await.until(
                RelayedLan.WAIT_MAX,
                () -> ask("GET", "/readyz").code() == 200,
                () -> ask("GET", "/readyz").toString());
    }

    @Test
    void endsWithOneLineWhereItsPortIsTaken() throws Exception {
        try (ServerSocket other =
                NamespaceThread.call(
                        lan.relay.namespace(),
                        () -> new ServerSocket(9067, 1, InetAddress.ofLiteral("127.0.0.1")))) {
            assertThat(other.isBound()).isTrue();

            LabProcess process =
                    lan.start("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER, "--admin", ADMIN);

            assertThat(process.awaitExit(RelayedLan.WAIT_MAX)).isEqualTo(1);
            assertThat(process.lines())
                    .contains("leasehold: --admin 127.0.0.1:9067: Address already in use");
        }
    }

    @Test
    void relaysWhileStrangersHoldAllConnections() throws Exception {
        lan.dnsmasq();
        LabProcess relay = relay();
        List<Socket> held = new ArrayList<>();
        NamespaceThread.run(
                lan.relay.namespace(),
                () -> {
                    for (int i = 0; i < 300; i++) {
                        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), 9067);
                        socket.getOutputStream()
                                .write(
                                        "GET /metrics HTTP/1.1\r\nA: "
                                                .getBytes(StandardCharsets.US_ASCII));
                        held.add(socket);
                    }
                });

        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();

        client.await(ClientEvent.Kind.BOUND);
        assertThat(relay.isAlive()).isTrue();
        // Whoever does not end his request within some seconds is sent away.
        Await.until(
                RelayedLan.WAIT_MAX, this::answers, () -> "the endpoint answers nobody any more");
        for (Socket socket : held) {
            socket.close();
        }
    }

    @Test
    void endsWhenItIsToldToWhileAStrangerHoldsAConnection() throws Exception {
        LabProcess relay = relay();
        List<ProcessHandle> helper =
                ProcessHandle.of(relay.pid()).orElseThrow().children().toList();
        assertThat(helper).hasSize(1);
        try (Socket held =
                NamespaceThread.call(
                        lan.relay.namespace(),
                        () -> new Socket(InetAddress.ofLiteral("127.0.0.1"), 9067))) {
            held.getOutputStream().write("GET /livez".getBytes(StandardCharsets.US_ASCII));

            relay.signal("TERM");

            assertThat(relay.awaitExit(RelayedLan.WAIT_MAX)).isZero();
            // Nobody but the relay has ended the connection, which is still being waited for.
            assertThat(held.isClosed()).isFalse();
        }
        assertThat(relay.lines().getLast()).endsWith("stopped");
        Await.until(
                RelayedLan.WAIT_MAX,
                () -> helper.stream().noneMatch(ProcessHandle::isAlive),
                () -> "the helper outlives its relay");
    }

    private boolean answers() {
        try {
            return ask("GET", "/livez").code() == 200;
        } catch (LabException e) {
            return false;
        }
    }
}
