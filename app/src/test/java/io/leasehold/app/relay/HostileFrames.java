package io.leasehold.app.relay;

import io.leasehold.link.PacketSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts frames on a wire that no client should send, and some that only look so; each DISCOVER has
 * an xid of its own, by which a capture tells what became of it.
 */
public final class HostileFrames {
    static final int PLAIN = 0x7e570001;
    static final int NO_CHECKSUM = 0x7e570002;
    static final int BAD_UDP_CHECKSUM = 0x7e570003;
    static final int BAD_IP_CHECKSUM = 0x7e570004;
    static final int FRAGMENTED = 0x7e570005;
    static final int HOPS = 0x7e570006;
    static final int RANDOM_SPORT = 0x7e570007;
    static final int OWN_GIADDR = 0x7e570008;
    static final int UNTRUSTED = 0x7e570009;

    /** The largest that fits into one frame. */
    static final int LONG = 0x7e57000a;

    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int OPTIONS = 240;
    private static final int FRAGMENT_BYTES = 160;

    private HostileFrames() {}

    public static void main(String[] args) throws IOException {
        try (PacketSocket wire = PacketSocket.open(args[0], PacketSocket.Sight.OWN, 0)) {
            send(wire, frame(discover(PLAIN, 300), 68));
            send(wire, with(frame(discover(NO_CHECKSUM, 300), 68), ETHERNET + IP + 6, 0, 0));
            send(wire, with(frame(discover(BAD_UDP_CHECKSUM, 300), 68), ETHERNET + IP + 6, 1, 2));
            send(wire, with(frame(discover(BAD_IP_CHECKSUM, 300), 68), ETHERNET + 10, 1, 2));
            sendFragments(wire, frame(discover(FRAGMENTED, 300), 68));
            send(wire, frame(with(discover(HOPS, 300), 3, 255), 68));
            send(wire, frame(discover(RANDOM_SPORT, 300), 40_007));
            send(wire, frame(with(discover(OWN_GIADDR, 300), 24, 10, 20, 0, 1), 68));
            send(wire, frame(with(discover(UNTRUSTED, 300), OPTIONS + 3, 82, 3, 1, 1, 9, 255), 68));
            send(wire, frame(discover(LONG, 1472), 68));
            sendRunts(wire, frame(discover(0x7e57ffff, 300), 68));
            System.out.println("sent");
        }
    }

    private static void send(PacketSocket wire, byte[] frame) {
        wire.queue(frame, 0, frame.length);
        wire.flush();
    }

    /** Frames that end where they should not: l2_only, l2_runt, partial_udp. */
    private static void sendRunts(PacketSocket wire, byte[] whole) {
        for (int length : new int[] {ETHERNET, ETHERNET + 6, ETHERNET + IP, ETHERNET + IP + 3}) {
            send(wire, Arrays.copyOf(whole, length));
        }
        for (int udpLength : new int[] {0, 7, 8, 100, 65_535}) {
            send(wire, with(whole.clone(), ETHERNET + IP + 4, udpLength >> 8, udpLength & 0xff));
        }
        for (int length : new int[] {0, 1, 28, 235, 236, 239}) {
            send(wire, frame(discover(0x7e57ffff, length), 68));
        }
    }

    private static void sendFragments(PacketSocket wire, byte[] whole) {
        ByteBuffer first = ByteBuffer.wrap(Arrays.copyOf(whole, ETHERNET + IP + FRAGMENT_BYTES));
        first.putShort(ETHERNET + 2, (short) (IP + FRAGMENT_BYTES));
        first.putShort(ETHERNET + 6, (short) 0x2000);
        int rest = whole.length - ETHERNET - IP - FRAGMENT_BYTES;
        ByteBuffer second = ByteBuffer.allocate(ETHERNET + IP + rest);
        second.put(whole, 0, ETHERNET + IP).put(whole, ETHERNET + IP + FRAGMENT_BYTES, rest);
        second.putShort(ETHERNET + 2, (short) (IP + rest));
        second.putShort(ETHERNET + 6, (short) (FRAGMENT_BYTES / 8));
        for (byte[] each : new byte[][] {second.array(), first.array()}) {
            with(each, ETHERNET + 10, 0, 0);
            int sum = sum(each, ETHERNET, IP, 0);
            send(wire, with(each, ETHERNET + 10, sum >> 8, sum & 0xff));
        }
    }

    private static byte[] with(byte[] bytes, int offset, int... octets) {
        for (int i = 0; i < octets.length; i++) {
            bytes[offset + i] = (byte) octets[i];
        }
        return bytes;
    }

    /** A DISCOVER that wants its answer by broadcast, cut or padded to a length. */
    private static byte[] discover(int xid, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, 300));
        bytes.put(new byte[] {1, 1, 6, 0}).putInt(xid); // op, htype, hlen, hops
        bytes.putShort(10, (short) 0x8000);
        bytes.put(28, new byte[] {0x52, 0x54, 0, (byte) 0xee, 0, (byte) xid}); // chaddr
        bytes.putInt(236, 0x63825363); // magic cookie
        bytes.put(OPTIONS, new byte[] {53, 1, 1, (byte) 255});
        return Arrays.copyOf(bytes.array(), length);
    }

    private static byte[] frame(byte[] payload, int sourcePort) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IP + UDP + payload.length);
        frame.putLong(0xffff_ffff_ffff_5254L).putInt(0x00ee_00ff).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (IP + UDP + payload.length));
        frame.putShort((short) 0x1234).putShort((short) 0);
        frame.put((byte) 64).put((byte) 17).putShort((short) 0).putInt(0).putInt(-1);
        frame.putShort((short) sourcePort).putShort((short) 67);
        frame.putShort((short) (UDP + payload.length)).putShort((short) 0).put(payload);
        frame.putShort(ETHERNET + 10, (short) sum(frame.array(), ETHERNET, IP, 0));
        // The pseudo header: 0.0.0.0, 255.255.255.255, 17, the length.
        int pseudo = 0xffff + 0xffff + 17 + UDP + payload.length;
        int sum = sum(frame.array(), ETHERNET + IP, UDP + payload.length, pseudo);
        frame.putShort(ETHERNET + IP + 6, (short) (sum == 0 ? 0xffff : sum));
        return frame.array();
    }

    private static int sum(byte[] bytes, int offset, int length, int before) {
        int sum = before;
        for (int i = 0; i < length; i++) {
            int octet = bytes[offset + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
