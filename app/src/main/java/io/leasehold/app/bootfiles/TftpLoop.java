package io.leasehold.app.bootfiles;

import io.leasehold.app.run.HostClock;
import io.leasehold.link.Flow;
import io.leasehold.link.FlowListener;
import io.leasehold.link.Flows;
import io.leasehold.link.LinkException;
import io.leasehold.netboot.files.BootFiles;
import io.leasehold.netboot.tftp.TftpClient;
import io.leasehold.netboot.tftp.TftpEvents;
import io.leasehold.netboot.tftp.TftpLimits;
import io.leasehold.netboot.tftp.TftpPort;
import io.leasehold.netboot.tftp.TftpServer;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;

/** Runs a TFTP server on its sockets, in one thread of its own. */
final class TftpLoop implements AutoCloseable, FlowListener {
    private static final System.Logger LOG = System.getLogger("leasehold.tftp");

    /** Clocks are looked at so often while there are transfers; no wait ends sooner than 50 ms. */
    private static final int TICK_MILLIS_MIN = 10;

    private static final int TICK_MILLIS_MAX = 50;
    private static final int STOP_MILLIS_MAX = 5_000;

    private final Flows flows;
    private final ServedAddresses served;
    private final TftpServer server;
    private final IdentityHashMap<Flow, FlowPort> ports = new IdentityHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("tftp").daemon().unstarted(this::run);
    private volatile boolean stopping;
    private long now;

    private TftpLoop(
            Flows flows,
            ServedAddresses served,
            TftpLimits limits,
            BootFiles files,
            TftpEvents events) {
        this.flows = flows;
        this.served = served;
        this.server = new TftpServer(limits, files, this::open, events);
    }

    /** Serves from now on. */
    static TftpLoop start(
            Flows flows,
            ServedAddresses served,
            TftpLimits limits,
            BootFiles files,
            TftpEvents events) {
        TftpLoop loop = new TftpLoop(flows, served, limits, files, events);
        loop.thread.start();
        return loop;
    }

    private void run() {
        long tickMillis = 0;
        while (!stopping) {
            try {
                flows.await(server.transfers() == 0 ? -1 : TICK_MILLIS_MIN, this);
                now = HostClock.runningMillis();
                if (now >= tickMillis && server.transfers() > 0) {
                    long due = Math.min(server.tick(now), now + TICK_MILLIS_MAX);
                    tickMillis = Math.max(due, now + TICK_MILLIS_MIN);
                }
            } catch (LinkException e) {
                LOG.log(Level.ERROR, "TFTP has ended: " + e.getMessage());
                break;
            } catch (RuntimeException e) {
                // Our own fault in one transfer: the others go on.
                LOG.log(Level.ERROR, "a fault in TFTP: " + e, e);
            }
        }
        server.stop(now);
        flows.close();
    }

    private TftpPort open(TftpClient client) throws IOException {
        Flow flow = flows.connect(client.asked(), client.address(), client.port());
        FlowPort port = new FlowPort(flow);
        ports.put(flow, port);
        return port;
    }

    private final class FlowPort implements TftpPort {
        private final Flow flow;

        FlowPort(Flow flow) {
            this.flow = flow;
        }

        @Override
        public int mtu() {
            return flow.mtu();
        }

        @Override
        public void send(ByteBuffer datagrams, int datagramBytes) {
            // What is lost here is sent again as what is lost on the wire.
            flow.send(datagrams, datagramBytes);
        }

        @Override
        public void close() {
            ports.remove(flow);
            flow.close();
        }
    }

    @Override
    public void asked(
            byte[] buffer,
            int offset,
            int length,
            int interfaceIndex,
            Ip4Address source,
            int sourcePort,
            Ip4Address destination) {
        if (served.has(interfaceIndex, destination) && sourcePort != 0) {
            now = HostClock.runningMillis();
            TftpClient client = new TftpClient(source, sourcePort, destination);
            server.asked(client, buffer, offset, length, now);
        }
    }

    @Override
    public void arrived(Flow flow, ByteBuffer datagram) {
        FlowPort port = ports.get(flow);
        if (port != null) {
            now = HostClock.runningMillis();
            server.received(port, datagram, now);
        }
    }

    @Override
    public void unreachable(Flow flow) {
        FlowPort port = ports.get(flow);
        if (port != null) {
            server.unreachable(port, HostClock.runningMillis());
        }
    }

    @Override
    public void close() {
        stopping = true;
        flows.wakeUp();
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
