package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A listener on every address answers from the one that was asked. */
@Tag("lab")
class LinkWildcardLabTest {
    private static final Ip4Address ANYCAST = Ip4Address.parse("10.255.0.53");
    private static final Ip4Address LATER = Ip4Address.parse("10.255.0.54");

    private final LinkLab lab = new LinkLab();

    LinkWildcardLabTest() {
        lab.namespaces.ip(lab.server, "address add 10.255.0.53/32 dev lo");
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        lab.namespaces.ip(lab.client, "route add 10.255.0.0/24 via 192.168.77.1");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void ask(Ip4Address destination) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (UdpSocket client = UdpSocket.open(LinkLab.CLIENT, 68, null)) {
                        client.setDestination(destination, 67);
                        client.queue(new byte[300], 0, 300);
                        client.flush();
                    }
                });
    }

    @Test
    void answersFromTheAddressThatWasAskedAlsoFromOneThatCameLater() throws Exception {
        try (Link link = lab.open(LinkOptions.of("srv0").withListen("10.255.0.53", "*"));
                PacketSocket wire = lab.listen(68)) {
            lab.namespaces.ip(lab.server, "address add 10.255.0.54/32 dev lo");
            List<Ip4Address> asked = List.of(ANYCAST, LinkLab.SERVER, LATER);
            for (Ip4Address each : asked) {
                ask(each);
            }
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= asked.size());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactlyElementsOf(asked);

            for (Recorder.Datagram each : lab.recorder.datagrams) {
                Ip4Address from = each.destination();
                link.send(List.of(LinkLab.reply(LinkLab.CLIENT, from, 0, null)));
            }
            assertThat(LinkLab.capture(wire, asked.size()))
                    .extracting(Frames.Udp::source)
                    .containsExactlyElementsOf(asked);
        }
    }

    @Test
    void takesNoBroadcastWhereNoInterfaceIsServed() throws Exception {
        try (Link link = lab.open(LinkOptions.of().withListen("*"))) {
            ask(Ip4Address.parse("192.168.77.255"));
            ask(ANYCAST);
            lab.receiveUntil(link, () -> !lab.recorder.datagrams.isEmpty());
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactly(ANYCAST);
            assertThat(link.counters().ignored()).isEqualTo(1);
        }
    }
}
