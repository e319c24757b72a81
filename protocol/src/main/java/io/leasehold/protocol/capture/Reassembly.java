package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Cursor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments of IPv4 packets together (RFC 791 §3.2), within bounds: so many packets at once,
 * the oldest given up for a new one, and so long for each.
 */
final class Reassembly {
    static final int PACKETS_MAX = 64;

    private static final long WAIT_NANOS_MAX = 30_000_000_000L;
    private static final int PACKET_BYTES_MAX = 65_535;
    private static final int UNIT_BYTES = 8;
    private static final int OFFSET_BITS = 0x1fff;
    private static final int MORE_BIT = 0x2000;
    private static final int START_BYTES = 2048;

    private final Map<Key, Packet> packets = new LinkedHashMap<>();
    private long givenUp;

    /** What the fragments of one packet have in common. All of them are of one protocol. */
    record Key(int source, int destination, int id, List<Integer> vlans) {
        Key {
            vlans = List.copyOf(vlans);
        }
    }

    /** A packet that has all its fragments. */
    static final class Whole {
        final byte[] bytes;
        final int fragments;

        Whole(byte[] bytes, int fragments) {
            this.bytes = bytes;
            this.fragments = fragments;
        }
    }

    private static final class Packet {
        private final long since;
        private byte[] bytes = new byte[START_BYTES];
        private final boolean[] units = new boolean[PACKET_BYTES_MAX / UNIT_BYTES + 1];
        private int have;
        private int total = -1;
        private int fragments;

        Packet(long since) {
            this.since = since;
        }
    }

    int size() {
        return packets.size();
    }

    long givenUp() {
        return givenUp;
    }

    /**
     * Takes a fragment in.
     *
     * @param fragment the flags and the offset of its header
     * @return what is wrong with it, and with it with its whole packet; null when nothing is
     */
    Decoded.@Nullable Why add(Key key, int fragment, byte[] body, long epochNanos) {
        boolean more = (fragment & MORE_BIT) != 0;
        int offset = (fragment & OFFSET_BITS) * UNIT_BYTES;
        int end = offset + body.length;
        if (end > PACKET_BYTES_MAX || body.length == 0 || more && body.length % UNIT_BYTES != 0) {
            return Decoded.Why.FRAGMENT_RANGE;
        }
        Packet packet = packets.get(key);
        if (packet != null && epochNanos - packet.since > WAIT_NANOS_MAX) {
            packets.remove(key);
            givenUp++;
            packet = null;
        }
        if (packet == null) {
            makeRoom();
            packet = new Packet(epochNanos);
            packets.put(key, packet);
        }
        boolean fits = !more && packet.total < 0 || end <= packet.total || packet.total < 0;
        if (!fits || !place(packet, offset, end, body)) {
            packets.remove(key);
            return Decoded.Why.FRAGMENT_OVERLAP;
        }
        packet.total = more ? packet.total : end;
        return null;
    }

    private void makeRoom() {
        if (packets.size() >= PACKETS_MAX) {
            Iterator<Packet> oldest = packets.values().iterator();
            oldest.next();
            oldest.remove();
            givenUp++;
        }
    }

    /** False when it lies over another with other bytes; the same once more is no harm. */
    private static boolean place(Packet packet, int offset, int end, byte[] body) {
        if (end > packet.bytes.length) {
            packet.bytes = Arrays.copyOf(packet.bytes, Math.max(end, packet.bytes.length * 2));
        }
        int fresh = 0;
        for (int unit = offset / UNIT_BYTES; unit * UNIT_BYTES < end; unit++) {
            fresh += packet.units[unit] ? 0 : 1;
        }
        int wanted = (body.length + UNIT_BYTES - 1) / UNIT_BYTES;
        if (fresh == 0) {
            return Arrays.equals(packet.bytes, offset, end, body, 0, body.length);
        }
        if (fresh < wanted) {
            return false;
        }
        System.arraycopy(body, 0, packet.bytes, offset, body.length);
        Arrays.fill(packet.units, offset / UNIT_BYTES, offset / UNIT_BYTES + wanted, true);
        packet.have += body.length;
        packet.fragments++;
        return true;
    }

    /** The packet when it is whole, which is forgotten then; otherwise null. */
    @Nullable Whole take(Key key) {
        Packet packet = packets.get(key);
        if (packet == null || packet.have != packet.total) {
            return null;
        }
        packets.remove(key);
        return new Whole(new Cursor(packet.bytes, 0, packet.total).rest(), packet.fragments);
    }
}
