package io.leasehold.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A link on the loopback interface and a port above 1023, which needs no privilege. */
class LinkTest {
    private static final Ip4Address LOOPBACK = Ip4Address.parse("127.0.0.1");

    private final Recorder recorder = new Recorder();

    @Test
    void answersWhoAskedFromTheAddressAsked() throws Exception {
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        try (Link link = Link.open(options);
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(10_000);
            int port = link.port();
            client.send(
                    new DatagramPacket(
                            new byte[] {1, 2, 3}, 3, InetAddress.getLoopbackAddress(), port));
            while (recorder.datagrams.isEmpty()) {
                link.receive(1000, recorder);
            }
            Recorder.Datagram request = recorder.datagrams.getFirst();
            assertThat(request.bytes().toString()).isEqualTo("01:02:03");
            assertThat(request.destination()).isEqualTo(LOOPBACK);
            assertThat(request.sourcePort()).isEqualTo(client.getLocalPort());

            int clientPort = request.sourcePort();
            link.send(
                    List.of(
                            new Outgoing(
                                    LinkLab.message(), LOOPBACK, clientPort, LOOPBACK, 0, null)));
            DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
            client.receive(reply);
            assertThat(reply.getLength()).isEqualTo(300);
            assertThat(reply.getPort()).isEqualTo(port);
        }
    }

    @Test
    void leavesOutAShareOfTheDiscoversOfClientsThatHaveJustBegun() throws Exception {
        // A quarter of them has room in the buffer that a process without privileges gets.
        int count = 400;
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        try (Link link = Link.open(options);
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            link.admitDiscovers(0.25);
            for (int i = 0; i < count; i++) {
                send(client, link, discover(0));
            }
            byte[] last = {1, 2, 3};
            send(client, link, last);
            receiveUntilLengthIs(link, last.length);

            int came = recorder.datagrams.size() - 1;
            assertThat(came).isBetween(count / 8, count / 2);
            assertThat(link.counters().shed()).isEqualTo(count - came);
            assertThat(link.counters().dropped()).isZero();
        }
    }

    @Test
    void leavesOutNothingButSuchDiscovers() throws Exception {
        byte[] request = discover(0);
        request[242] = 3;
        byte[] typeLater = discover(0);
        typeLater[240] = 12; // a host name of one letter before the message type
        byte[] cutOff = Arrays.copyOf(discover(0), 243);
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        try (Link link = Link.open(options);
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            link.admitDiscovers(0);
            send(client, link, discover(0));
            for (byte[] each : List.of(discover(1), request, typeLater, cutOff, new byte[2])) {
                send(client, link, each);
            }
            receiveUntilLengthIs(link, 2);
            assertThat(recorder.datagrams).hasSize(5);

            link.admitDiscovers(1);
            send(client, link, discover(0));
            send(client, link, new byte[1]);
            receiveUntilLengthIs(link, 1);
            assertThat(recorder.datagrams).hasSize(7);
            assertThat(link.counters().shed()).isEqualTo(1);
            assertThatThrownBy(() -> link.admitDiscovers(1.5)).hasMessageContaining("1.5");
        }
    }

    private static byte[] discover(int secs) {
        ByteBuffer bytes = ByteBuffer.allocate(300);
        bytes.putShort(8, (short) secs);
        bytes.position(236).putInt(0x63825363);
        bytes.put(new byte[] {53, 1, 1, (byte) 255});
        return bytes.array();
    }

    private static void send(DatagramSocket client, Link link, byte[] bytes) throws IOException {
        client.send(
                new DatagramPacket(
                        bytes, bytes.length, InetAddress.getLoopbackAddress(), link.port()));
    }

    private void receiveUntilLengthIs(Link link, int length) throws IOException {
        while (recorder.datagrams.isEmpty()
                || recorder.datagrams.getLast().bytes().length() != length) {
            link.receive(1000, recorder);
        }
    }

    @Test
    void listensOnEachOfItsPortsAndSendsFromTheOneThatAMessageNames() throws Exception {
        int further = 20_067;
        Link opened = openWith(further);
        while (opened == null) {
            opened = openWith(++further);
        }
        try (Link link = opened;
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(10_000);
            int own = link.port();
            for (int port : new int[] {own, further}) {
                client.send(
                        new DatagramPacket(
                                new byte[] {1}, 1, InetAddress.getLoopbackAddress(), port));
            }
            while (recorder.datagrams.size() < 2) {
                link.receive(1000, recorder);
            }
            int nobodys = 1;
            for (int port : new int[] {further, nobodys, own, 0}) {
                link.send(List.of(replyFrom(port, client.getLocalPort())));
            }
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                DatagramPacket reply = new DatagramPacket(new byte[1500], 1500);
                client.receive(reply);
                ports.add(reply.getPort());
            }
            assertThat(ports).containsExactly(further, own, own);
            assertThat(link.counters().sendFailures()).isEqualTo(1);
        }
    }

    /** Null where somebody else has the further port. */
    private static @Nullable Link openWith(int further) throws Exception {
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        try {
            return Link.open(options.withMorePorts(List.of(further)));
        } catch (LinkException inUse) {
            assertThat(inUse).hasMessageContaining("port " + further);
            return null;
        }
    }

    private static Outgoing replyFrom(int port, int to) {
        return new Outgoing(LinkLab.message(), LOOPBACK, to, LOOPBACK, 0, null, port);
    }

    @Test
    void endsAReceiveThatWaitsWhenItIsClosed() throws Exception {
        LinkOptions options = LinkOptions.of().withListen("127.0.0.1").withPort(0);
        Link link = Link.open(options);
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                while (true) {
                                    link.receive(-1, recorder);
                                }
                            } catch (Exception e) {
                                end.complete(e.getMessage());
                            }
                        });
        link.close();
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("the link is closed");
        link.close();
        link.wakeUp();
        assertThat(link.counters().received()).isZero();
    }

    @Test
    void saysThatThereIsNothingToListenOn() {
        assertThatThrownBy(() -> Link.open(LinkOptions.of()))
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("there is nothing to listen on: name an interface (lo");
    }

    @Test
    void saysWhichAddressIsNoAddress() {
        assertThatThrownBy(() -> Link.open(LinkOptions.of().withListen("10.0.0")))
                .isInstanceOf(LinkException.class)
                .hasMessage(
                        "cannot listen on 10.0.0: \"10.0.0\" is not an IPv4 address such as"
                                + " 192.168.1.10");
    }

    @Test
    void saysThatAnAddressIsNotOfThisHost() {
        assertThatThrownBy(() -> Link.open(LinkOptions.of().withListen("203.0.113.77")))
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("no address 203.0.113.77; there are: lo (127.0.0.1/8");
    }
}
