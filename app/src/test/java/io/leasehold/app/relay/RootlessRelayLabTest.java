package io.leasehold.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.app.command.SelfCommand;
import io.leasehold.app.lab.Capture;
import io.leasehold.app.lab.CapturedMessage;
import io.leasehold.app.lab.ClientEvent;
import io.leasehold.app.lab.ClientProgram;
import io.leasehold.app.lab.LabClient;
import io.leasehold.app.lab.LabProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From end to end without privileges: clients at 67 and 68, the kernel that rewrites the ports, a
 * relay that is nobody and has no capability, and servers at either port.
 */
@Tag("lab")
final class RootlessRelayLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    private void ports(String... arguments) {
        List<String> words = new ArrayList<>(List.of("ports", "--apply"));
        words.addAll(List.of("--interface", RelayedLan.CLIENTS));
        words.addAll(List.of("--address", RelayedLan.RELAY + "/24"));
        words.addAll(List.of(arguments));
        lan.relay.run(SelfCommand.with(words.toArray(new String[0])).toArray(new String[0]));
    }

    /** Starts the relay as uid 65534. Where nobody may read the program, it is mounted for it. */
    private LabProcess relayAsNobody(String... flags) {
        List<String> words = new ArrayList<>(List.of("relay", "-n", "-p"));
        words.addAll(List.of("-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER));
        words.addAll(List.of(flags));
        List<String> command = SelfCommand.with(words.toArray(new String[0]));
        StringBuilder script = new StringBuilder("mount -t tmpfs -o mode=755 lab /mnt && cd /mnt");
        Path java = Path.of(System.getProperty("java.home"));
        script.append(" && mkdir jdk && mount --bind ").append(java).append(" jdk");
        int classPath = command.indexOf("-cp") + 1;
        List<String> mounted = new ArrayList<>();
        for (String entry : command.get(classPath).split(File.pathSeparator, -1)) {
            String at = "/mnt/" + mounted.size();
            boolean directory = Files.isDirectory(Path.of(entry));
            if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                script.append(directory ? " && mkdir " : " && touch ").append(at);
                script.append(" && mount --bind ").append(entry).append(' ').append(at);
                mounted.add(at);
            }
        }
        script.append(" && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs");
        script.append(" --bounding-set=-all --inh-caps=-all --ambient-caps=-all \"$@\"");
        command.set(0, "/mnt/jdk/bin/java");
        command.set(classPath, String.join(File.pathSeparator, mounted));
        List<String> all = new ArrayList<>(List.of("sh", "-c", script.toString(), "sh"));
        all.addAll(command);
        LabProcess process = lan.relay.start("relay", all);
        process.awaitLine(
                line -> line.contains("ready on"), "that it is ready", RelayedLan.WAIT_MAX);
        return process;
    }

    @ParameterizedTest
    @EnumSource
    void givesALeaseThroughARelayThatIsNobody(ClientProgram program) {
        lan.dnsmasq("--dhcp-alternate-port");
        ports();
        LabProcess relay = relayAsNobody();
        Capture wire = lan.downstream();

        LabClient client = lan.client(program, 1).start();

        assertThat(client.await(ClientEvent.Kind.BOUND).address()).startsWith("10.20.0.1");
        CapturedMessage ack = wire.await("ACK", message -> message.is("ACK"));
        assertThat(ack.sourcePort()).isEqualTo("67");
        assertThat(ack.destinationPort()).isEqualTo("68");
        // Nobody makes no neighbour entry: all clients are reached by broadcast, asked or not.
        assertThat(ack.destination()).isEqualTo("255.255.255.255");
        assertThat(status(relay)).contains("Uid:\t65534\t65534\t65534\t65534");
        assertThat(status(relay)).contains("CapPrm:\t0000000000000000");
    }

    private String status(LabProcess process) {
        return lan.relay.run("cat", "/proc/" + process.pid() + "/status");
    }

    @Test
    void reachesAServerAtPort67AndLeavesRenewalsPastTheRelayAlone() {
        lan.dnsmasq("--dhcp-option=option:T1,5s");
        ports("--upstream", RelayedLan.UPLINK, "--server", RelayedLan.SERVER);
        relayAsNobody();
        Capture upstream = Capture.on(lan.server, RelayedLan.IFACE);

        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        ClientEvent bound = client.await(ClientEvent.Kind.BOUND);
        client.host().run("ip", "route", "replace", "10.77.0.0/24", "via", RelayedLan.RELAY);
        client.renew();
        client.await(ClientEvent.Kind.RENEWED);

        CapturedMessage relayed = upstream.await("DISCOVER", message -> message.is("DISCOVER"));
        assertThat(relayed.giaddr()).isEqualTo(RelayedLan.RELAY);
        assertThat(relayed.sourcePort()).isEqualTo("67");
        assertThat(relayed.destinationPort()).isEqualTo("67");
        CapturedMessage renewal =
                upstream.await("renewal", message -> message.ciaddr().equals(bound.address()));
        assertThat(renewal.source()).isEqualTo(bound.address());
        assertThat(renewal.sourcePort()).isEqualTo("68");
        assertThat(renewal.destinationPort()).isEqualTo("67");
        assertThat(renewal.giaddr()).isEqualTo("0.0.0.0");
    }
}
