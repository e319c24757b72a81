package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.BufferedReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that was never root, and listens on sockets that systemd opened for it. */
@Tag("lab")
class RootlessLabTest {
    private static final int PATIENCE_SECONDS = 20;

    private final LinkLab lab = new LinkLab();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private @Nullable Process started;

    @BeforeEach
    void givesTheClientAnAddress() {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
    }

    @AfterEach
    void close() throws Exception {
        if (started != null) {
            started.destroyForcibly().waitFor();
        }
        lab.close();
    }

    /** What the program says next, whatever systemd-socket-activate says besides. */
    private String heard() throws InterruptedException {
        String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !isOurs(line)) {
            line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return String.valueOf(line);
    }

    private static boolean isOurs(String line) {
        return line.startsWith("to ") || line.startsWith("the socket");
    }

    private void connectUntilHeard() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (said.stream().noneMatch(RootlessLabTest::isOurs) && System.nanoTime() - end < 0) {
            try {
                new Socket("192.168.77.1", 67).close();
            } catch (ConnectException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private void start(String... sockets) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", lab.server));
        command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(List.of("--inh-caps=-all,+net_bind_service"));
        command.addAll(List.of("--ambient-caps=+net_bind_service", "--no-new-privs"));
        command.addAll(List.of("systemd-socket-activate"));
        command.addAll(Arrays.asList(sockets));
        command.addAll(List.of("setpriv", "--inh-caps=-all", "--ambient-caps=-all"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(InheritedProgram.class.getName());
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        started = program;
        BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(said::add));
    }

    private void send(String destination, int port) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, "cli0")) {
                        client.setDestination(Ip4Address.parse(destination), port);
                        client.queue(new byte[300], 0, 300);
                        client.flush();
                    }
                });
    }

    /** The first datagram starts the program: systemd-socket-activate waits for one. */
    private void sendUntilHeard(String destination, int port) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (said.stream().noneMatch(RootlessLabTest::isOurs) && System.nanoTime() - end < 0) {
            send(destination, port);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    void listensOnASocketThatItWasStartedWith() throws Exception {
        try (PacketSocket wire = lab.listen(68)) {
            start("-d", "-l", "0.0.0.0:67");
            sendUntilHeard("255.255.255.255", 67);
            assertThat(heard()).isEqualTo("to 255.255.255.255 from 192.168.77.100");
            assertThat(LinkLab.capture(wire, 1))
                    .extracting(Frames.Udp::sourcePort)
                    .isNotEmpty()
                    .containsOnly(67);
        }
    }

    @Test
    void listensOnASocketOfBothFamilies() throws Exception {
        start("-d", "-l", "67");
        sendUntilHeard("192.168.77.1", 67);
        assertThat(heard()).isEqualTo("to 192.168.77.1 from 192.168.77.100");
    }

    @Test
    void saysThatASocketIsOnAnotherPort() throws Exception {
        start("-d", "-l", "0.0.0.0:69");
        sendUntilHeard("192.168.77.1", 69);
        assertThat(heard())
                .isEqualTo("the socket passed as descriptor 3 is on port 69, expected 67");
    }

    @Test
    void saysThatASocketIsNotOfUdp() throws Exception {
        start("-l", "0.0.0.0:67");
        NamespaceThread.run(lab.client, this::connectUntilHeard);
        assertThat(heard())
                .isEqualTo(
                        "the socket passed as descriptor 3 is none, expected a UDP socket that"
                                + " IPv4 reaches");
    }
}
