package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.link.lab.Capabilities;
import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a link does where it is not permitted everything. */
@Tag("lab")
class LinkPrivilegeLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void saysWhatIsNeededToListen() throws Exception {
        NamespaceThread.run(
                lab.server,
                () -> {
                    Capabilities.keepOnly();
                    assertThatThrownBy(() -> Link.open(LinkOptions.of("srv0")))
                            .isInstanceOf(LinkException.class)
                            .hasMessage(
                                    "cannot listen on 255.255.255.255 port 67: not permitted:"
                                            + " needs root or CAP_NET_BIND_SERVICE");
                });
    }

    @Test
    void broadcastsWhereNeighbourEntriesAreNotPermitted() throws Exception {
        try (PacketSocket wire = lab.listen(68)) {
            NamespaceThread.run(
                    lab.server,
                    () -> {
                        Capabilities.keepOnly(Capabilities.NET_BIND_SERVICE);
                        try (Link link = Link.open(LinkOptions.of("srv0"))) {
                            int index = LinkLab.index(link, "srv0");
                            for (int i = 0; i < 3; i++) {
                                link.send(
                                        List.of(
                                                LinkLab.reply(
                                                        LinkLab.CLIENT.plus(i),
                                                        LinkLab.SERVER,
                                                        index,
                                                        LinkLab.STRANGER)));
                            }
                            assertThat(link.counters().neighbours()).isZero();
                            assertThat(link.counters().neighbourFallbacks()).isEqualTo(3);
                            assertThat(link.counters().sent()).isEqualTo(3);
                        }
                    });
            assertThat(LinkLab.capture(wire, 3))
                    .extracting(Frames.Udp::destination)
                    .containsExactly(
                            Ip4Address.BROADCAST, Ip4Address.BROADCAST, Ip4Address.BROADCAST);
        }
    }

    @Test
    void pingsThroughTheKernelsEchoSocketWhereRawSocketsAreNotPermitted() throws Exception {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        lab.namespaces.in(lab.server, "sysctl", "-qw", "net.ipv4.ping_group_range=0 0");
        NamespaceThread.run(
                lab.server,
                () -> {
                    Capabilities.keepOnly(Capabilities.NET_BIND_SERVICE);
                    try (Link link = Link.open(LinkOptions.of("srv0"))) {
                        link.ping(LinkLab.CLIENT, LinkLab.SERVER, LinkLab.index(link, "srv0"));
                        lab.receiveHereUntil(link, () -> !lab.recorder.answers.isEmpty());
                        assertThat(lab.recorder.answers).containsExactly(LinkLab.CLIENT);
                    }
                });
    }
}
