package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.protocol.wire.Ip4Address;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two programs of one host at the same port: one has it, the other only listens. */
@Tag("lab")
class LinkSharedPortLabTest {
    private static final int PORT = 67;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LinkLab lab = new LinkLab();
    private final Recorder other = new Recorder();

    LinkSharedPortLabTest() {
        lab.namespaces.ip(lab.client, "address add 192.168.77.100/24 dev cli0");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void send(Ip4Address destination, int bytes) throws Exception {
        NamespaceThread.run(
                lab.client,
                () -> {
                    try (UdpSocket client = UdpSocket.open(LinkLab.CLIENT, 68, null)) {
                        client.setDestination(destination, PORT);
                        client.queue(new byte[bytes], 0, bytes);
                        client.flush();
                    }
                });
    }

    /** RFC 2131 has renewals sent to the server itself: they must not go astray. */
    @Test
    void takesBroadcastsBesideAnotherServerAndLeavesItsUnicasts() throws Exception {
        Ip4Address network = Ip4Address.parse("192.168.77.255");
        try (Link server = lab.open(LinkOptions.of("srv0").withSharedPort().withListen("*"));
                Link listener = lab.open(LinkOptions.of("srv0").withSharedPort())) {
            send(Ip4Address.BROADCAST, 300);
            send(network, 301);
            send(LinkLab.SERVER, 302);
            NamespaceThread.run(
                    lab.server,
                    () -> {
                        long end = System.nanoTime() + PATIENCE_NANOS;
                        while (other.datagrams.size() < 3 && System.nanoTime() - end < 0) {
                            server.receive(100, other);
                        }
                    });
            lab.receiveUntil(listener, () -> lab.recorder.datagrams.size() >= 2);

            assertThat(other.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactlyInAnyOrder(Ip4Address.BROADCAST, network, LinkLab.SERVER);
            assertThat(lab.recorder.datagrams)
                    .extracting(Recorder.Datagram::destination)
                    .containsExactlyInAnyOrderElementsOf(List.of(Ip4Address.BROADCAST, network));
        }
    }
}
