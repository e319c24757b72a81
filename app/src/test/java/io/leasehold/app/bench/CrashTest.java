package io.leasehold.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.lab.Await;
import io.leasehold.app.lab.Host;
import io.leasehold.app.lab.Lab;
import io.leasehold.app.lab.LabProcess;
import io.leasehold.app.lab.Segment;
import io.leasehold.lease.JournalReader;
import io.leasehold.lease.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promise that everything else rests on: what a client was told, the server knows for good. */
@Tag("lab")
class CrashTest {
    private static final int CRASHES = 20;
    private static final int LEASES_BEFORE_CRASH_MIN = 300;
    private static final long SEED = 7;
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** From a client's hardware address to the line that tells of its last ACK. */
    private final Map<String, Ack> held = new HashMap<>();

    private final Map<String, String> clientOfAddress = new HashMap<>();

    private record Ack(String client, String address, long endSeconds) {}

    @Test
    void killedAtFullLoadTwentyTimesItKnowsEveryLeaseThatItAcknowledged() throws IOException {
        try (Lab lab = Lab.open()) {
            Segment segment = lab.segment("a");
            Host serverHost = lab.host("server");
            serverHost.plug(segment, "eth0", "52:54:00:78:00:01");
            serverHost.address("eth0", "10.0.0.1/8");
            Host clients = lab.host("clients");
            clients.plug(segment, "eth0", "52:54:00:78:00:02");
            Path log = lab.directory().resolve("holds");
            Path data = lab.directory().resolve("data");
            LabProcess load = clients.start("bench", load(log));
            Random random = new Random(SEED);
            for (int crash = 1; crash <= CRASHES; crash++) {
                LabProcess server = serverHost.start("serve", serve(lab.directory(), data));
                awaitLeases(log, server, load);
                LockSupport.parkNanos(random.nextInt(500) * 1_000_000L);
                server.kill();
                awaitSilence(log);
                readHolds(log);
                assertEveryHoldIsKnown(data, crash);
            }
            try (LabProcess server = serverHost.start("serve", serve(lab.directory(), data))) {
                awaitLeases(log, server, load);
                assertEveryHoldIsKnown(data, CRASHES + 1);
                assertEveryHoldIsListed(serverHost, data);
                load.signal("INT");
                // 130 is the end by Ctrl-C; 1 would be an address held by two.
                assertThat(load.awaitExit(BOUND))
                        .as(String.join("\n", load.lines()))
                        .isEqualTo(130);
            }
            assertThat(load.lines()).contains("no address was held by two clients");
        }
    }

    /** The server is up again and under load: the log has grown well beyond where it was. */
    private static void awaitLeases(Path log, LabProcess server, LabProcess load) {
        long before = size(log);
        long wanted = before + LEASES_BEFORE_CRASH_MIN * 40L;
        Await.until(
                BOUND,
                () -> size(log) > wanted || !server.isAlive() || !load.isAlive(),
                () -> "no leases; the server said:\n" + String.join("\n", server.lines()));
        assertThat(server.isAlive()).as(String.join("\n", server.lines())).isTrue();
        assertThat(load.isAlive()).as(String.join("\n", load.lines())).isTrue();
    }

    /** What was on its way when the server died has been taken and logged. */
    private static void awaitSilence(Path log) {
        long[] last = {-1};
        Await.until(
                BOUND,
                () -> {
                    long now = size(log);
                    boolean still = now == last[0];
                    last[0] = now;
                    return still;
                },
                () -> "the log goes on although there is no server");
    }

    private static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void readHolds(Path log) throws IOException {
        held.clear();
        clientOfAddress.clear();
        for (String line : Files.readAllLines(log, StandardCharsets.US_ASCII)) {
            String[] words = line.split(" ", -1);
            Ack ack = new Ack(words[1], words[2], Long.parseLong(words[3]));
            held.put(ack.client(), ack);
            // All leases outlast the test and none is released, so no address may come twice.
            String other = clientOfAddress.put(ack.address(), ack.client());
            assertThat(other).as("the other holder of " + line).isIn(null, ack.client());
        }
    }

    private void assertEveryHoldIsKnown(Path data, int crash) throws IOException {
        Map<String, Lease> known = new HashMap<>();
        for (Lease lease : JournalReader.read(data).leases()) {
            known.put(lease.address().toString(), lease);
        }
        List<String> lost = new ArrayList<>();
        for (Ack ack : held.values()) {
            Lease lease = known.get(ack.address());
            boolean there =
                    lease != null
                            && lease.state() == Lease.State.BOUND
                            && lease.hardware().toString().equals(ack.client())
                            // The client counts from when it asked, the server from when it heard.
                            && lease.endSeconds() >= ack.endSeconds() - 2;
            if (!there) {
                lost.add(ack + " is " + lease);
            }
        }
        assertThat(lost).as("leases lost by crash " + crash + " of seed " + SEED).isEmpty();
        assertThat(held).as("leases before crash " + crash).isNotEmpty();
    }

    /** The same, as an operator sees it, while the server runs and is under load. */
    private void assertEveryHoldIsListed(Host serverHost, Path data) {
        String[] command = leasehold("leases", "--json", "--data=" + data).toArray(String[]::new);
        Set<String> listed = new HashSet<>();
        Matcher lease =
                Pattern.compile("\"address\":\"([^\"]+)\".*\"hardware\":\"([^\"]+)\"")
                        .matcher(serverHost.run(command));
        while (lease.find()) {
            listed.add(lease.group(1) + " " + lease.group(2));
        }
        assertThat(held.values())
                .allMatch(ack -> listed.contains(ack.address() + " " + ack.client()));
    }

    private static List<String> load(Path log) {
        return leasehold(
                "bench",
                "-i",
                "eth0",
                "--clients=4000000",
                "--in-flight=64",
                "--mix=full=95,renew=5",
                "--seconds=300",
                "--warmup=0",
                "--timeout=0.2",
                "--retries=100",
                "--hold-log=" + log);
    }

    private static List<String> serve(Path directory, Path data) throws IOException {
        Path file = directory.resolve("leasehold.yaml");
        Files.writeString(
                file,
                """
                interfaces: [eth0]
                data: %s
                server:
                  lease-time: 1h
                  ping-check: off
                  subnets:
                    - {subnet: 10.0.0.0/8, pools: [10.1.0.0-10.200.255.255]}
                """
                        .formatted(data));
        return leasehold("serve", "-c", file.toString());
    }

    private static List<String> leasehold(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.leasehold.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
