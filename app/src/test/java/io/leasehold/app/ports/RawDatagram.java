package io.leasehold.app.ports;

import io.leasehold.protocol.wire.Ip4Address;
import java.nio.ByteBuffer;

/**
 * A UDP datagram as it is on an Ethernet, with everything that a rewriting rule could get wrong.
 *
 * @param ipOptions octets of options in the IP header, a multiple of four
 * @param checksum what its UDP checksum is to be; on a datagram that came, what it is
 * @param vlan the VLAN that the frame is tagged with; 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawDatagram(
        String source,
        String destination,
        int sourcePort,
        int destinationPort,
        int ipOptions,
        Checksum checksum,
        int vlan,
        byte[] payload) {
    private static final byte[] HARDWARE = {0x52, 0x54, 0x00, (byte) 0xee, 0x00, 0x01};
    private static final int NO_OPERATION = 1;

    enum Checksum {
        GOOD,
        NONE,
        BAD
    }

    /** What a client without an address broadcasts. */
    static RawDatagram request(byte[] payload) {
        return new RawDatagram("0.0.0.0", "255.255.255.255", 68, 67, 0, Checksum.GOOD, 0, payload);
    }

    RawDatagram from(String address) {
        return new RawDatagram(
                address,
                destination,
                sourcePort,
                destinationPort,
                ipOptions,
                checksum,
                vlan,
                payload);
    }

    RawDatagram to(String address) {
        return new RawDatagram(
                source, address, sourcePort, destinationPort, ipOptions, checksum, vlan, payload);
    }

    RawDatagram withPorts(int from, int to) {
        return new RawDatagram(source, destination, from, to, ipOptions, checksum, vlan, payload);
    }

    RawDatagram withIpOptions(int octets) {
        return new RawDatagram(
                source, destination, sourcePort, destinationPort, octets, checksum, vlan, payload);
    }

    RawDatagram with(Checksum wanted) {
        return new RawDatagram(
                source, destination, sourcePort, destinationPort, ipOptions, wanted, vlan, payload);
    }

    RawDatagram inVlan(int id) {
        return new RawDatagram(
                source, destination, sourcePort, destinationPort, ipOptions, checksum, id, payload);
    }

    /** The frame to a station. */
    byte[] frame(byte[] station) {
        int ipBytes = 20 + ipOptions;
        int udpBytes = 8 + payload.length;
        ByteBuffer frame = ByteBuffer.allocate((vlan == 0 ? 14 : 18) + ipBytes + udpBytes);
        frame.put(station).put(HARDWARE);
        if (vlan != 0) {
            frame.putShort((short) 0x8100).putShort((short) vlan);
        }
        frame.putShort((short) 0x0800);
        int ip = frame.position();
        frame.put((byte) (0x40 | ipBytes / 4)).put((byte) 0).putShort((short) (ipBytes + udpBytes));
        frame.putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        frame.putInt(Ip4Address.parse(source).bits());
        frame.putInt(Ip4Address.parse(destination).bits());
        for (int i = 0; i < ipOptions; i++) {
            frame.put((byte) NO_OPERATION);
        }
        frame.putShort(ip + 10, (short) ~sum(frame, ip, ipBytes, 0));
        int udp = frame.position();
        frame.putShort((short) sourcePort).putShort((short) destinationPort);
        frame.putShort((short) udpBytes).putShort((short) 0).put(payload);
        short good = (short) ~sum(frame, udp, udpBytes, pseudo(frame, ip, udpBytes));
        frame.putShort(
                udp + 6,
                switch (checksum) {
                    case GOOD -> good;
                    case NONE -> (short) 0;
                    case BAD -> (short) (good ^ 0x5555);
                });
        return frame.array();
    }

    /** Reads the frame of an untagged datagram. */
    static RawDatagram parse(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int ip = 14;
        int ipBytes = (frame.get(ip) & 15) * 4;
        int udp = ip + ipBytes;
        int udpBytes = frame.getShort(udp + 4) & 0xffff;
        byte[] payload = new byte[udpBytes - 8];
        frame.get(udp + 8, payload);
        boolean whole =
                sum(frame, udp, udpBytes, pseudo(frame, ip, udpBytes)) == 0xffff
                        && sum(frame, ip, ipBytes, 0) == 0xffff;
        return new RawDatagram(
                Ip4Address.of(frame.getInt(ip + 12)).toString(),
                Ip4Address.of(frame.getInt(ip + 16)).toString(),
                frame.getShort(udp) & 0xffff,
                frame.getShort(udp + 2) & 0xffff,
                ipBytes - 20,
                frame.getShort(udp + 6) == 0 ? Checksum.NONE : whole ? Checksum.GOOD : Checksum.BAD,
                0,
                payload);
    }

    /** RFC 768: both addresses, the protocol, and the UDP length. */
    private static int pseudo(ByteBuffer frame, int ip, int udpBytes) {
        return sum(frame, ip + 12, 8, 17 + udpBytes);
    }

    private static int sum(ByteBuffer frame, int offset, int length, int start) {
        int sum = start;
        for (int i = 0; i < length; i++) {
            sum += (frame.get(offset + i) & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
