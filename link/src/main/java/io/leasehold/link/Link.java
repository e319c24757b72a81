package io.leasehold.link;

import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The UDP sockets of a DHCP server or relay, on Linux. Interfaces and addresses that come and go
 * are followed: sockets are opened and closed while receiving, in the network namespace of the
 * thread that receives. One thread receives; any may send.
 */
public final class Link implements Transport {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");

    /** How often one socket is asked within one {@link #receive}, 64 datagrams each time. */
    private static final int ROUNDS_MAX = 4;

    private final Arena arena = Arena.ofShared();
    private final Counting counting = new Counting();
    private final ReentrantLock receiving = new ReentrantLock();
    private final ReentrantLock sending = new ReentrantLock();
    private final QuietLog pingFailures = new QuietLog(LOG);
    private final byte[] buffer = new byte[ReceiveBatch.MESSAGE_BYTES_MAX];

    private final ReceiveBatch batch;
    private final Parts parts;
    private volatile LinkOptions options;
    private volatile InterfaceTable table;
    private volatile boolean closing;
    private boolean closed;

    /** What has to be closed, in the order it was made. */
    private record Parts(
            Poller poller,
            InterfaceWatch watch,
            Sender sender,
            @Nullable Pinger pinger,
            SocketSet sockets) {}

    private Link(LinkOptions options) throws LinkException {
        SystemCall.requireKnownArchitecture();
        this.options = options;
        LinkOpening opening = new LinkOpening(arena, options, counting);
        try {
            this.batch = new ReceiveBatch(arena);
            this.table = opening.open();
            this.parts =
                    new Parts(
                            opening.poller(),
                            opening.watch(),
                            opening.sender(),
                            opening.pinger(),
                            opening.sockets());
        } catch (Throwable e) {
            opening.undo();
            arena.close();
            throw e;
        }
    }

    /**
     * Opens the sockets.
     *
     * @throws LinkException with one line for the operator: a port is in use (by whom, if /proc
     *     tells), there is no such interface or address (and which there are), or it is not
     *     permitted (what is needed)
     */
    public static Link open(LinkOptions options) throws IOException {
        return new Link(options);
    }

    /**
     * {@inheritDoc}
     *
     * @throws LinkException when the link is closed, or the kernel no longer lets us wait
     */
    @Override
    public int receive(int waitMillis, Receiver receiver) throws IOException {
        receiving.lock();
        try {
            if (closing) {
                throw new LinkException("the link is closed");
            }
            InterfaceWatch watch = parts.watch();
            Pinger pinger = parts.pinger();
            int ready = parts.poller().await(watch.waitMillis(waitMillis));
            int count = 0;
            for (int i = 0; i < ready; i++) {
                int fd = parts.poller().ready(i);
                BoundSocket socket = fd < 0 ? null : parts.sockets().at(fd);
                if (socket != null) {
                    count += drain(socket, receiver);
                } else if (fd == watch.fd()) {
                    watch.heard();
                } else if (pinger != null && fd == pinger.fd()) {
                    drainPings(pinger, receiver);
                }
            }
            if (watch.takeDue()) {
                look(receiver);
            }
            return count;
        } finally {
            receiving.unlock();
        }
    }

    private int drain(BoundSocket socket, Receiver receiver) {
        int handed = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int count = batch.receive(socket.fd);
            for (int slot = 0; slot < count; slot++) {
                handed += handOver(socket, slot, receiver) ? 1 : 0;
            }
            if (count > 0) {
                countDrops(socket, count - 1);
            }
            if (count < ReceiveBatch.SLOTS) {
                break;
            }
        }
        counting.received.addAndGet(handed);
        return handed;
    }

    private boolean handOver(BoundSocket socket, int slot, Receiver receiver) {
        long info = batch.packetInfo(slot);
        if (info < 0 || batch.truncated(slot)) {
            counting.ignored.incrementAndGet();
            return false;
        }
        int interfaceIndex = batch.interfaceIndex(info);
        int destination = batch.destinationBits(info);
        if (!isForUs(socket, interfaceIndex, destination)) {
            counting.ignored.incrementAndGet();
            return false;
        }
        int length = batch.length(slot);
        batch.copyTo(slot, length, buffer);
        receiver.datagram(
                buffer,
                0,
                length,
                interfaceIndex,
                batch.source(slot),
                batch.sourcePort(slot),
                socket.kind == BoundSocket.Kind.WILDCARD
                        ? Ip4Address.of(destination)
                        : socket.address);
        return true;
    }

    private boolean isForUs(BoundSocket socket, int interfaceIndex, int destination) {
        return switch (socket.kind) {
            case UNICAST -> true;
            case BROADCAST -> table.isServed(interfaceIndex);
            case WILDCARD ->
                    destination >>> 28 != 0xe
                            && (!table.isBroadcast(destination) || table.isServed(interfaceIndex));
        };
    }

    private void countDrops(BoundSocket socket, int slot) {
        int drops = batch.drops(slot);
        if (drops != 0 && drops != socket.dropsSeen) {
            (socket.sheds ? counting.shed : counting.dropped)
                    .addAndGet(drops - socket.dropsSeen & 0xffff_ffffL);
            socket.dropsSeen = drops;
            socket.sheds &= parts.sockets().shedsDiscovers();
        }
    }

    private void drainPings(Pinger pinger, Receiver receiver) {
        int count = batch.receive(pinger.fd());
        for (int slot = 0; slot < count; slot++) {
            int length = batch.length(slot);
            batch.copyTo(slot, length, buffer);
            if (pinger.isAnswer(buffer, length)) {
                counting.pingAnswers.incrementAndGet();
                receiver.pingAnswered(batch.source(slot));
            }
        }
    }

    /** Looks at the interfaces anew, and brings the sockets in step with them. */
    private void look(Receiver receiver) {
        InterfaceTable now;
        try {
            now = new InterfaceTable(InterfaceDump.read(), options.interfaces());
        } catch (LinkException e) {
            LOG.log(System.Logger.Level.ERROR, e.getMessage());
            parts.watch().retryLater();
            return;
        }
        boolean changed = !now.all().equals(table.all());
        use(now, options);
        if (changed) {
            counting.interfaceChanges.incrementAndGet();
            receiver.interfacesChanged(now.all());
        }
    }

    private void use(InterfaceTable now, LinkOptions wanted) {
        int failed;
        sending.lock();
        try {
            options = wanted;
            table = now;
            failed = parts.sockets().reconcile(now, wanted);
            parts.sender().keepBroadcasts(now);
        } finally {
            sending.unlock();
        }
        if (failed > 0) {
            counting.socketFailures.addAndGet(failed);
            parts.watch().retryLater();
        }
    }

    /**
     * Serves the clients of other interfaces from now on. Those that are not there are served as
     * soon as they are. Only on the thread that receives, within {@link Receiver} too.
     *
     * @param interfaces the names of all interfaces to serve
     */
    public void serve(List<String> interfaces) {
        receiving.lock();
        try {
            if (!closed) {
                use(
                        new InterfaceTable(table.all(), interfaces),
                        options.withInterfaces(interfaces));
            }
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public void admitDiscovers(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + ", expected 0 to 1");
        }
        receiving.lock();
        try {
            if (!closed) {
                parts.sockets().admitDiscovers(share);
            }
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public void wakeUp() {
        parts.poller().wakeUp();
    }

    /**
     * Sends messages, with as few system calls as can be; from any thread. Where a neighbour entry
     * is asked for and cannot be made, the message is broadcast on its interface instead, and
     * counted. What cannot be sent is counted and logged, and never thrown.
     */
    @Override
    public void send(List<Outgoing> outgoings) {
        sending.lock();
        try {
            if (closed) {
                counting.sendFailures.addAndGet(outgoings.size());
            } else {
                parts.sender().send(table, outgoings);
            }
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void ping(Ip4Address address, Ip4Address source, int interfaceIndex) {
        sending.lock();
        try {
            if (closed) {
                return;
            }
            parts.sender().forgetNeighbour(interfaceIndex, address);
            Pinger pinger = parts.pinger();
            int errno = pinger == null ? Abi.EACCES : pinger.ping(address, source, interfaceIndex);
            if (errno == 0) {
                counting.pings.incrementAndGet();
            } else {
                counting.pingFailures.incrementAndGet();
                pingFailures.warn("cannot ping " + address + ": " + Abi.errorText(errno));
            }
        } finally {
            sending.unlock();
        }
    }

    @Override
    public List<NetworkInterface> interfaces() {
        return table.all();
    }

    /** The interface of a name, as last seen; null when there is none. */
    public @Nullable NetworkInterface interfaceNamed(String name) {
        for (NetworkInterface each : table.all()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    @Override
    public int port() {
        return parts.sockets().port();
    }

    @Override
    public LinkCounters counters() {
        return counting.snapshot();
    }

    /** Ends a {@link #receive} that waits, waits for calls that are under way, and closes all. */
    @Override
    public void close() {
        closing = true;
        wakeUp();
        receiving.lock();
        sending.lock();
        try {
            if (!closed) {
                closed = true;
                parts.sockets().closeAll();
                if (parts.pinger() != null) {
                    parts.pinger().close();
                }
                parts.sender().close();
                parts.watch().close();
                parts.poller().close();
                arena.close();
            }
        } finally {
            sending.unlock();
            receiving.unlock();
        }
    }
}
