package io.leasehold.app.serve;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Sends what no client should send, on a host of the lab. First each bad datagram once; then, with
 * a number of seconds, as many as it can.
 */
public final class JunkSender {
    private static final int COOKIE_END = 240;

    private final Random random = new Random(42);
    private final DatagramSocket socket;
    private final InetAddress server;
    private final InetAddress everyone;

    private JunkSender(DatagramSocket socket) throws IOException {
        this.socket = socket;
        this.server = InetAddress.getByAddress(new byte[] {10, 77, 0, 1});
        this.everyone = InetAddress.getByAddress(new byte[] {-1, -1, -1, -1});
    }

    public static void main(String[] args) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            JunkSender sender = new JunkSender(socket);
            sender.sendEachOnce();
            int count = args.length == 0 ? 0 : sender.flood(Integer.parseInt(args[0]));
            System.out.println("sent " + count);
        }
    }

    private void send(InetAddress to, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to, 67));
    }

    private static byte[] discover(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, 300));
        bytes.put(new byte[] {1, 1, 6, 0}); // op, htype, hlen, hops
        bytes.put(28, new byte[] {2, 0, 0, 0, 0, 1}); // chaddr
        bytes.putInt(236, 0x63825363); // magic cookie
        bytes.put(COOKIE_END, new byte[] {53, 1, 1, (byte) 255}); // DISCOVER, end
        return java.util.Arrays.copyOf(bytes.array(), length);
    }

    private static byte[] with(int offset, int... octets) {
        byte[] bytes = discover(300);
        for (int i = 0; i < octets.length; i++) {
            bytes[offset + i] = (byte) octets[i];
        }
        return bytes;
    }

    private void sendEachOnce() throws IOException {
        for (int length : new int[] {0, 1, 28, 235, 236, 239, 240, 241, 65_507}) {
            send(server, discover(length));
        }
        for (InetAddress to : new InetAddress[] {server, everyone}) {
            send(to, with(0, 2)); // op BOOTREPLY
            send(to, with(3, 255)); // hops
            for (int hlen : new int[] {0, 17, 128, 255}) {
                send(to, with(2, hlen));
            }
            send(to, with(24, 10, 77, 0, 1)); // giaddr: the server's own
            send(to, with(24, 127, 0, 0, 1));
            send(to, with(24, 224, 0, 0, 1));
            send(to, with(24, 255, 255, 255, 255));
        }
        byte[] padded = discover(65_507);
        java.util.Arrays.fill(padded, COOKIE_END + 4, padded.length, (byte) 61);
        send(server, padded);
    }

    private int flood(int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int count = 0;
        while (System.nanoTime() < end) {
            byte[] bytes = random.nextInt(3) == 0 ? garbage() : stranger();
            try {
                send(random.nextBoolean() ? server : everyone, bytes);
                count++;
            } catch (IOException full) {
                // The sending host's own buffers: there is enough on its way.
                Thread.onSpinWait();
            }
        }
        return count;
    }

    private byte[] garbage() {
        byte[] bytes = new byte[random.nextInt(700)];
        random.nextBytes(bytes);
        if (random.nextBoolean() && bytes.length > COOKIE_END) {
            System.arraycopy(discover(COOKIE_END), 0, bytes, 0, COOKIE_END);
        }
        return bytes;
    }

    /** A DISCOVER of a client that was never there before, and mostly of one just begun. */
    private byte[] stranger() {
        byte[] bytes = discover(300);
        byte[] hardware = new byte[5];
        random.nextBytes(hardware);
        System.arraycopy(hardware, 0, bytes, 29, hardware.length);
        bytes[9] = (byte) (random.nextInt(10) == 0 ? 12 : 0); // secs
        bytes[10] = (byte) 0x80; // broadcast
        return bytes;
    }
}
