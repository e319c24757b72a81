package io.leasehold.link;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host on a link beside the kernel's own: it sends and takes UDP on one port as whole frames, and
 * answers ARP for an address that the kernel does not hold. So a client can speak before its
 * interface has an address, under a hardware address of its choice. ARP is answered within {@link
 * #receive} only. Needs CAP_NET_RAW; for one thread.
 */
public final class LinkStation implements AutoCloseable {
    private static final int HARDWARE_BYTES = 6;
    private static final int HEADERS_IN_PACKET_BYTES = 28;
    private static final int NEIGHBOURS_MAX = 256;
    private static final int ARP_TRIES = 3;
    private static final long ARP_WAIT_NANOS = 300_000_000;
    private static final int FRAGMENTED = 0x3fff;

    private final PacketSocket socket;
    private final int port;
    private final HardwareAddress hardware;
    private final long own;
    private final byte[] frame;

    /** Hardware addresses by IPv4 address, of those who spoke; the oldest goes first. */
    private final Map<Integer, Long> neighbours =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
                    return size() > NEIGHBOURS_MAX;
                }
            };

    private int held;

    private LinkStation(PacketSocket socket, HardwareAddress hardware, int port) {
        this.socket = socket;
        this.port = port;
        this.hardware = hardware;
        this.own = number(hardware);
        int mtu = Math.max(socket.networkInterface().mtu(), EthernetFrames.ARP_BYTES);
        this.frame = new byte[EthernetFrames.HEADERS_BYTES + mtu];
    }

    /**
     * Joins a link.
     *
     * @param interfaceName the interface that is on it
     * @param hardware the station's hardware address, six octets; null for the interface's own
     * @param port the UDP port it listens on and sends from, 1 to 65535
     * @throws LinkException when there is no such interface, it is no Ethernet, or it is not
     *     permitted
     */
    public static LinkStation open(
            String interfaceName, @Nullable HardwareAddress hardware, int port) throws IOException {
        // A stranger's hardware address is none that the interface listens for by itself.
        PacketSocket.Sight sight =
                hardware == null ? PacketSocket.Sight.OWN : PacketSocket.Sight.PROMISCUOUS;
        PacketSocket socket = PacketSocket.openWithArp(interfaceName, sight, port);
        HardwareAddress used = hardware != null ? hardware : socket.networkInterface().hardware();
        if (used.length() != HARDWARE_BYTES) {
            socket.close();
            throw new LinkException(
                    "a hardware address of "
                            + used.length()
                            + " octets ("
                            + used
                            + ") cannot be used on "
                            + interfaceName
                            + ", expected six octets as Ethernet has");
        }
        return new LinkStation(socket, used, port);
    }

    /** The interface, as it was when the station joined. */
    public NetworkInterface networkInterface() {
        return socket.networkInterface();
    }

    public HardwareAddress hardware() {
        return hardware;
    }

    /** The address for which ARP is answered from here on; 0.0.0.0 for none. */
    public void hold(Ip4Address address) {
        held = address.bits();
    }

    /**
     * Sends a datagram.
     *
     * @param source the address it leaves from; 0.0.0.0 as long as the station has none
     * @param destination the address it goes to
     * @param destinationPort the UDP port it goes to
     * @param nextHop who takes it on this link: the destination itself, or a router; asked for by
     *     ARP when it has not been heard yet. What comes in meanwhile is lost.
     * @throws LinkException when the datagram is too large for a frame, nobody answers ARP, or the
     *     frame cannot be sent
     */
    public void send(
            byte[] datagram,
            Ip4Address source,
            Ip4Address destination,
            int destinationPort,
            Ip4Address nextHop)
            throws IOException {
        int room = frame.length - EthernetFrames.HEADERS_BYTES - HEADERS_IN_PACKET_BYTES;
        if (datagram.length > room) {
            throw new LinkException(
                    "a datagram of "
                            + datagram.length
                            + " bytes does not fit into a frame of "
                            + networkInterface().name()
                            + ", expected at most "
                            + Math.max(room, 0));
        }
        long to =
                destination.equals(Ip4Address.BROADCAST) || nextHop.equals(Ip4Address.BROADCAST)
                        ? EthernetFrames.BROADCAST_HARDWARE
                        : neighbour(source, nextHop);
        int length =
                EthernetFrames.write(
                        frame,
                        datagram,
                        datagram.length,
                        own,
                        to,
                        source.bits(),
                        port,
                        destination.bits(),
                        destinationPort);
        transmit(length);
    }

    private void transmit(int length) throws LinkException {
        socket.queue(frame, 0, length);
        if (socket.flush() == 0) {
            throw new LinkException(
                    "cannot send on "
                            + networkInterface().name()
                            + ": "
                            + socket.lastSendFailure());
        }
    }

    private long neighbour(Ip4Address source, Ip4Address address) throws IOException {
        for (int tries = 0; !neighbours.containsKey(address.bits()); tries++) {
            if (tries == ARP_TRIES) {
                throw new LinkException(
                        "nobody on " + networkInterface().name() + " answers ARP for " + address);
            }
            transmit(EthernetFrames.writeArpRequest(frame, own, source.bits(), address.bits()));
            long end = System.nanoTime() + ARP_WAIT_NANOS;
            long left = ARP_WAIT_NANOS;
            while (left > 0 && !neighbours.containsKey(address.bits())) {
                receive(left, (buffer, offset, length, from, fromPort) -> {});
                left = end - System.nanoTime();
            }
        }
        return neighbours.getOrDefault(address.bits(), EthernetFrames.BROADCAST_HARDWARE);
    }

    /**
     * Takes what has come to the station's port and hardware address, or to everyone. UDP checksums
     * are not looked at: a local sender leaves them to a network card that is not there.
     *
     * @param waitNanos how long to wait for the first frame; 0 does not wait
     * @return how many frames came, ARP counted
     * @throws LinkException when the interface has gone down
     */
    public int receive(long waitNanos, DatagramReceiver receiver) throws IOException {
        return socket.receiveWithin(
                waitNanos, (buffer, offset, length) -> take(buffer, offset, length, receiver));
    }

    private void take(byte[] buffer, int offset, int length, DatagramReceiver receiver) {
        Cursor cursor = new Cursor(buffer, offset, length);
        long to = hardware(cursor);
        long from = hardware(cursor);
        int type = cursor.u16();
        if (to != own && to != EthernetFrames.BROADCAST_HARDWARE) {
            return;
        }
        if (type == EthernetFrames.TYPE_ARP) {
            takeArp(cursor, from);
        } else if (type == EthernetFrames.TYPE_IPV4) {
            takeDatagram(buffer, cursor, from, receiver);
        }
    }

    /** The filter has let through first fragments of UDP to our port; whole ones are taken. */
    private void takeDatagram(byte[] buffer, Cursor cursor, long from, DatagramReceiver receiver) {
        int headerBytes = (cursor.u8() & 15) * 4;
        cursor.skip(5);
        int fragment = cursor.u16() & FRAGMENTED;
        cursor.skip(4);
        Ip4Address source = cursor.address();
        cursor.skip(headerBytes - 16);
        int sourcePort = cursor.u16();
        cursor.skip(2);
        int payloadBytes = cursor.u16() - 8;
        cursor.skip(2);
        boolean whole = fragment == 0 && payloadBytes >= 0 && payloadBytes <= cursor.remaining();
        if (cursor.overrun() || !whole) {
            return;
        }
        neighbours.put(source.bits(), from);
        receiver.datagram(buffer, cursor.position(), payloadBytes, source, sourcePort);
    }

    private void takeArp(Cursor cursor, long from) {
        cursor.skip(6);
        int operation = cursor.u16();
        cursor.skip(HARDWARE_BYTES);
        int asker = cursor.u32();
        cursor.skip(HARDWARE_BYTES);
        int wanted = cursor.u32();
        if (cursor.overrun()) {
            return;
        }
        if (operation == EthernetFrames.ARP_REPLY) {
            neighbours.put(asker, from);
        } else if (operation == EthernetFrames.ARP_REQUEST && held != 0 && wanted == held) {
            byte[] answer = new byte[EthernetFrames.ARP_BYTES];
            int length = EthernetFrames.writeArpReply(answer, own, wanted, from, asker);
            socket.queue(answer, 0, length);
            socket.flush();
        }
    }

    private static long hardware(Cursor cursor) {
        return (long) cursor.u16() << 32 | cursor.u32() & 0xffff_ffffL;
    }

    private static long number(HardwareAddress address) {
        return hardware(new Cursor(address.toBytes()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
