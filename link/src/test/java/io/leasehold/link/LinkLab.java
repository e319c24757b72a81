package io.leasehold.link;

import io.leasehold.link.lab.NamespaceThread;
import io.leasehold.link.lab.Namespaces;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server's namespace with 192.168.77.1/24 on {@code srv0}, and a client's on the other end of the
 * wire, {@code cli0}, without an address.
 */
final class LinkLab implements AutoCloseable {
    static final Ip4Address SERVER = Ip4Address.parse("192.168.77.1");
    static final Ip4Address CLIENT = Ip4Address.parse("192.168.77.100");
    static final HardwareAddress STRANGER = HardwareAddress.parse("52:54:00:aa:00:01");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    final Namespaces namespaces = new Namespaces();
    final String server = namespaces.add("server");
    final String client = namespaces.add("client");
    final Recorder recorder = new Recorder();

    LinkLab() {
        namespaces.join(server, "srv0", client, "cli0");
        namespaces.ip(server, "address add 192.168.77.1/24 dev srv0");
    }

    Link open(LinkOptions options) throws Exception {
        return NamespaceThread.call(server, () -> Link.open(options));
    }

    PacketSocket listen(int udpPort) throws Exception {
        return NamespaceThread.call(
                client, () -> PacketSocket.open("cli0", PacketSocket.Sight.PROMISCUOUS, udpPort));
    }

    /**
     * Receives until something holds, and gives up after ten seconds. A link opens sockets while it
     * receives, so that this has to be done inside its namespace.
     */
    void receiveUntil(Link link, BooleanSupplier done) throws Exception {
        NamespaceThread.run(server, () -> receiveHereUntil(link, done));
    }

    /** As {@link #receiveUntil}, on a thread that is in the server's namespace. */
    void receiveHereUntil(Link link, BooleanSupplier done) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            link.receive(100, recorder);
        }
    }

    /** The UDP frames that come within ten seconds, until there are so many. */
    static List<Frames.Udp> capture(PacketSocket socket, int count) throws Exception {
        List<Frames.Udp> frames = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (frames.size() < count && System.nanoTime() - end < 0) {
            socket.receive(
                    100,
                    (buffer, offset, length) -> frames.add(Frames.read(buffer, offset, length)));
        }
        return frames;
    }

    static int index(Link link, String name) {
        NetworkInterface found = link.interfaceNamed(name);
        if (found == null) {
            throw new IllegalStateException("no " + name + " in " + link.interfaces());
        }
        return found.index();
    }

    /** A reply of 300 bytes that nobody looks into. */
    static Message message() {
        byte[] bytes = new byte[300];
        bytes[0] = Message.BOOTREPLY;
        return switch (Message.parse(bytes)) {
            case ParseResult.Parsed parsed -> parsed.message();
            case ParseResult.Malformed malformed ->
                    throw new IllegalStateException(malformed.toString());
        };
    }

    static Outgoing reply(
            Ip4Address destination,
            Ip4Address source,
            int interfaceIndex,
            @Nullable HardwareAddress neighbour) {
        return new Outgoing(message(), destination, 68, source, interfaceIndex, neighbour);
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
