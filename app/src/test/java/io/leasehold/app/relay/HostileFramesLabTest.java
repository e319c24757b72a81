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
import io.leasehold.app.lab.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a stranger can put on the wire of the clients, and what of it arrives at the server. */
@Tag("lab")
final class HostileFramesLabTest {
    private final RelayedLan lan = new RelayedLan();

    @AfterEach
    void removeLab() {
        lan.close();
    }

    /** A virtual wire loses nothing, and its ends take each other's word unless told otherwise. */
    private void haveChecksumsChecked(String namespace) {
        Shell.must(
                "ip",
                "netns",
                "exec",
                namespace,
                "sh",
                "-c",
                "for each in $(ip -o link show type veth | sed 's/^[0-9]*: //; s/@.*//'); do"
                        + " ethtool -K $each rx off tx off > /dev/null; done");
    }

    private static String text(int xid) {
        return String.format("0x%08x", xid);
    }

    /**
     * Rule 14, and of a switch's test plan: bad_ip_checksum, bad_udp_checksum, l2_runt, l2_only,
     * partial_udp, hop_limit_exceeded, random_sport.
     */
    @Test
    void relaysWhatIsWholeAndNothingElse() {
        lan.dnsmasq();
        Host stranger = lan.lab.host("stranger");
        stranger.plug(lan.lan, RelayedLan.IFACE, "52:54:00:ee:00:ff");
        haveChecksumsChecked(stranger.namespace());
        haveChecksumsChecked(lan.lan.namespace());
        haveChecksumsChecked(lan.relay.namespace());
        Capture upstream = lan.upstream();
        LabProcess relay = lan.relay("-d", "-i", RelayedLan.CLIENTS, "-s", RelayedLan.SERVER);

        List<String> command = new ArrayList<>(SelfCommand.with());
        command.set(command.size() - 1, HostileFrames.class.getName());
        command.add(RelayedLan.IFACE);
        LabProcess sender = stranger.start("frames", command);
        assertThat(sender.awaitExit(RelayedLan.WAIT_MAX)).as(sender.lines().toString()).isZero();
        LabClient client = lan.client(ClientProgram.UDHCPC, 1).start();
        client.await(ClientEvent.Kind.BOUND);

        Set<String> relayed =
                upstream.end().stream()
                        .filter(each -> each.is("DISCOVER"))
                        .map(CapturedMessage::xid)
                        .filter(xid -> xid.startsWith("0x7e57"))
                        .collect(Collectors.toSet());
        assertThat(relayed)
                .containsExactlyInAnyOrder(
                        text(HostileFrames.PLAIN),
                        text(HostileFrames.NO_CHECKSUM),
                        text(HostileFrames.FRAGMENTED),
                        text(HostileFrames.RANDOM_SPORT),
                        text(HostileFrames.LONG));
        for (String why :
                List.of(
                        "it has passed too many relays",
                        "giaddr is an address of this host",
                        "its interface is not trusted")) {
            assertThat(relay.lines()).anyMatch(line -> line.contains(why));
        }
        assertThat(relay.lines()).noneMatch(line -> line.contains("ERROR"));
    }
}
