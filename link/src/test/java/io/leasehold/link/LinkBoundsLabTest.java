package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A link that keeps to an interface or to an address. */
@Tag("lab")
class LinkBoundsLabTest {
    private final LinkLab lab = new LinkLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void twoLinksHaveOnePortOnTwoInterfaces() throws Exception {
        lab.namespaces.ip(lab.server, "link add other0 type bridge");
        lab.namespaces.ip(lab.server, "link set other0 up");
        lab.namespaces.ip(lab.server, "address add 10.9.9.1/24 dev other0");
        LinkOptions all =
                LinkOptions.of(LinkOptions.EVERY_INTERFACE).withListen(LinkOptions.EVERY_ADDRESS);
        try (Link here = lab.open(all.withDevice("srv0"));
                Link there = lab.open(all.withDevice("other0"))) {
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket client = UdpSocket.open(Ip4Address.ZERO, 68, "cli0")) {
                            client.setDestination(Ip4Address.BROADCAST, 67);
                            client.queue(new byte[300], 0, 300);
                            client.flush();
                        }
                    });
            lab.receiveUntil(here, () -> !lab.recorder.datagrams.isEmpty());

            assertThat(lab.recorder.datagrams).hasSize(1);
            assertThat(there.receive(0, lab.recorder)).isZero();
        }
    }

    @Test
    void keptToOneAddressItTakesTheBroadcastsOfItsNetworkAndNoOtherAddress() throws Exception {
        lab.namespaces.ip(lab.server, "address add 192.168.77.2/24 dev srv0");
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
        LinkOptions one = LinkOptions.of("srv0").withListen("192.168.77.2").withOnlyListed();
        try (Link link = lab.open(one)) {
            NamespaceThread.run(
                    lab.client,
                    () -> {
                        try (UdpSocket client = UdpSocket.open(LinkLab.CLIENT, 68, "cli0")) {
                            for (String to :
                                    List.of(
                                            "192.168.77.1",
                                            "192.168.77.255",
                                            "255.255.255.255",
                                            "192.168.77.2")) {
                                client.setDestination(Ip4Address.parse(to), 67);
                                client.queue(new byte[300], 0, 300);
                            }
                            client.flush();
                        }
                    });
            lab.receiveUntil(link, () -> lab.recorder.datagrams.size() >= 3);

            assertThat(lab.recorder.datagrams)
                    .extracting(each -> each.destination().toString())
                    .containsExactlyInAnyOrder("192.168.77.255", "255.255.255.255", "192.168.77.2");
        }
    }
}
