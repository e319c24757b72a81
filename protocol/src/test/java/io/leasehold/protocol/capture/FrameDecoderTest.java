package io.leasehold.protocol.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.protocol.corpus.Captures;
import io.leasehold.protocol.wire.Ip4Address;
import io.leasehold.protocol.wire.Message;
import io.leasehold.protocol.wire.MessageType;
import io.leasehold.protocol.wire.Octets;
import io.leasehold.protocol.wire.ParseResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameDecoderTest {
    private static final Ip4Address A = Ip4Address.parse("192.0.2.7");
    private static final Ip4Address B = Ip4Address.parse("192.0.2.1");

    private final FrameDecoder decoder = new FrameDecoder();

    private Decoded decode(byte[] packet) {
        return decoder.decode(LinkType.RAW, Direction.IN, 0, packet, 0, packet.length);
    }

    private static Decoded.Why why(Decoded decoded) {
        return ((Decoded.Malformed) decoded).why();
    }

    private static byte[] packet(int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        new Random(payloadBytes).nextBytes(payload);
        return Packets.udp(A, 68, B, 67, payload);
    }

    /** A fragment of a packet, cut at multiples of 8 bytes. */
    private static byte[] fragment(byte[] packet, int from, int to) {
        byte[] fragment = new byte[20 + to - from];
        System.arraycopy(packet, 0, fragment, 0, 20);
        System.arraycopy(packet, 20 + from, fragment, 20, to - from);
        put16(fragment, 2, fragment.length);
        put16(fragment, 6, from / 8 | (20 + to < packet.length ? 0x2000 : 0));
        return fragment;
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    private static List<Datagram> datagrams(String name) {
        FrameDecoder decoder = new FrameDecoder();
        List<Datagram> all = new ArrayList<>();
        for (CaptureRead read : Captures.read(Captures.bytes(name))) {
            if (read instanceof CaptureRead.Frame frame
                    && decoder.decode(frame.frame()) instanceof Decoded.Udp udp) {
                all.add(udp.datagram());
            }
        }
        return all;
    }

    private static List<MessageType> types(List<Datagram> datagrams) {
        List<MessageType> types = new ArrayList<>();
        for (Datagram each : datagrams) {
            ParseResult.Parsed parsed =
                    (ParseResult.Parsed) Message.parse(each.payload().toBytes());
            types.add(parsed.message().type());
        }
        return types;
    }

    private static final List<MessageType> DORA =
            List.of(MessageType.DISCOVER, MessageType.OFFER, MessageType.REQUEST, MessageType.ACK);

    @Test
    void readsEthernetAndBothKindsOfCookedCapture() {
        for (String name : List.of("relayed.pcap", "sll.pcap", "sll2.pcap")) {
            List<Datagram> datagrams = datagrams(name);
            assertThat(types(datagrams)).as(name).isEqualTo(DORA);
            assertThat(datagrams).allMatch(each -> each.checksum() == Checksum.GOOD);
            assertThat(datagrams).allMatch(each -> each.hardwareSource().length() == 6);
        }
        assertThat(datagrams("sll.pcap").getFirst().direction()).isEqualTo(Direction.OUT);
    }

    @Test
    void readsOneAndTwoVlanTags() {
        List<Datagram> datagrams = datagrams("vlan.pcap");
        assertThat(datagrams.subList(0, 4)).allMatch(d -> d.vlans().equals(List.of(7)));
        assertThat(datagrams.subList(4, 8)).allMatch(d -> d.vlans().equals(List.of(100, 200)));
        assertThat(types(datagrams.subList(4, 8))).isEqualTo(DORA);
    }

    @Test
    void putsFragmentsTogether() {
        List<Datagram> datagrams = datagrams("fragmented.pcap");
        assertThat(types(datagrams)).isEqualTo(DORA.subList(0, 2));
        assertThat(datagrams.get(1).fragments()).isEqualTo(3);
        assertThat(datagrams.get(1).checksum()).isEqualTo(Checksum.GOOD);
    }

    @Test
    void putsFragmentsTogetherInAnyOrderAndTwice() {
        byte[] packet = packet(3000);
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < packet.length - 20; at += 800) {
            fragments.add(fragment(packet, at, Math.min(at + 800, packet.length - 20)));
        }
        for (int i = fragments.size() - 1; i > 0; i--) {
            assertThat(decode(fragments.get(i))).isEqualTo(new Decoded.Fragment());
            assertThat(decode(fragments.get(i))).isEqualTo(new Decoded.Fragment());
        }
        Datagram whole = ((Decoded.Udp) decode(fragments.getFirst())).datagram();
        assertThat(whole.payload()).isEqualTo(Octets.of(Arrays.copyOfRange(packet, 28, 3028)));
        assertThat(whole.fragments()).isEqualTo(4);
        assertThat(decoder.incomplete()).isZero();
    }

    @Test
    void fragmentsThatOverlapWithOtherBytesAreRefused() {
        byte[] packet = packet(3000);
        assertThat(decode(fragment(packet, 0, 800))).isEqualTo(new Decoded.Fragment());
        assertThat(why(decode(fragment(packet, 400, 1200))))
                .isEqualTo(Decoded.Why.FRAGMENT_OVERLAP);
        assertThat(decoder.incomplete()).isZero();
    }

    @Test
    void fragmentsAreKeptWithinABound() {
        byte[] packet = packet(3000);
        for (int id = 0; id < 1000; id++) {
            put16(packet, 4, id);
            assertThat(decode(fragment(packet, 0, 800))).isEqualTo(new Decoded.Fragment());
        }
        assertThat(decoder.incomplete()).isEqualTo(Reassembly.PACKETS_MAX);
        assertThat(decoder.givenUp()).isEqualTo(1000 - Reassembly.PACKETS_MAX);
        byte[] beyond = fragment(packet, 0, 800);
        put16(beyond, 6, 0x1fff);
        assertThat(why(decode(beyond))).isEqualTo(Decoded.Why.FRAGMENT_RANGE);
    }

    @Test
    void ipOptionsAreSkipped() {
        byte[] packet = packet(300);
        byte[] longer = new byte[packet.length + 8];
        System.arraycopy(packet, 0, longer, 0, 20);
        System.arraycopy(packet, 20, longer, 28, packet.length - 20);
        longer[0] = 0x47;
        put16(longer, 2, longer.length);
        Datagram datagram = ((Decoded.Udp) decode(longer)).datagram();
        assertThat(datagram.sourcePort()).isEqualTo(68);
        assertThat(datagram.checksum()).isEqualTo(Checksum.GOOD);
    }

    /** Row 27: a total length that has no room for the headers. */
    @Test
    void anIpLengthBelow28IsMalformed() {
        for (int total = 1; total < 28; total++) {
            byte[] packet = packet(300);
            put16(packet, 2, total);
            assertThat(why(decode(packet))).as("%s", total).isEqualTo(Decoded.Why.IP_LENGTH);
        }
    }

    /** Rows 13 and 21: the UDP length against that of the IP packet, and 0. */
    @Test
    void aUdpLengthThatItsPacketHasNotIsMalformed() {
        byte[] packet = packet(300);
        put16(packet, 24, 0);
        assertThat(why(decode(packet))).isEqualTo(Decoded.Why.UDP_LENGTH_SHORT);
        put16(packet, 24, 309);
        assertThat(why(decode(packet))).isEqualTo(Decoded.Why.UDP_LENGTH_LONG);
        put16(packet, 24, 208);
        Datagram shorter = ((Decoded.Udp) decode(packet)).datagram();
        assertThat(shorter.payload().length()).isEqualTo(200);
        assertThat(shorter.checksum()).isEqualTo(Checksum.BAD);
    }

    @Test
    void theUdpChecksumIsNoted() {
        byte[] packet = packet(301);
        assertThat(((Decoded.Udp) decode(packet)).datagram().checksum()).isEqualTo(Checksum.GOOD);
        packet[100] ^= 1;
        assertThat(((Decoded.Udp) decode(packet)).datagram().checksum()).isEqualTo(Checksum.BAD);
        put16(packet, 26, 0);
        assertThat(((Decoded.Udp) decode(packet)).datagram().checksum()).isEqualTo(Checksum.NONE);
        Datagram cut = ((Decoded.Udp) decode(Arrays.copyOf(packet, 128))).datagram();
        assertThat(cut.checksum()).isEqualTo(Checksum.UNKNOWN);
        assertThat(cut.cutBytes()).isEqualTo(201);
    }

    @Test
    void framesCutOrDamagedAnywhereNeverThrow() {
        for (Path file : Captures.all()) {
            for (CaptureRead read : Captures.read(Captures.bytes(file.getFileName().toString()))) {
                if (read instanceof CaptureRead.Frame frame) {
                    damage(frame.frame());
                }
            }
        }
    }

    private void damage(CapturedFrame frame) {
        byte[] bytes = frame.octets().toBytes();
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            for (byte[] each : List.of(Arrays.copyOf(bytes, at), flipped)) {
                decoder.decode(
                        frame.source().linkType(), Direction.UNKNOWN, 0, each, 0, each.length);
            }
        }
    }
}
