package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that has become nobody, its helper, and what they still do. */
@Tag("lab")
class PrivilegesLabTest {
    private static final int PATIENCE_SECONDS = 20;
    private static final String NONE = "0000000000000000";
    private static final String NET_ADMIN = "0000000000001000";

    private final LinkLab lab = new LinkLab();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private @Nullable Process started;

    @AfterEach
    void close() throws Exception {
        if (started != null) {
            started.destroyForcibly().waitFor();
        }
        lab.close();
    }

    private void start(String user) throws Exception {
        Process program =
                new ProcessBuilder(
                                "ip",
                                "netns",
                                "exec",
                                lab.server,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                UnprivilegedProgram.class.getName(),
                                user)
                        .redirectErrorStream(true)
                        .start();
        started = program;
        BufferedReader out = program.inputReader(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(() -> out.lines().forEach(said::add));
        assertThat(await("ready"::equals)).isEqualTo("ready");
    }

    private Process program() {
        return Objects.requireNonNull(started);
    }

    private String await(Predicate<String> wanted) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || wanted.test(line)) {
                return line == null ? "silence after " + others : line;
            }
            others.add(line);
        }
    }

    private String reply(Ip4Address address, HardwareAddress hardware) throws Exception {
        PrintStream in = new PrintStream(program().getOutputStream(), true, StandardCharsets.UTF_8);
        in.println("reply srv0 " + address + " " + hardware);
        return await(List.of("entered", "broadcast", "no interface")::contains);
    }

    private String replyUntil(String outcome, Ip4Address address) throws Exception {
        String found = "";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!found.equals(outcome) && System.nanoTime() - end < 0) {
            found = reply(address, LinkLab.STRANGER);
        }
        return found;
    }

    private ProcessHandle helper() {
        return program().children().findFirst().orElseThrow();
    }

    private static List<List<String>> threads(long pid, List<String> fields) throws IOException {
        List<List<String>> all = new ArrayList<>();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
            for (Path task : each) {
                List<String> lines = lines(task.resolve("status"));
                if (!lines.isEmpty()) {
                    all.add(fields.stream().map(field -> value(lines, field)).toList());
                }
            }
        }
        return all;
    }

    private static List<String> lines(Path status) throws IOException {
        try {
            return Files.readAllLines(status);
        } catch (NoSuchFileException ended) {
            return List.of();
        }
    }

    private static String value(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip().replace('\t', ' '))
                .findFirst()
                .orElse("");
    }

    private static final List<String> FIELDS =
            List.of("Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs");

    @Test
    void everyThreadHasLostItsPrivileges() throws Exception {
        start("nobody");
        String nobody = "65534 65534 65534 65534";
        List<List<String>> threads = threads(program().pid(), FIELDS);
        assertThat(threads).hasSizeGreaterThan(5);
        assertThat(threads).containsOnly(List.of(nobody, nobody, "", NONE, NONE, NONE, NONE, "1"));
    }

    @Test
    void becomesAUserThatHasANumberOnly() throws Exception {
        start("54321");
        String user = "54321 54321 54321 54321";
        assertThat(threads(program().pid(), List.of("Uid", "Gid")))
                .containsOnly(List.of(user, user));
    }

    @Test
    void everyThreadOfTheHelperKeepsOneCapability() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        String nobody = "65534 65534 65534 65534";
        List<List<String>> threads = threads(helper().pid(), FIELDS);
        assertThat(threads).hasSizeGreaterThan(5);
        assertThat(threads)
                .containsOnly(
                        List.of(
                                nobody, nobody, "", NET_ADMIN, NET_ADMIN, NET_ADMIN, NET_ADMIN,
                                "1"));
        assertThat(threads(helper().pid(), List.of("CapBnd"))).containsOnly(List.of(NET_ADMIN));
    }

    @Test
    void stillReachesAClientWithoutAddressAtItsHardwareAddress() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        try (PacketSocket wire = lab.listen(68)) {
            HardwareAddress other = HardwareAddress.parse("52:54:00:aa:00:02");
            assertThat(reply(LinkLab.CLIENT.plus(1), other)).isEqualTo("entered");
            List<Frames.Udp> frames = LinkLab.capture(wire, 1);
            assertThat(frames).extracting(Frames.Udp::to).containsExactly(other);
            assertThat(frames)
                    .extracting(Frames.Udp::destination)
                    .containsExactly(LinkLab.CLIENT.plus(1));
        }
        assertThat(lab.namespaces.ip(lab.server, "neigh show 255.255.255.255 dev srv0"))
                .contains("lladdr ff:ff:ff:ff:ff:ff", "PERMANENT");
    }

    @Test
    void theHelperRefusesWhatIsNoClientOfAServedNetwork() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        for (String each : List.of("10.9.9.9", "192.168.77.1", "192.168.77.255", "192.168.77.0")) {
            assertThat(reply(Ip4Address.parse(each), LinkLab.STRANGER)).isEqualTo("broadcast");
        }
        assertThat(lab.namespaces.ip(lab.server, "neighbour show")).doesNotContain("10.9.9.9");
        assertThat(reply(LinkLab.CLIENT.plus(1), LinkLab.STRANGER)).isEqualTo("entered");
    }

    @Test
    void survivesAnInterfaceThatComesBackWithAnotherIndexAndAddress() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        lab.namespaces.ip(lab.server, "link delete srv0");
        lab.namespaces.ip(lab.server, "link add filler0 type veth peer name filler1");
        lab.namespaces.join(lab.server, "srv0", lab.client, "cli0");
        lab.namespaces.ip(lab.server, "address add 10.88.0.1/24 dev srv0");
        lab.namespaces.ip(lab.client, "address add 10.88.0.2/24 dev cli0");

        Ip4Address client = Ip4Address.parse("10.88.0.100");
        assertThat(replyUntil("entered", client)).isEqualTo("entered");
        assertThat(reply(LinkLab.CLIENT, LinkLab.STRANGER)).isEqualTo("broadcast");
        for (String each : List.of("255.255.255.255", "10.88.0.1")) {
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket socket = UdpSocket.open(Ip4Address.ZERO, 68, "cli0")) {
                            socket.setDestination(Ip4Address.parse(each), 67);
                            socket.queue(new byte[300], 0, 300);
                            socket.flush();
                        }
                    });
            assertThat(await(line -> line.startsWith("to "))).isEqualTo("to " + each);
        }
    }

    @Test
    void theHelperEndsWhenTheProgramIsKilled() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        ProcessHandle helper = helper();
        program().destroyForcibly();
        helper.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(helper.isAlive()).isFalse();
    }

    @Test
    void broadcastsOnceTheHelperIsGone() throws Exception {
        start("nobody");
        assertThat(replyUntil("entered", LinkLab.CLIENT)).isEqualTo("entered");
        helper().destroyForcibly();
        assertThat(replyUntil("broadcast", LinkLab.CLIENT)).isEqualTo("broadcast");
        try (PacketSocket wire = lab.listen(68)) {
            assertThat(reply(LinkLab.CLIENT, LinkLab.STRANGER)).isEqualTo("broadcast");
            assertThat(LinkLab.capture(wire, 1))
                    .extracting(Frames.Udp::destination)
                    .containsExactly(Ip4Address.BROADCAST);
        }
    }

    @Test
    void saysThatThereIsNoSuchUser() {
        assertThatThrownBy(() -> User.find("nobody-at-all"))
                .isInstanceOf(LinkException.class)
                .hasMessage(
                        "found no user \"nobody-at-all\" on this machine, expected a name that it"
                                + " knows or a number");
    }
}
