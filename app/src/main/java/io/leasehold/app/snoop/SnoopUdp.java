package io.leasehold.app.snoop;

import io.leasehold.link.Link;
import io.leasehold.link.LinkOptions;
import io.leasehold.link.NetworkInterface;
import io.leasehold.link.Receiver;
import io.leasehold.protocol.capture.CaptureInterface;
import io.leasehold.protocol.capture.Checksum;
import io.leasehold.protocol.capture.Datagram;
import io.leasehold.protocol.capture.Direction;
import io.leasehold.protocol.capture.LinkType;
import io.leasehold.protocol.capture.Packets;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Shows what reaches this host's own UDP ports, where no packet socket is permitted: one direction,
 * and without the frames' headers.
 */
public final class SnoopUdp {
    private static final int WAIT_MILLIS = 100;
    private static final HardwareAddress NO_HARDWARE = HardwareAddress.of(0, new byte[0]);

    private final SnoopPlan plan;
    private final SnoopSession session;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();

    /**
     * @throws IllegalArgumentException when the filter is none; the message says why
     */
    public SnoopUdp(SnoopPlan plan, PrintWriter out, PrintWriter err) {
        this.plan = plan;
        this.session = plan.session();
        this.out = out;
        this.err = err;
    }

    /** Ends it, from any thread. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Listens until it is stopped, has shown enough, or its time is over.
     *
     * @throws io.leasehold.link.LinkException when a port cannot be had; the message says why
     */
    public int run() throws IOException {
        List<Link> links = new ArrayList<>();
        List<String> names =
                plan.interfaces().isEmpty()
                        ? NetworkInterface.all().stream()
                                .filter(NetworkInterface::up)
                                .map(NetworkInterface::name)
                                .toList()
                        : plan.interfaces();
        Path save = plan.save();
        try (Saver saver = save == null ? null : new Saver(save)) {
            for (int port : plan.ports()) {
                LinkOptions options =
                        LinkOptions.of()
                                .withInterfaces(names)
                                .withListen(LinkOptions.EVERY_ADDRESS)
                                .withPort(port)
                                .withoutPings();
                links.add(Link.open(options));
            }
            err.println("leasehold: listening by UDP on ports " + plan.ports() + ", one way");
            long start = System.nanoTime();
            long end = plan.seconds() <= 0 ? Long.MAX_VALUE : (long) (plan.seconds() * 1e9);
            while (!stopped.get() && !session.done() && System.nanoTime() - start < end) {
                for (int i = 0; i < links.size(); i++) {
                    int port = plan.ports().get(i);
                    links.get(i)
                            .receive(
                                    WAIT_MILLIS / links.size(),
                                    new Taker(links.get(i), port, saver));
                }
                out.print(text);
                out.flush();
                text.setLength(0);
            }
        } finally {
            links.forEach(Link::close);
        }
        err.println("leasehold: " + session.summary());
        return 0;
    }

    private final class Taker implements Receiver {
        private final Link link;
        private final int port;
        private final @Nullable Saver saver;

        Taker(Link link, int port, @Nullable Saver saver) {
            this.link = link;
            this.port = port;
            this.saver = saver;
        }

        @Override
        public void datagram(
                byte[] buffer,
                int offset,
                int length,
                int interfaceIndex,
                Ip4Address source,
                int sourcePort,
                Ip4Address destination) {
            String name = name(interfaceIndex);
            boolean wanted = plan.interfaces().isEmpty() || plan.interfaces().contains(name);
            if (!wanted || session.done()) {
                return;
            }
            byte[] payload = Arrays.copyOfRange(buffer, offset, offset + length);
            Datagram datagram =
                    new Datagram(
                            Direction.IN,
                            List.of(),
                            NO_HARDWARE,
                            NO_HARDWARE,
                            source,
                            sourcePort,
                            destination,
                            port,
                            0,
                            1,
                            Checksum.UNKNOWN,
                            0,
                            Octets.of(payload));
            long nanos = System.currentTimeMillis() * 1_000_000;
            try {
                if (saver != null) {
                    byte[] packet = Packets.udp(source, sourcePort, destination, port, payload);
                    CaptureInterface from =
                            new CaptureInterface(interfaceIndex, name, LinkType.RAW);
                    saver.save(saver.number(from), nanos, Direction.IN, packet, 0, packet.length);
                }
                session.take(Sighting.of(name, nanos, false, datagram), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String name(int index) {
            for (NetworkInterface each : link.interfaces()) {
                if (each.index() == index) {
                    return each.name();
                }
            }
            return "interface " + index;
        }

        @Override
        public void pingAnswered(Ip4Address address) {
            // Nothing was pinged.
        }

        @Override
        public void interfacesChanged(List<NetworkInterface> interfaces) {
            // The link keeps its own list.
        }
    }
}
