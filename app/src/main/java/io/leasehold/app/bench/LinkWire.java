package io.leasehold.app.bench;

import io.leasehold.link.EthernetFrames;
import io.leasehold.link.PacketSocket;
import io.leasehold.protocol.wire.Cursor;
import java.io.IOException;

/**
 * Clients on the link, whole frames: so each of them has a hardware address of its own, and none
 * needs an address of this machine. What their own hosts would do, answering ARP, is done here.
 */
final class LinkWire implements Wire {
    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;
    private static final int CHADDR_OFFSET = 28;
    private static final int BROADCAST = -1;

    private final PacketSocket socket;
    private final byte[] frame = new byte[EthernetFrames.HEADERS_BYTES + 1500];
    // Where the server is that was heard last: renewals go to it alone.
    private int serverAddress;
    private long serverHardware = EthernetFrames.BROADCAST_HARDWARE;

    LinkWire(String interfaceName) throws IOException {
        socket =
                PacketSocket.openWithArp(
                        interfaceName, PacketSocket.Sight.PROMISCUOUS, CLIENT_PORT);
        socket.tellArrivals();
    }

    @Override
    public void receive(long waitNanos, Receiver receiver) throws IOException {
        socket.receiveWithin(
                waitNanos, (buffer, offset, length) -> take(buffer, offset, length, receiver));
    }

    private void take(byte[] buffer, int offset, int length, Receiver receiver) {
        Cursor cursor = new Cursor(buffer, offset, length);
        cursor.skip(6);
        long from = (long) cursor.u16() << 32 | cursor.u32() & 0xffff_ffffL;
        int type = cursor.u16();
        if (type == EthernetFrames.TYPE_ARP) {
            takeArp(cursor, from, receiver);
        } else if (type == EthernetFrames.TYPE_IPV4) {
            takeDatagram(buffer, cursor, from, receiver);
        }
    }

    private void takeDatagram(byte[] buffer, Cursor cursor, long from, Receiver receiver) {
        int headerBytes = (cursor.u8() & 15) * 4;
        cursor.skip(11);
        int source = cursor.u32();
        cursor.skip(headerBytes - 16 + 4);
        int payloadBytes = cursor.u16() - 8;
        cursor.skip(2);
        if (cursor.overrun() || payloadBytes < 0 || payloadBytes > cursor.remaining()) {
            return;
        }
        if (source != serverAddress) {
            serverAddress = source;
            serverHardware = from;
        }
        receiver.message(buffer, cursor.position(), payloadBytes, socket.arrivedNanos());
    }

    private void takeArp(Cursor cursor, long from, Receiver receiver) {
        cursor.skip(6);
        int operation = cursor.u16();
        cursor.skip(6);
        int asker = cursor.u32();
        cursor.skip(6);
        int wanted = cursor.u32();
        long hardware = receiver.hardwareOf(wanted);
        if (!cursor.overrun() && operation == EthernetFrames.ARP_REQUEST && hardware >= 0) {
            int length = EthernetFrames.writeArpReply(frame, hardware, wanted, from, asker);
            socket.queue(frame, 0, length);
        }
    }

    @Override
    public void send(byte[] message, int length, int source, int server) {
        Cursor chaddr = new Cursor(message, CHADDR_OFFSET, 6);
        long from = (long) chaddr.u16() << 32 | chaddr.u32() & 0xffff_ffffL;
        boolean unicast = server != 0 && server == serverAddress;
        int frameBytes =
                EthernetFrames.write(
                        frame,
                        message,
                        length,
                        from,
                        unicast ? serverHardware : EthernetFrames.BROADCAST_HARDWARE,
                        source,
                        CLIENT_PORT,
                        server == 0 ? BROADCAST : server,
                        SERVER_PORT);
        socket.queue(frame, 0, frameBytes);
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public String trouble() {
        return Wire.unsent(socket.sendFailures(), socket.lastSendFailure());
    }

    @Override
    public void close() {
        socket.close();
    }
}
