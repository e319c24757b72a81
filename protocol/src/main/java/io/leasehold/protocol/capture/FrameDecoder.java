package io.leasehold.protocol.capture;

import io.leasehold.protocol.wire.Cursor;
import io.leasehold.protocol.wire.HardwareAddress;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes frames apart, from the link's header to UDP: Ethernet with up to three VLAN tags (IEEE
 * 802.1Q, 802.1ad), Linux cooked captures, bare IP; IPv4 with options and fragments. One for each
 * interface, since fragments of two are never of one datagram. Whatever the bytes are, they never
 * make it throw.
 */
public final class FrameDecoder {
    static final int UDP = 17;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERTYPE_QINQ = 0x88a8;
    private static final int ETHERTYPE_QINQ_OLD = 0x9100;
    private static final int TAGS_MAX = 3;
    private static final int IP_HEADER_BYTES = 20;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int FRAGMENT_BITS = 0x3fff;
    private static final int SLL_OUTGOING = 4;
    private static final HardwareAddress NO_HARDWARE = HardwareAddress.of(0, new byte[0]);

    private final Reassembly reassembly = new Reassembly();

    /** Opens nothing. */
    public FrameDecoder() {}

    /** Datagrams of which fragments are missing now. */
    public int incomplete() {
        return reassembly.size();
    }

    /** Datagrams that were given up, since fragments of them did not come. */
    public long givenUp() {
        return reassembly.givenUp();
    }

    /** Takes a captured frame apart. */
    public Decoded decode(CapturedFrame frame) {
        byte[] bytes = frame.octets().toBytes();
        return decode(
                frame.source().linkType(),
                frame.direction(),
                frame.epochNanos(),
                bytes,
                0,
                bytes.length);
    }

    /**
     * Takes a frame apart.
     *
     * @param linkType how it begins, one of {@link LinkType}
     * @param epochNanos when it was captured, by which old fragments are given up
     */
    public Decoded decode(
            int linkType,
            Direction direction,
            long epochNanos,
            byte[] bytes,
            int offset,
            int length) {
        Head head = new Head(new Cursor(bytes, offset, length), offset, direction, epochNanos);
        return switch (linkType) {
            case LinkType.ETHERNET -> ethernet(head);
            case LinkType.LINUX_SLL -> cooked(head);
            case LinkType.LINUX_SLL2 -> cooked2(head);
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD, LinkType.IPV4 -> ip(head);
            default -> new Decoded.Malformed(0, Decoded.Why.LINK_TYPE);
        };
    }

    /** What is known of a frame while it is read. */
    private static final class Head {
        final Cursor cursor;
        final int start;
        final long epochNanos;
        final List<Integer> vlans = new ArrayList<>(TAGS_MAX);
        Direction direction;
        HardwareAddress source = NO_HARDWARE;
        HardwareAddress destination = NO_HARDWARE;

        Head(Cursor cursor, int start, Direction direction, long epochNanos) {
            this.cursor = cursor;
            this.start = start;
            this.direction = direction;
            this.epochNanos = epochNanos;
        }

        int at() {
            return cursor.position() - start;
        }

        Decoded malformed(Decoded.Why why) {
            return new Decoded.Malformed(at(), why);
        }
    }

    private Decoded ethernet(Head head) {
        byte[] destination = head.cursor.bytes(6);
        byte[] source = head.cursor.bytes(6);
        int type = head.cursor.u16();
        if (head.cursor.overrun()) {
            return head.malformed(Decoded.Why.LINK_HEADER);
        }
        head.destination = HardwareAddress.of(HardwareAddress.ETHERNET, destination);
        head.source = HardwareAddress.of(HardwareAddress.ETHERNET, source);
        return ip(head, type);
    }

    private Decoded cooked(Head head) {
        int packetType = head.cursor.u16();
        head.cursor.skip(2);
        int length = head.cursor.u16();
        byte[] address = head.cursor.bytes(8);
        int type = head.cursor.u16();
        return cooked(head, packetType, length, address, type);
    }

    private Decoded cooked2(Head head) {
        int type = head.cursor.u16();
        head.cursor.skip(2 + 4 + 2);
        int packetType = head.cursor.u8();
        int length = head.cursor.u8();
        byte[] address = head.cursor.bytes(8);
        return cooked(head, packetType, length, address, type);
    }

    private Decoded cooked(Head head, int packetType, int length, byte[] address, int type) {
        if (head.cursor.overrun()) {
            return head.malformed(Decoded.Why.LINK_HEADER);
        }
        if (length <= address.length) {
            head.source =
                    HardwareAddress.of(
                            length == 6 ? HardwareAddress.ETHERNET : 0,
                            new Cursor(address, 0, length).rest());
        }
        if (head.direction == Direction.UNKNOWN) {
            head.direction = packetType == SLL_OUTGOING ? Direction.OUT : Direction.IN;
        }
        return ip(head, type);
    }

    private Decoded ip(Head head, int etherType) {
        Cursor cursor = head.cursor;
        int type = etherType;
        while (head.vlans.size() < TAGS_MAX && isTag(type)) {
            head.vlans.add(cursor.u16() & 0xfff);
            type = cursor.u16();
            if (cursor.overrun()) {
                return head.malformed(Decoded.Why.LINK_HEADER);
            }
        }
        return type == ETHERTYPE_IPV4 ? ip(head) : new Decoded.Other();
    }

    private static boolean isTag(int etherType) {
        return etherType == ETHERTYPE_VLAN
                || etherType == ETHERTYPE_QINQ
                || etherType == ETHERTYPE_QINQ_OLD;
    }

    private Decoded ip(Head head) {
        Cursor cursor = head.cursor;
        int versionAndLength = cursor.u8();
        if (!cursor.overrun() && versionAndLength >> 4 != 4) {
            return new Decoded.Other();
        }
        int headerBytes = (versionAndLength & 15) * 4;
        cursor.skip(1);
        int total = cursor.u16();
        int id = cursor.u16();
        int fragment = cursor.u16();
        int ttl = cursor.u8();
        int protocol = cursor.u8();
        cursor.skip(2);
        int source = cursor.u32();
        int destination = cursor.u32();
        if (cursor.overrun()) {
            return head.malformed(Decoded.Why.IP_HEADER);
        }
        if (protocol != UDP) {
            return new Decoded.Other();
        }
        if (headerBytes < IP_HEADER_BYTES) {
            return head.malformed(Decoded.Why.IP_HEADER_LENGTH);
        }
        cursor.skip(headerBytes - IP_HEADER_BYTES);
        if (cursor.overrun()) {
            return head.malformed(Decoded.Why.IP_HEADER);
        }
        // A sender that leaves the cutting to its network card may leave the length to it too.
        int bodyBytes = total == 0 ? cursor.remaining() : total - headerBytes;
        if (bodyBytes < 0) {
            return head.malformed(Decoded.Why.IP_LENGTH);
        }
        byte[] body = cursor.bytes(Math.min(bodyBytes, cursor.remaining()));
        Ip ip = new Ip(source, destination, ttl, bodyBytes, body);
        return (fragment & FRAGMENT_BITS) == 0
                ? udp(head, ip, 1)
                : reassemble(head, ip, id, fragment);
    }

    /** An IP packet. */
    private static final class Ip {
        final int source;
        final int destination;
        final int ttl;

        /** How much it carries. */
        final int bodyBytes;

        /** What was captured of that. */
        final byte[] body;

        Ip(int source, int destination, int ttl, int bodyBytes, byte[] body) {
            this.source = source;
            this.destination = destination;
            this.ttl = ttl;
            this.bodyBytes = bodyBytes;
            this.body = body;
        }
    }

    private Decoded reassemble(Head head, Ip ip, int id, int fragment) {
        if (ip.body.length < ip.bodyBytes) {
            return head.malformed(Decoded.Why.FRAGMENT_CUT);
        }
        Reassembly.Key key = new Reassembly.Key(ip.source, ip.destination, id, head.vlans);
        Decoded.Why wrong = reassembly.add(key, fragment, ip.body, head.epochNanos);
        if (wrong != null) {
            return head.malformed(wrong);
        }
        Reassembly.Whole whole = reassembly.take(key);
        if (whole == null) {
            return new Decoded.Fragment();
        }
        byte[] bytes = whole.bytes;
        return udp(
                head,
                new Ip(ip.source, ip.destination, ip.ttl, bytes.length, bytes),
                whole.fragments);
    }

    private static Decoded udp(Head head, Ip ip, int fragments) {
        Cursor cursor = new Cursor(ip.body);
        int sourcePort = cursor.u16();
        int destinationPort = cursor.u16();
        int length = cursor.u16();
        cursor.skip(2);
        if (cursor.overrun()) {
            return head.malformed(
                    ip.bodyBytes < UDP_HEADER_BYTES
                            ? Decoded.Why.IP_LENGTH
                            : Decoded.Why.UDP_HEADER);
        }
        if (length < UDP_HEADER_BYTES || length > ip.bodyBytes) {
            return head.malformed(
                    length < UDP_HEADER_BYTES
                            ? Decoded.Why.UDP_LENGTH_SHORT
                            : Decoded.Why.UDP_LENGTH_LONG);
        }
        int payloadBytes = length - UDP_HEADER_BYTES;
        byte[] payload = cursor.bytes(Math.min(payloadBytes, cursor.remaining()));
        int cutBytes = payloadBytes - payload.length;
        Checksum checksum =
                cutBytes > 0
                        ? Checksum.UNKNOWN
                        : Checksum.of(ip.source, ip.destination, ip.body, 0, length);
        return new Decoded.Udp(
                new Datagram(
                        head.direction,
                        head.vlans,
                        head.source,
                        head.destination,
                        Ip4Address.of(ip.source),
                        sourcePort,
                        Ip4Address.of(ip.destination),
                        destinationPort,
                        ip.ttl,
                        fragments,
                        checksum,
                        cutBytes,
                        Octets.of(payload)));
    }
}
