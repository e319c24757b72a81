package io.leasehold.link;

import io.leasehold.link.helper.NeighbourEntries;
import io.leasehold.link.helper.NeighbourFailure;
import io.leasehold.protocol.role.Outgoing;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.lang.foreign.Arena;
import java.util.List;

/** Sends messages in batches, neighbour entries first. Not safe for use by several threads. */
final class Sender {
    private static final System.Logger LOG = System.getLogger("io.leasehold.link");
    private static final Path[] PATHS = Path.values();

    private final SocketSet sockets;
    private final SendBatch batch;
    private final Neighbours neighbours;
    private final Counting counting;
    private final QuietLog failures = new QuietLog(LOG);
    private final QuietLog fallbacks = new QuietLog(LOG);
    private final Outgoing[] staged = new Outgoing[SendBatch.SLOTS];
    private final byte[] scratch = new byte[ReceiveBatch.MESSAGE_BYTES_MAX];
    private final NeighbourFailure onNeighbourFailure = this::neighbourFailed;
    private final SendBatch.Failure onSendFailure = this::sendFailed;
    private boolean neighboursForbidden;
    private boolean filterTold;

    Sender(Arena arena, SocketSet sockets, Neighbours neighbours, Counting counting) {
        this.sockets = sockets;
        this.batch = new SendBatch(arena);
        this.neighbours = neighbours;
        this.counting = counting;
    }

    void send(InterfaceTable table, List<Outgoing> outgoings) {
        for (int way = 0; way < sockets.ways(); way++) {
            for (Path path : PATHS) {
                send(way, path, table, outgoings);
            }
        }
        for (int i = 0; i < outgoings.size(); i++) {
            if (sockets.wayFrom(outgoings.get(i).sourcePort()) < 0) {
                counting.sendFailures.incrementAndGet();
                failures.warn(sentence(outgoings.get(i), "that port is not listened on"));
            }
        }
    }

    /** How a message gets out. */
    private enum Path {
        /** By a socket that is connected to the wire's broadcast address. */
        BROADCAST(0),
        /**
         * It must not be led to a gateway, even where a client's network has no route on that
         * interface: MSG_DONTROUTE says so, and it counts for a whole system call.
         */
        ON_LINK(Abi.MSG_DONTROUTE),
        /** As the routing table has it. */
        ROUTED(0);

        private final int flags;

        Path(int flags) {
            this.flags = flags;
        }
    }

    /** Sends what leaves from one of the link's ports in one way, in as few calls as can be. */
    private void send(int way, Path path, InterfaceTable table, List<Outgoing> outgoings) {
        int fd = sockets.sendDescriptor(way);
        for (int i = 0; i < outgoings.size(); i++) {
            Outgoing outgoing = outgoings.get(i);
            if (sockets.wayFrom(outgoing.sourcePort()) != way) {
                continue;
            }
            int broadcaster = broadcaster(way, table, outgoing);
            if (path(outgoing, broadcaster) != path) {
                continue;
            }
            int next = path == Path.BROADCAST ? broadcaster : fd;
            if (next != fd || !batch.hasRoomFor(outgoing.message().length())) {
                flush(fd, path.flags);
                fd = next;
            }
            int slot = stage(outgoing);
            if (path != Path.BROADCAST) {
                direct(slot, table, outgoing);
            }
        }
        flush(fd, path.flags);
    }

    private static Path path(Outgoing outgoing, int broadcaster) {
        if (broadcaster >= 0) {
            return Path.BROADCAST;
        }
        return staysOnLink(outgoing) ? Path.ON_LINK : Path.ROUTED;
    }

    /** The socket that is connected to where a message goes, from where it leaves; or -1. */
    private int broadcaster(int way, InterfaceTable table, Outgoing outgoing) {
        int index = outgoing.interfaceIndex();
        if (index == 0 || outgoing.destination().bits() != -1) {
            return -1;
        }
        int source = outgoing.source().bits();
        return sockets.broadcastDescriptor(
                way, index, source != 0 ? source : table.primaryOf(index), outgoing.port());
    }

    private static boolean staysOnLink(Outgoing outgoing) {
        return outgoing.interfaceIndex() != 0
                && (outgoing.neighbour() != null || outgoing.destination().bits() == -1);
    }

    private int stage(Outgoing outgoing) {
        int length = outgoing.message().length();
        outgoing.message().copyTo(scratch, 0);
        int slot = batch.add(scratch, 0, length);
        staged[slot] = outgoing;
        return slot;
    }

    /** Says for the kernel where a message goes and where it leaves from. */
    private void direct(int slot, InterfaceTable table, Outgoing outgoing) {
        int index = outgoing.interfaceIndex();
        int source = outgoing.source().bits();
        batch.address(slot, outgoing.destination().bits(), outgoing.port());
        if (source != 0 || index != 0) {
            batch.leaveFrom(slot, source != 0 ? source : table.primaryOf(index), index);
        }
        HardwareAddress neighbour = outgoing.neighbour();
        if (neighbour == null || index == 0 || outgoing.destination().bits() == -1) {
            return;
        }
        if (neighboursForbidden || !Neighbours.fits(neighbour)) {
            broadcast(slot);
        } else {
            neighbours.add(slot, index, outgoing.destination().bits(), neighbour);
        }
    }

    private void broadcast(int slot) {
        batch.redirect(slot, Ip4Address.BROADCAST.bits());
        counting.neighbourFallbacks.incrementAndGet();
    }

    private void flush(int fd, int flags) {
        if (neighbours.pending() > 0) {
            counting.neighbours.addAndGet(neighbours.pending());
            neighbours.make(onNeighbourFailure);
        }
        if (batch.count() > 0) {
            counting.sent.addAndGet(batch.send(fd, flags, onSendFailure));
        }
    }

    private void neighbourFailed(int slot, int errno) {
        counting.neighbours.decrementAndGet();
        broadcast(slot);
        boolean gone = errno == Abi.HELPER_IS_GONE;
        neighboursForbidden = gone || errno == Abi.EPERM;
        fallbacks.warn(
                "no neighbour entry for "
                        + staged[slot].destination()
                        + ": "
                        + Abi.errorText(errno)
                        + "; its reply is broadcast"
                        + (neighboursForbidden ? ", as all will be" : "")
                        + (errno == Abi.EPERM ? " (needs CAP_NET_ADMIN)" : "")
                        + (gone ? " until a restart" : ""));
    }

    private void sendFailed(int slot, int errno) {
        counting.sendFailures.incrementAndGet();
        if (errno == Abi.EPERM) {
            tellOfFilter(staged[slot]);
            return;
        }
        failures.warn(sentence(staged[slot], Abi.errorText(errno)));
    }

    /** Said once: a filter stays as it is until somebody looks, and the counter goes on. */
    private void tellOfFilter(Outgoing outgoing) {
        if (filterTold) {
            return;
        }
        filterTold = true;
        int port = outgoing.sourcePort() == 0 ? sockets.port() : outgoing.sourcePort();
        LOG.log(
                System.Logger.Level.WARNING,
                sentence(outgoing, Abi.errorText(Abi.EPERM))
                        + ". This host's packet filter drops what is sent: look for a rule that"
                        + " drops UDP from port "
                        + port
                        + " in the output hook (nft list ruleset, iptables -vnL OUTPUT), and"
                        + " whether connection tracking is full (sysctl"
                        + " net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max). A"
                        + " rule \"udp sport "
                        + port
                        + " notrack\" in a raw output chain keeps it out of connection tracking."
                        + " This is said once; what else is dropped is counted as a send failure");
    }

    private static String sentence(Outgoing outgoing, String why) {
        return "cannot send to "
                + outgoing.destination()
                + " port "
                + outgoing.port()
                + " from "
                + outgoing.source()
                + (outgoing.sourcePort() == 0 ? "" : " port " + outgoing.sourcePort())
                + " by interface "
                + outgoing.interfaceIndex()
                + ": "
                + why;
    }

    /**
     * Sees to it that broadcasts leave each served interface, also while the kernel's table of
     * neighbours is full. Where that is not permitted they leave while it is not.
     */
    void keepBroadcasts(InterfaceTable table) {
        int slot = 0;
        for (NetworkInterface each : table.all()) {
            if (slot < SendBatch.SLOTS && table.isServed(each.index()) && isEthernet(each)) {
                neighbours.addEverybody(slot++, each.index());
            }
        }
        if (slot > 0) {
            neighbours.make(
                    (failed, errno) ->
                            LOG.log(
                                    System.Logger.Level.DEBUG,
                                    "no entry for 255.255.255.255: " + Abi.errorText(errno)));
        }
    }

    private static boolean isEthernet(NetworkInterface each) {
        HardwareAddress hardware = each.hardware();
        return each.up()
                && !each.loopback()
                && hardware.type() == HardwareAddress.ETHERNET
                && hardware.length() == NeighbourEntries.ETHERNET_OCTETS;
    }

    /** So that a ping asks by ARP, and not the client that the address was offered to before. */
    void forgetNeighbour(int interfaceIndex, Ip4Address address) {
        neighbours.forget(interfaceIndex, address.bits());
    }

    void close() {
        neighbours.close();
    }
}
